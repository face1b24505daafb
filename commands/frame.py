"""What every command stands in: the book, who acts, the day that is asked for, and the one gate all pass."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from sqlite3 import Cursor
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.failing import UsageError
from guanhu.commands.gate import let_through
from guanhu.language import _

if TYPE_CHECKING:
    from guanhu.commands.names import Names
    from guanhu.domain.scheme import Policy, Scheme
    from guanhu.store.book import Book, Receipt


def today() -> date:
    """Today's date where the staff are."""
    return datetime.now(UTC).astimezone().date()


def default_book() -> Path:
    """The book in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("guanhu") / "book.db"


class Question(msgspec.Struct, frozen=True):
    """One snapshot of the book, and the day it is asked about."""

    cursor: Cursor
    day: date
    book: Any
    staff: str
    policy: "Policy"
    scheme: "Scheme"
    names: "Names"


class Frame:
    """The book is opened when it is first needed, and closed at the end."""

    def __init__(self, book: str, staff: str) -> None:
        """`book` and `staff` as the person named them, "" for what they left out."""
        self._named_book = book
        self._named_staff = staff

    def __enter__(self) -> "Frame":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the book if it was opened."""
        if "book" in self.__dict__:
            self.book.close()

    @cached_property
    def path(self) -> Path:
        """Where the book is or would be."""
        import os

        named = self._named_book or os.environ.get("GUANHU_BOOK", "")
        if "://" in named:
            raise UsageError(_("Books at an address can't be opened by this version, only files: {value}", value=named))
        return Path(named).expanduser() if named else default_book()

    @cached_property
    def book(self) -> "Book":
        """The open book; BookMissing, BookDamaged."""
        from guanhu.store.book import Book

        return Book(self.path)

    def acting(self, cursor: Cursor) -> str:
        """The member of staff who acts, "" where the book knows nobody of this name; NotFound("unknown_staff")."""
        import os

        from guanhu.store.book import acting_staff

        return acting_staff(cursor, self._named_staff or os.environ.get("GUANHU_STAFF", ""))

    @contextmanager
    def asking(self, command: str, as_of: date | None = None) -> Iterator[Question]:
        """One snapshot for a reading command; Refused("no_scheme") on a book without one."""
        from guanhu.commands.names import Names
        from guanhu.domain.errors import Refused
        from guanhu.projections.policy import policy_of

        with self.book.reading() as cursor:
            staff = self.acting(cursor)
            let_through(command, staff, writing=False)
            policy = policy_of(cursor)
            if policy is None:
                raise Refused("no_scheme")
            day = as_of or today()
            scheme = policy.on(day)
            yield Question(cursor, day, self.book, staff, policy, scheme, Names(cursor, policy, scheme))

    def writer(self, command: str) -> str:
        """Pass the gate with a writing command; who acts. Refused("nobody_acts")."""
        with self.book.reading() as cursor:
            staff = self.acting(cursor)
        let_through(command, staff, writing=True)
        self.book.staff = staff
        return staff

    def write(self, command: str, act: Callable[["Book", str], "Receipt"], said: str, *, as_json: bool) -> None:
        """Do a writing command and tell what was done: its entries' positions, as a sentence or a document."""
        staff = self.writer(command)
        tell_receipt(act(self.book, staff), said, as_json=as_json)


def frame_of(context: Any) -> Frame:
    """The frame that the root made."""
    frame = context.find_object(Frame)
    if frame is None:
        raise TypeError("the root makes the frame")
    return frame  # type: ignore[no-any-return]


def tell_receipt(receipt: "Receipt", said: str, *, as_json: bool) -> None:
    """Tell what a command did: `said`, and the entry that others name it by."""
    from guanhu.commands.output import document, say

    if as_json:
        document({"positions": receipt.positions, "repeated": receipt.repeated})
        return
    if receipt.repeated:
        said = _("This was done before; nothing was done twice.")
    if receipt.positions:
        said = _("{said} Entry {position}.", said=said, position=receipt.positions[0])
    say(said)
