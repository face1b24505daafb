"""Figures in front of people: their names and definitions, whose a part is, what a case behind one says."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from guanhu.domain.figures import FIGURES, Figure
from guanhu.domain.money import format_wan, format_yuan
from guanhu.language import _, current
from guanhu.language.log_words import KINDS

if TYPE_CHECKING:
    from guanhu.projections.figures import Line, Share
    from guanhu.tui.names import Names

NOTHING = "-"
"""Stands where there is nothing to have a share of."""

FIELDS: Mapping[str, Mapping[str, str]] = {
    "coverage": {"is_now": "aum_fen"},
    "reach": {"on": "reached_on", "is_now": "aum_fen"},
    "on_time": {"subject": "duty", "key": "occurrence", "then": "due", "on": "done_on", "is_now": "aum_fen"},
    "up_rate": {"to": "to_tier", "on": "moved_on", "was": "aum_before_fen", "is_now": "aum_after_fen"},
    "down_rate": {"to": "to_tier", "on": "moved_on", "was": "aum_before_fen", "is_now": "aum_after_fen"},
    "near_conversion": {"to": "to_tier", "on": "moved_on", "was": "aum_before_fen"},
    "maturity_retention": {
        "then": "matured_on", "on": "judged_on", "was": "aum_before_fen", "is_now": "aum_after_fen",
    },
    "attrition": {"was": "aum_before_fen", "is_now": "aum_after_fen"},
    "late_writing": {"subject": "kind", "on": "on", "then": "recorded_on"},
    "profile_completeness": {"is_now": "score"},
    "profile_complete": {"is_now": "score"},
}  # fmt: skip
"""What of a case a figure tells, by its name in documents."""
DAYS, TIERS = frozenset({"on", "then"}), frozenset({"to"})


def name_of(figure_id: str) -> str:
    """The figure's name."""
    return FIGURES[figure_id].names.to(current())


def definition(figure: Figure) -> list[tuple[str, str]]:
    """What a figure means, as titles and sentences."""
    language = current()
    return [
        (_("counted"), figure.counted.to(language)),
        (_("out of"), figure.of.to(language)),
        (_("whose"), figure.whose.to(language)),
    ]


def percent(share: "Share") -> str:
    """The share, or the sign that there is nothing to have a share of."""
    return share.percent or NOTHING


def amount(value: int, figure: Figure, *, short: bool = False) -> str:
    """A numerator or denominator in the figure's unit; `short`: money in ten thousands of yuan."""
    if figure.unit == "fen":
        return format_wan(value, 1) if short else format_yuan(value)
    return f"{value:,}"


def unit(figure: Figure, *, short: bool = False) -> str:
    """What is counted."""
    words = {
        "customers": _("customers"),
        "occurrences": _("duties due"),
        "entries": _("log entries"),
        "fen": _("wan yuan") if short else _("yuan"),
        "points": _("points"),
    }
    return words[figure.unit]


NAMELESS = frozenset({"late_writing"})
"""Figures of acts: a part without a member of staff is of acts that nobody signed."""
OWED = frozenset({"on_time"})
"""Figures of duties: such a part is of duties that nobody is there to owe."""


def part_name(by: str, key: str, names: "Names", figure_id: str = "") -> str:
    """Whose a part of a figure is; without `figure_id` of all figures."""
    if by == "staff":
        return names.staff(key) or _nobody(figure_id)
    if by == "outlet":
        return names.outlet(key) or _("no outlet")
    return names.tier(key or None) if by == "tier" else key


def _nobody(figure_id: str) -> str:
    """Whose the part without a member of staff is, in words of the figure."""
    if figure_id in NAMELESS:
        return _("without a name")
    if figure_id in OWED:
        return _("nobody there")
    return _("no owner") if figure_id else _("nobody")


def day_of(ordinal: int) -> date | None:
    """The date of an ordinal; None for none."""
    return date.fromordinal(ordinal) if ordinal else None


def told(figure_id: str, line: "Line", names: "Names") -> str:
    """What a case says, in a few words."""
    case = line.case
    on, then = (day.isoformat() if (day := day_of(each)) else "" for each in (case.on, case.then))
    if figure_id == "reach":
        return _("reached on {day}", day=on) if on else _("not reached")
    if figure_id == "on_time":
        done = _("done on {day}", day=on) if on else _("not done")
        head = " ".join((names.duty(case.subject), names.occurrence(case.key, day_of(case.then))))
        return _("{duty}, due {due}, {done}", duty=head, due=then, done=done)
    if figure_id in ("up_rate", "down_rate", "near_conversion"):
        return _("into {tier} on {day}", tier=names.tier(case.to or None), day=on) if on else _("unchanged")
    if figure_id == "maturity_retention":
        return _(
            "{matured} wan matured on {day}, {kept} kept by {judged}; AUM {before} to {after}",
            matured=_wan(case.whole), kept=_wan(case.part), day=then, judged=on, before=_wan(case.was),
            after=_wan(case.is_now),
        )  # fmt: skip
    if figure_id == "attrition":
        return _("AUM {before} wan, then {after}", before=_wan(case.was), after=_wan(case.is_now))
    if figure_id == "late_writing":
        return _("{kind} {day}, written down on {then}", kind=kind_words(case.subject), day=on, then=then)
    if figure_id in ("profile_completeness", "profile_complete"):
        return _("score {score}", score=case.is_now or 0)
    return fits_words(line)


def kind_words(kind: str) -> str:
    """The kind of an entry of the log."""
    return _(KINDS[kind]) if kind in KINDS else kind


def fits_words(line: "Line") -> str:
    """Whether the owners' posts are those of the tier."""
    if not line.case.staff:
        return _("no owner")
    return _("fits the tier") if line.case.part else _("does not fit the tier")


def _wan(fen: int | None) -> str:
    return "" if fen is None else format_wan(fen, 1)
