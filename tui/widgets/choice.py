"""One of a few, on a line: chosen by left and right, or by the number that stands before it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from guanhu.domain.text import visible
from guanhu.tui.cells import fit
from guanhu.tui.folding import folded

DIGITS = "1234567890"
"""The keys of the first ten options, in the order in which they stand on a keyboard."""


class Choice(Widget, can_focus=True):
    """`value` is the id chosen, "" while none is. Options beyond the tenth are gone through by left and right."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--chosen", "choice--number"}

    value: reactive[str] = reactive("", init=False, layout=True)

    class Changed(Message):
        """Another one is chosen."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            """The choice."""
            return self.choice

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str = "", *, unset: bool = False,
        picked: "Callable[[Choice], object] | None" = None, id: str | None = None,
    ) -> None:  # fmt: skip
        """`unset`: without a value none is chosen.

        `picked` is called at once when one was picked by its digit: the form goes on to the next field.
        """
        super().__init__(id=id)
        self.options = tuple(options)
        self._picked = picked
        self._unset = unset
        self.set_reactive(Choice.value, self.first(value))

    def first(self, value: str) -> str:
        """What is chosen at first, where `value` is proposed."""
        ids = [each for each, _words in self.options]
        return value if value in ids or self._unset or not ids else ids[0]

    def watch_value(self) -> None:
        """Tell it."""
        self.post_message(self.Changed(self))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the columns need."""
        return max(1, -(-len(self.options) // self._columns(width)[0]))

    def _columns(self, width: int) -> tuple[int, int]:
        """How many options stand on a line, and how wide each is."""
        widest = max((cell_len(visible(words)) for _id, words in self.options), default=0) + 4
        if sum(cell_len(visible(words)) + 4 for _id, words in self.options) <= width:
            return max(1, len(self.options)), 0  # all on one line, each as wide as it is
        return max(1, width // widest), min(widest, width)

    def render(self) -> Text:
        """All options in columns, the chosen one in brackets."""
        chosen = self.get_component_rich_style("choice--chosen")
        number = self.get_component_rich_style("choice--number")
        count, width = self._columns(self.content_size.width)
        text = Text(no_wrap=True, overflow="crop")
        for n, (id_, words) in enumerate(self.options):
            if n and n % count == 0:
                text.append("\n")
            here = id_ == self.value
            digit = f"{DIGITS[n:n + 1]:1} "
            shown = fit(words, width - 4 if width else cell_len(visible(words)))
            room = shown if not here else shown.rstrip(" ")
            part = Text.assemble(
                ("[" if here else " ", chosen), (digit, chosen if here else number), (room, chosen if here else ""),
                ("]" if here else " ", chosen), " " * (cell_len(shown) - cell_len(room)),
            )  # fmt: skip
            part.apply_meta({"option": id_})
            text.append_text(part)
        return text

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits and the movement keys are the choice's own."""
        return bool(character and character in "0123456789hl ") or key in ("left", "right", "space")

    @property
    def digits(self) -> str:
        """The digits that choose an option, one each; "" for the options beyond them."""
        return DIGITS[: len(self.options)]

    def on_key(self, event: events.Key) -> None:
        """Choose; a key that came with the digit, in one stroke, is for the field that the digit has led to."""
        typed = folded(event.character or "")
        if (there := self.screen.focused) is not None and there is not self:
            there.post_message(events.Key(event.key, event.character))
        elif typed and typed in self.digits:
            self.value = self.options[DIGITS.index(typed)][0]
            if self._picked is not None:
                self._picked(self)
        elif event.key in ("right", "l", "space"):
            self._step(1)
        elif event.key in ("left", "h"):
            self._step(-1)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Choose by the mouse."""
        if (option := event.style.meta.get("option")) is not None:
            self.value = option

    def _step(self, step: int) -> None:
        ids = [id_ for id_, _words in self.options]
        if self.value not in ids:
            self.value = ids[0 if step > 0 else -1] if ids else ""
        else:
            self.value = ids[(ids.index(self.value) + step) % len(ids)]
