"""The themes: sober, dense, one restrained accent; states told apart by sign and word first, colour last.

The state colours are taken from blue, orange and grey, which every kind of colour vision tells apart; none is red
beside green. `contrast` is for dim screens and projectors: black, white and few pure colours.
"""

from typing import TYPE_CHECKING

from guanhu.tui.settings import Settings

if TYPE_CHECKING:
    from textual.theme import Theme

NAMES = {"dark": "guanhu-dark", "light": "guanhu-light", "contrast": "guanhu-contrast"}


def theme_name(settings: Settings) -> str:
    """The name that Textual knows the theme of these settings by."""
    return NAMES[settings.theme]


def named_theme(name: str) -> str:
    """The theme of the settings that Textual knows by a name; "" for none of ours."""
    return next((own for own, known in NAMES.items() if known == name), "")


def themes() -> "list[Theme]":
    """All themes of the interface."""
    return [_dark(), _light(), _contrast()]


def _variables(
    *, ground: str, bar: str, on_bar: str, cursor: str, on_cursor: str, cursor_away: str, rule: str, muted: str,
    late: str, soon: str, good: str, key: str, marked: str,
    marked_row: str,
) -> dict[str, str]:  # fmt: skip
    """The colours that Guanhu's stylesheets name, and Textual's own that follow from them."""
    return {
        "bar": bar,
        "on-bar": on_bar,
        "cursor": cursor,
        "on-cursor": on_cursor,
        "cursor-away": cursor_away,
        "rule": rule,
        "muted": muted,
        "late": late,
        "soon": soon,
        "good": good,
        "key": key,
        "marked": marked,
        "marked-row": marked_row,
        "border": key,
        "border-blurred": rule,
        "footer-background": bar,
        "footer-foreground": on_bar,
        "footer-key-foreground": key,
        "footer-description-foreground": on_bar,
        "block-cursor-background": cursor,
        "block-cursor-foreground": on_cursor,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": cursor_away,
        "input-selection-background": cursor_away,
        "scrollbar": rule,
        "scrollbar-hover": muted,
        "scrollbar-active": key,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
    }


def _dark() -> "Theme":
    from textual.theme import Theme

    return Theme(
        name="guanhu-dark", dark=True, primary="#5B9BD5", secondary="#3F6E9C", accent="#E0A458", foreground="#D6DBE1",
        background="#11161C", surface="#161C24", panel="#1C242E", warning="#E69F00", error="#F0803C", success="#56B4E9",
        variables=_variables(
            ground="#11161C", bar="#1C242E", on_bar="#AEB8C4", cursor="#2B4C6F", on_cursor="#FFFFFF",
            cursor_away="#24303D", rule="#33404E", muted="#7F8B99", late="#F0803C", soon="#E6B450",
            good="#6FB7E0", key="#E0A458", marked="#C9D9EA", marked_row="#2E2A1C",
        ),
    )  # fmt: skip


def _light() -> "Theme":
    from textual.theme import Theme

    return Theme(
        name="guanhu-light", dark=False, primary="#1F5A93", secondary="#4A7CAB", accent="#9A5B00", foreground="#1D242B",
        background="#FBFAF7", surface="#F4F2ED", panel="#E9E6DF", warning="#8A5A00", error="#B34700", success="#00629B",
        variables=_variables(
            ground="#FBFAF7", bar="#E9E6DF", on_bar="#3C4650", cursor="#1F5A93", on_cursor="#FFFFFF",
            cursor_away="#D5E0EB", rule="#C9C4B8", muted="#68727C", late="#B34700", soon="#8A5A00",
            good="#00629B", key="#9A5B00", marked="#12395E", marked_row="#F8ECD2",
        ),
    )  # fmt: skip


def _contrast() -> "Theme":
    from textual.theme import Theme

    return Theme(
        name="guanhu-contrast", dark=True, primary="#FFFFFF", secondary="#BFBFBF", accent="#FFD400",
        foreground="#FFFFFF", background="#000000", surface="#000000", panel="#1A1A1A", warning="#FFD400",
        error="#FF9A3D", success="#7CC7FF",
        variables=_variables(
            ground="#000000", bar="#1A1A1A", on_bar="#FFFFFF", cursor="#FFFFFF", on_cursor="#000000",
            cursor_away="#4D4D4D", rule="#8C8C8C", muted="#BFBFBF", late="#FF9A3D", soon="#FFD400",
            good="#7CC7FF", key="#FFD400", marked="#FFD400", marked_row="#333000",
        ),
    )  # fmt: skip
