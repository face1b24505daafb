"""What the list of customers can be narrowed by, in words: each thing with the values that it can take."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from guanhu.domain.customer import MARKS
from guanhu.domain.money import WAN, format_wan, parse_yuan
from guanhu.language import _, terms
from guanhu.projections.browse_choices import Choices
from guanhu.projections.browsing import NEVER, Browse
from guanhu.tui.names import Names

NEGLECTED = (30, 60, 90, 180, 365)
"""Days without being reached that can be chosen."""
MATURES = (7, 15, 30, 60, 90, 180)
"""Days within which a product matures, that can be chosen."""

ABOVE_ALL = 1_000 * WAN
"""An amount to choose beside the floors of the tiers, in fen."""


class Facet(msgspec.Struct, frozen=True):
    """One thing to narrow by: its field of `Browse`, its title, the values with their words; the first is no filter."""

    field: str
    title: str
    options: Sequence[tuple[object, str]]

    def index(self, asked: Browse) -> int:
        """Which of the options is in force."""
        value = getattr(asked, self.field)
        return next((n for n, (each, _words) in enumerate(self.options) if each == value), 0)

    def narrows(self, asked: Browse) -> bool:
        """Whether it leaves anybody out."""
        return self.index(asked) > 0

    def words(self, asked: Browse) -> str:
        """The option in force, in words."""
        return self.options[self.index(asked)][1]

    def chosen(self, asked: Browse, index: int) -> Browse:
        """The filter with another option of this."""
        return msgspec.structs.replace(asked, **{self.field: self.options[index % len(self.options)][0]})

    def stepped(self, asked: Browse, by: int) -> Browse:
        """The filter with the option so many places on."""
        return self.chosen(asked, self.index(asked) + by)


class AmountFacet(Facet, frozen=True):
    """An amount: the options are proposals, from low to high; any other can be typed."""

    def narrows(self, asked: Browse) -> bool:
        """As Facet."""
        return getattr(asked, self.field) is not None

    def words(self, asked: Browse) -> str:
        """As Facet."""
        value: int | None = getattr(asked, self.field)
        return self.options[0][1] if value is None else wan_said(value)

    def stepped(self, asked: Browse, by: int) -> Browse:
        """As Facet; from an amount that was typed to the next proposal above or below."""
        value: int | None = getattr(asked, self.field)
        amounts = [amount for amount, _words in self.options[1:] if isinstance(amount, int)]
        if value is None or value in amounts:
            return Facet.stepped(self, asked, by)
        return self.chosen(asked, (bisect_right(amounts, value) + 1) if by > 0 else bisect_left(amounts, value))

    def typed(self, asked: Browse, text: str) -> Browse:
        """The filter with an amount in 万 as it was typed, "" for none; Refused("not_an_amount") for anything else."""
        value = parse_yuan(text, unit="wan") if text.strip() else None
        return msgspec.structs.replace(asked, **{self.field: value})


def wan_said(fen: int) -> str:
    """An amount in 万 without decimals that say nothing: 0.1, 20, 7.5."""
    return format_wan(fen, 6).rstrip("0").rstrip(".")


def facets(choices: Choices, names: Names, me: str) -> list[Facet]:
    """All there is to narrow by, in the language in force."""
    everyone = _("anyone")
    staff = [
        (each, _("{name} (me)", name=names.staff(each)) if each == me else names.staff(each)) for each in choices.staff
    ]
    any_, no = _("any"), (False, _("no"))
    amounts = [(None, any_), *((floor, wan_said(floor)) for floor in (*choices.floors, ABOVE_ALL))]
    quiet = [(0, any_), *((n, _("{days} days and more", days=n)) for n in NEGLECTED), (NEVER, _("never reached yet"))]
    matures = [(0, any_), *((n, _("within {days} days", days=n)) for n in MATURES)]
    months = [(n, _("month {month}", month=n) if n else any_) for n in range(13)]
    return [
        Facet("owner", _("Owner or in system"), [("", everyone), *staff]),
        Facet("outlet", _("Outlet"), [("", any_), *((code, names.outlet(code)) for code in choices.outlets)]),
        Facet("tiers", _("Tier"), [((), any_), *(((tier,), names.tier(tier)) for tier in choices.tiers)]),
        AmountFacet("aum_from", _("AUM from, wan"), amounts),
        AmountFacet("aum_to", _("AUM below, wan"), amounts),
        Facet("near", _("Near the next tier"), [no, (True, _("yes"))]),
        Facet("overdue", _("Overdue"), [no, (True, _("yes"))]),
        Facet("neglected_days", _("Not reached for"), quiet),
        Facet("matures_days", _("Product matures"), matures),
        Facet("mark", _("Mark"), [("", any_), *((each, terms.mark(each)) for each in MARKS)]),
        Facet("tag", _("Tag"), [("", any_), *((tag, tag) for tag in choices.tags)]),
        Facet("birthday_month", _("Birthday in"), months),
    ]
