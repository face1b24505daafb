"""What the system knows its user as: a name for a form to propose, where it is a person's."""

from guanhu.domain.text import visible
from guanhu.store.book import login

NOBODYS = frozenset({"root", "administrator", "admin", "user", "guest"})
"""Accounts that are named after no person."""


def full_name() -> str:
    """The full name of the system's user; "" where there is none, or only that of an account."""
    try:
        import pwd
    except ImportError:  # a system without such a list
        return ""
    user = login()
    try:
        found = pwd.getpwnam(user).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""
    return "" if found.casefold() in NOBODYS | {user.casefold()} else visible(found)
