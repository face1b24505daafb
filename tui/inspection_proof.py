"""The proof (证明) in the interface: a checkpoint written to a file, the book verified against one that was kept.

Both walk over every stored entry, in a thread. What is said is what `guanhu audit` says, "unproven" included.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.store.book import Book
from guanhu.tui.asking import told
from guanhu.tui.beginning import Tell
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.widgets.prose import Prose

LONGEST = 1 << 20
"""Bytes that are read of a checkpoint's file; a real one has a few hundred."""
MAKE, VERIFY, NOTED = "make", "verify", "noted"


class ProofScreen(ModalScreen[None]):
    """Where a checkpoint goes, and which one is verified against, by which key; Enter in a field does it."""

    CSS_PATH = "inspection_proof.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.cancel")]

    def compose(self) -> ComposeResult:
        """What it is for, the fields, the work, what came of it."""
        name = f"{_('checkpoint')}-{desk_of(self).today:%Y-%m-%d}.txt"
        with Vertical(classes="dialog") as box:
            box.border_title = Text(_("Proof"))
            yield Prose(id="proof-words", classes="muted")
            yield from self._field(MAKE, _("Write a checkpoint to"), str(Path.home() / name), "")
            yield from self._field(VERIFY, _("Verify against"), "", _("a checkpoint's file that was kept"))
            yield from self._field(NOTED, _("Noted key"), "", _("the book's key as you noted it"))
            yield LongWork()
            with VerticalScroll(id="proof-said", can_focus=False):
                yield Prose(id="proof-text")
            yield Static(Text(_("Enter: do it   Tab: next field   Esc: leave")), classes="muted")

    def _field(self, name: str, label: str, value: str, hint: str) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Static(Text(label), classes="label")
            yield Input(value, placeholder=hint, id=name, select_on_focus=False)

    def on_mount(self) -> None:
        """Say what it is for."""
        words = _(
            "A checkpoint fixes every entry that the log has now. Kept where nobody of the branch can write, it shows "
            "later whether any of them was changed, removed or put in between."
        )
        self.query_one("#proof-words", Prose).update(Content(words))

    # ------------------------------------------------------------ the work
    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        book, work, making = desk_of(self).book, self.query_one(LongWork), event.input.id == MAKE
        text, vkey = (self.query_one(f"#{name}", Input).value.strip() for name in (MAKE if making else VERIFY, NOTED))
        if book is None or work.running or not text:
            return
        present, path = book.present, Path(text).expanduser()
        doing: Callable[[Tell], Sequence[str]]
        if making:
            words, doing = _("Walking over the log"), lambda tell: write_checkpoint(present, path, tell)
        else:
            words, doing = _("Verifying every entry"), lambda tell: verified(present, path, vkey, tell)
        self._say(())
        work.start(words, doing, self._say, self._failed)

    def _say(self, lines: Sequence[str]) -> None:
        self.query_one("#proof-text", Prose).update(Content("\n".join(visible(line) for line in lines)))

    def _failed(self, error: Exception) -> None:
        self._say((_("Stopped; nothing was written."),) if isinstance(error, Stopped) else (told(error),))

    def action_form_cancel(self) -> None:
        """Stop what is under way, else leave."""
        work = self.query_one(LongWork)
        if work.running:
            work.stop()
        else:
            self.dismiss(None)


def write_checkpoint(book: Book, path: Path, tell: Tell) -> list[str]:
    """Write a checkpoint and its leaf hashes, and say so. BookExists("file_exists"), and what files refuse."""
    from guanhu.domain.checkpoint import parse
    from guanhu.store.keeping_checkpoints import keep_checkpoint
    from guanhu.store.signing import verifier_key

    kept = keep_checkpoint(book, path, tell)
    made = parse(kept.text).checkpoint
    size = f"{made.size:,}"
    return [
        _("Checkpoint over {size} entries: {file}", size=size, file=str(path)),
        _("Beside it stands {file}: keep both where nobody of the branch can write.", file=str(kept.companion)),
        _("The book's key, to be noted once: {key}", key=str(verifier_key(book, made.origin))),
    ]


def verified(book: Book, path: Path, vkey: str, tell: Tell) -> list[str]:
    """What the book is worth against a kept checkpoint, in sentences; `vkey` "": by the key beside the book.

    Refused("file_missing", "not_readable", "bad_vkey").
    """
    from guanhu.store.leaves import companion_path
    from guanhu.store.proving import Kept, verify_against
    from guanhu.tui.proof_words import findings_lines

    try:
        with path.open("rb") as file:
            text = file.read(LONGEST).decode(errors="replace")
    except FileNotFoundError:
        raise Refused("file_missing", file=str(path)) from None
    except OSError:
        raise Refused("not_readable", file=str(path)) from None
    kept = Kept(path.name, text, companion_path(path))
    lines = list(findings_lines(verify_against(book, [kept], vkey or None, tell)))
    if not vkey:
        lines.append(_("The signature was checked by the key beside the book; the key that you noted is better."))
    return lines
