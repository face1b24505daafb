"""One act for many customers: each is an act of its own, and those that a rule refuses are told with the reason."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from guanhu.domain.errors import Refused
from guanhu.language import _
from guanhu.store.errors import BookBusy, BookDamaged, StoreFull
from guanhu.tui.asking import told

TOLD = 4
"""Refusals told one by one."""


class Many(msgspec.Struct, frozen=True):
    """Customers for whom it was done, and (customer, why not) of the others; how many were not reached, and why not."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, Refused], ...]
    unreached: int = 0
    ended: Refused | None = None

    def words(self, said: str, names: Mapping[str, str]) -> str:
        """All that became of it: `said` of those for whom it was done, then who was left out, then what ended it."""
        lines = [said] if self.done else []
        if self.refused:
            lines += [_("{count} left out:", count=len(self.refused)), self.reasons(names)]
        if self.ended is not None:
            lines.append(_("{count} not reached: {why}", count=self.unreached, why=told(self.ended)))
        return "\n".join(lines)

    def reasons(self, names: Mapping[str, str]) -> str:
        """The refusals in sentences, a line each; `names` of staff and customers by id stand in place of these."""
        lines = [f"{names.get(no) or no}: {told(named(error, names))}" for no, error in self.refused[:TOLD]]
        if len(self.refused) > TOLD:
            lines.append(_("and {count} more", count=len(self.refused) - TOLD))
        return "\n".join(lines)


def named(error: Refused, names: Mapping[str, str]) -> Refused:
    """The same refusal with names in place of ids."""
    return Refused(error.code, **{fact: names.get(str(value)) or value for fact, value in error.details.items()})


def for_each(numbers: Sequence[str], act: Callable[[str], object]) -> Many:
    """Do an act for each; what hinders the book itself (busy, damaged, no room) ends it.

    That is told beside what was done before, which stays; where nothing was done it is raised.
    """
    done, refused = list[str](), list[tuple[str, Refused]]()
    for no in numbers:
        try:
            act(no)
        except (BookBusy, BookDamaged, StoreFull) as error:
            if not done:
                raise
            return Many(tuple(done), tuple(refused), len(numbers) - len(done) - len(refused), error)
        except Refused as error:
            refused.append((no, error))
        else:
            done.append(no)
    return Many(tuple(done), tuple(refused))
