"""What every command stands in: the book, who acts, the day that is asked for, and the one gate all pass."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from sqlite3 import Cursor
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.failing import UsageError
from guanhu.commands.gate import let_through
from guanhu.domain.branch_time import branch_day
from guanhu.language import _

if TYPE_CHECKING:
    from guanhu.domain.scheme import Policy, Scheme
    from guanhu.projections.moment_about import About
    from guanhu.store.book import Book, Receipt
    from guanhu.tui.names import Names


def today() -> date:
    """Today's date in the branch, whatever the computer's zone."""
    return branch_day(datetime.now(UTC))


def default_book() -> Path:
    """The book in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("guanhu") / "book.db"


def check_folder(book: Path) -> None:
    """BookMissing("folder_missing") for a new book in a folder that is not there: only the user's own is made."""
    from guanhu.store.errors import BookMissing

    if not book.parent.is_dir() and book != default_book():
        raise BookMissing("folder_missing", path=str(book.parent))


class Question(msgspec.Struct, frozen=True):
    """One snapshot of the book, and the day it is asked about; `known_at`: only by what was recorded up to then."""

    cursor: Cursor
    day: date
    book: Any
    staff: str
    policy: "Policy"
    scheme: "Scheme"
    names: "Names"
    given: Mapping[str, Any]
    """What the command was given, by the names of its parameters."""
    known_at: datetime | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked about, as documents say it first."""
        return {"as_of": self.day, **self.known}

    @property
    def known(self) -> dict[str, Any]:
        """`known_at` for a document, where it was asked for."""
        return {} if self.known_at is None else {"known_at": self.known_at}


class Frame:
    """The book is opened when it is first needed, and closed at the end."""

    def __init__(self, book: str, staff: str) -> None:
        """`book` and `staff` as the person named them, "" for what they left out."""
        self._named_book = book
        self.staff_named = staff
        self.given: Mapping[str, Any] = {}
        """What the command was given, by the names of its parameters."""

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

        from guanhu.commands.meaning import staff_meant
        from guanhu.store.book import acting_staff

        named = self.staff_named or os.environ.get("GUANHU_STAFF", "")
        return acting_staff(cursor, staff_meant(cursor, named))

    def staff_meant(self, word: str) -> str:
        """The id of a member of staff who is named by id or name."""
        from guanhu.commands.meaning import staff_meant

        with self.book.reading() as cursor:
            return staff_meant(cursor, word)

    def outlet_meant(self, word: str) -> str:
        """The code of an outlet that is named by code or name."""
        from guanhu.commands.meaning import outlet_meant

        with self.book.reading() as cursor:
            return outlet_meant(cursor, word)

    def role_meant(self, word: str) -> str:
        """The id of a role that is named by id or name."""
        from guanhu.commands.meaning import role_meant
        from guanhu.projections.policy import policy_of

        with self.book.reading() as cursor:
            policy = policy_of(cursor)
        return role_meant(policy, word) if policy and word else word

    def role_name(self, role_id: str) -> str:
        """A role in front of people, before the command has opened any question."""
        with self.asking("names") as q:
            return q.names.role(role_id)

    @contextmanager
    def asking(
        self, command: str, as_of: date | None = None, known_at: datetime | None = None
    ) -> Iterator[Question]:
        """One snapshot for a reading command; Refused("no_scheme") on a book without one.

        With `known_at` the question stands on the book by what was recorded up to then, and is about that time's day
        unless another is named. Who asks is who acts now: an inspector may look at days before she came.
        """
        from guanhu.commands.output import witnessed
        from guanhu.commands.witness import witness_of
        from guanhu.domain.errors import Refused
        from guanhu.domain.known_at import day_of_moment
        from guanhu.language.reasons import name_by_the_book
        from guanhu.projections.policy import policy_of
        from guanhu.tui.names import Names

        with ExitStack() as held:
            cursor = held.enter_context(self.book.reading())
            staff = self.acting(cursor)
            let_through(command, staff, writing=False)
            day = as_of or (today() if known_at is None else day_of_moment(known_at))
            book = self.book
            if known_at is not None:
                from guanhu.commands.scopes import Looked, about
                from guanhu.store.moments import position_at

                position = position_at(cursor, known_at)
                scope = about(command, Looked(self.given, staff, day, cursor, book, position, known_at))
                held.pop_all().close()  # the making of a moment may take a while
                book = held.enter_context(self._looking_back(position, known_at, scope))
                cursor = held.enter_context(book.reading())
            policy = policy_of(cursor)
            if policy is None:
                raise Refused("no_scheme")
            scheme = policy.on(day)
            names = Names(cursor, policy, scheme)
            name_by_the_book("duty", names.duty)
            name_by_the_book("role", names.role)
            for fact in ("tier", "below"):
                name_by_the_book(fact, names.tier)
            question = Question(cursor, day, book, staff, policy, scheme, names, self.given, known_at)
            held.enter_context(witnessed(witness_of(question, command)))
            yield question

    @contextmanager
    def _looking_back(self, position: int, known_at: datetime, scope: "About | None") -> "Iterator[Book]":
        """The book after the event at a position, or of it what a command is about."""
        from contextlib import closing

        from guanhu.commands.progress import progress
        from guanhu.store.moments import moment_at
        from guanhu.store.moments_scoped import scoped_at

        moment = scoped_at(self.book, position, known_at, scope) if scope else None
        if moment is None:
            with progress(_("Looking back")) as tell:
                moment = moment_at(self.book, position, known_at, tell)
        with closing(moment):
            yield moment

    def writer(self, command: str) -> str:
        """Pass the gate with a writing command; who acts. Refused("nobody_acts")."""
        with self.book.reading() as cursor:
            staff = self.acting(cursor)
        let_through(command, staff, writing=True)
        self.book.staff = staff
        return staff

    def do(self, command: str, act: Callable[["Book", str], "Receipt"]) -> "Receipt":
        """Pass the gate and do a writing command."""
        staff = self.writer(command)
        return act(self.book, staff)

    def write(self, command: str, act: Callable[["Book", str], "Receipt"], said: str, *, as_json: bool) -> None:
        """Do a writing command and tell what was done: its entries' positions, as a sentence or a document."""
        tell_receipt(self.do(command, act), said, as_json=as_json)


def frame_of(context: Any) -> Frame:
    """The frame that the root made."""
    frame = context.find_object(Frame)
    if frame is None:
        raise TypeError("the root makes the frame")
    frame.given = context.params
    return frame  # type: ignore[no-any-return]


def tell_receipt(
    receipt: "Receipt", said: str, *, as_json: bool, every: bool = False, more: Mapping[str, Any] | None = None
) -> None:
    """Tell what a command did: `said`, and the entry that others name it by, or `every` one that it wrote.

    `more` is what a document says beside the positions.
    """
    from guanhu.commands.output import document, say

    if as_json:
        document({"positions": receipt.positions, "repeated": receipt.repeated, **(more or {})})
        return
    if receipt.repeated:
        said = _("This was done before; nothing was done twice.")
    if every and len(receipt.positions) > 1:
        first, last = receipt.positions[0], receipt.positions[-1]
        said = _("{said} Entries {first} to {last}.", said=said, first=first, last=last)
    elif receipt.positions:
        said = _("{said} Entry {position}.", said=said, position=receipt.positions[0])
    say(said)
