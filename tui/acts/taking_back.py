"""Any entry of the log or of a customer's history taken back, with its reason: not only the last act."""

from collections.abc import Sequence

from guanhu.language import _
from guanhu.store.book import Book
from guanhu.store.withdrawing import withdraw
from guanhu.tui.acts.about import About
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.wording import act_words
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground


class TakeBackForm(ActForm):
    """One entry, named by its position; `what` says what it is."""

    def __init__(self, about: About, position: int, what: str) -> None:
        self._position = position
        self._what = what
        super().__init__(about, entry=position)

    def words(self) -> str:
        """What is done."""
        return _("Take back")

    def act_fields(self) -> Sequence[Field]:
        """Why."""
        return (Field("reason", _("Reason"), needed=True),)

    def prepare(self, ground: Ground) -> Prepared:
        """The entry, so that one sees which."""
        return Prepared(_("Entry {position}: {what}", position=self._position, what=self._what))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """History keeps both; the state before it stands again."""
        withdraw(book, self._position, values["reason"], by=self.by, command=command)
        return Done(act_words(self.about.name, _("taken back: {what}", what=self._what)))
