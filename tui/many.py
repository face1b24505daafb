"""One act for many customers: each is an act of its own, and those that a rule refuses are told with the reason."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from guanhu.domain.errors import Refused
from guanhu.language import _
from guanhu.store.errors import BookBusy, BookDamaged, StoreFull
from guanhu.tui.asking import told

TOLD = 4
"""Refusals told one by one."""


class Many(msgspec.Struct, frozen=True):
    """Customers for whom it was done, and (customer, why not) of the others."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, Refused], ...]

    def reasons(self, names: Mapping[str, str]) -> str:
        """The refusals in sentences, a line each; `names` of staff and customers by id stand in place of these."""
        lines = [f"{names.get(no) or no}: {told(named(error, names))}" for no, error in self.refused[:TOLD]]
        if len(self.refused) > TOLD:
            lines.append(_("and {count} more", count=len(self.refused) - TOLD))
        return "\n".join(lines)


def named(error: Refused, names: Mapping[str, str]) -> Refused:
    """The same refusal with names in place of ids."""
    return Refused(error.code, **{fact: names.get(str(value)) or value for fact, value in error.details.items()})


def for_each(numbers: Iterable[str], act: Callable[[str], object]) -> Many:
    """Do an act for each; what hinders the book itself (busy, damaged, no room) ends it and is raised."""
    done, refused = [], []
    for no in numbers:
        try:
            act(no)
        except (BookBusy, BookDamaged, StoreFull):
            raise
        except Refused as error:
            refused.append((no, error))
        else:
            done.append(no)
    return Many(tuple(done), tuple(refused))
