"""A new book: the default scheme, the first outlet, the first member of staff (DESIGN 6; nothing is asked)."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from guanhu.domain.errors import Refused
from guanhu.domain.scheme_file import default_scheme_text
from guanhu.store.book import Book, Clock, login, now
from guanhu.store.checks import check_id
from guanhu.store.database import OWN_FILES
from guanhu.store.errors import BookExists
from guanhu.store.keys import key_path
from guanhu.store.outlets import found_outlet
from guanhu.store.posts import enrol_staff, give_post
from guanhu.store.schemes import put_in_force

FIRST_ROLES = ("outlet_manager", "relationship_manager")
FIRST_ID = "S001"


def init_book(
    path: Path, *, clock: Clock = now, outlet_code: str = "01", outlet_name: str = "营业部", staff_id: str = "",
    staff_name: str = "", roles: Sequence[str] = FIRST_ROLES,
) -> Book:  # fmt: skip
    """A new book in which the system's user can act at once; all of it holds from 0001-01-01, so that history fits.

    `staff_id` "" is the user's login where it can be an id. BookExists; half a book is taken away again.
    """
    user = login()
    staff_id = staff_id or _id_of(user)
    path = Path(path)
    book = None
    try:
        book = Book.create(path, clock=clock)
        with book.writing(by=staff_id) as w:
            put_in_force(w, default_scheme_text(), date.min)
            found_outlet(w, outlet_code, outlet_name, date.min)
            enrol_staff(w, staff_id, staff_name or staff_id, date.min, user)
            for role in dict.fromkeys(roles):
                give_post(w, staff_id, role, outlet_code, date.min)
        book.staff = staff_id
        return book
    except BookExists:
        raise  # what stands there is somebody's
    except BaseException:
        if book is not None:
            book.close()
        _remove(path)
        raise


def _id_of(user: str) -> str:
    try:
        return check_id(user, "bad_staff_id")
    except Refused:
        return FIRST_ID


def _remove(path: Path) -> None:
    for name in (*(f"{path}{suffix}" for suffix in OWN_FILES), str(key_path(path))):
        with suppress(OSError):
            os.unlink(name)
