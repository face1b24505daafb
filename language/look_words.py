"""The words of looking (留痕): who took what out of the book or opened it, and how fine that is recorded."""

from collections.abc import Mapping

from guanhu.language import N_
from guanhu.language.terms import named

LOOKS: Mapping[str, str] = {
    "export": N_("taken out"),
    "unmasked": N_("uncovered"),
    "page": N_("page opened"),
    "list": N_("list looked at"),
}
FORMS: Mapping[str, str] = {
    "screen": N_("on the screen"),
    "text": N_("on the terminal"),
    "html": N_("page for print"),
    "xlsx": N_("Excel"),
    "csv": N_("CSV"),
    "json": N_("JSON"),
    "jsonl": N_("JSON Lines"),
}
SUBJECTS: Mapping[str, str] = {
    "list": N_("list"),
    "replay": N_("Replay"),
    "figures": N_("Figures"),
    "flags": N_("Red flags"),
    "inspection": N_("Inspections"),
    "looks": N_("Who looked"),
    "today": N_("Today"),
    "customers": N_("Customers"),
    "customer": N_("customer's page"),
    "log": N_("Log"),
    "outlet": N_("Outlet"),
    "scheme": N_("Scheme"),
    "counter": N_("Counter"),
    "meeting": N_("Meeting sheet"),
}
LEVELS: Mapping[str, str] = {
    "exports": N_("files and what is uncovered"),
    "pages": N_("customers' pages too"),
    "lists": N_("lists and searches too"),
}


def look(id_: str) -> str:
    """Name a way of looking that the book records."""
    return named(LOOKS, id_)


def subject(id_: str) -> str:
    """Name what was looked at: a screen by its name, a command as it is typed."""
    return named(SUBJECTS, id_)


def form(id_: str) -> str:
    """Name the form in which it was shown; that of a file by its ending."""
    return named(FORMS, id_)


def level(id_: str) -> str:
    """Name how fine looking is recorded."""
    return named(LEVELS, id_)
