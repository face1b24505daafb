"""A new book: what its first outlet and its first member of staff are called."""

from pathlib import Path

from guanhu.language import _
from guanhu.store.book import Book
from guanhu.store.opening import init_book
from guanhu.tui.asking import told
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, FieldRefused, Values, read
from guanhu.tui.system_user import full_name
from guanhu.tui.widgets import form_screen
from guanhu.tui.widgets.form_screen import FormScreen


class NewBook(FormScreen):
    """Makes the book at `path` and leaves it in `book`. There is no book yet, so that the form saves by itself."""

    CSS_PATH = Path(form_screen.__file__).with_name("form_screen.tcss")

    def __init__(self, path: Path) -> None:
        fields = (
            Field("outlet_name", _("Outlet"), value=_("Main outlet"), needed=True),
            Field("outlet_code", _("Outlet's code"), value="01", needed=True),
            Field("staff_name", _("Your name"), value=full_name(), hint=_("as colleagues know you"), needed=True),
        )
        super().__init__(_("A new book"), fields, lambda _book, _values, _command: None, first="staff_name")
        self._path = path
        self.book: Book | None = None

    def action_form_save(self) -> None:
        """Make the book in a thread; a second press while the first is under way does nothing."""
        if self._saving:
            return
        try:
            values = read(self.fields, self.texts, desk_of(self).day)
        except FieldRefused as refused:
            self.tell(told(refused.reason))
            self.query_one(f"#field-{refused.field}").focus()
            return
        self._saving = True
        self.run_worker(lambda: self._make(values), thread=True, group="new-book", exit_on_error=False)

    def _make(self, values: Values) -> None:
        """In a thread."""
        try:
            book = init_book(
                self._path, outlet_code=values["outlet_code"], outlet_name=values["outlet_name"],
                staff_name=values["staff_name"],
            )  # fmt: skip
        except Exception as error:  # told in the form: its texts stay
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.call_from_thread(self._opened, book)

    def _opened(self, book: Book) -> None:
        self.book = book
        self.dismiss(True)
