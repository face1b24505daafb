"""A what-if in sentences: what was changed, and what it would have come to."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from guanhu.domain.money import WAN, YUAN, format_wan
from guanhu.language import N_, _, current
from guanhu.tui.names import Names
from guanhu.tui.scheme_words import scheme_named

if TYPE_CHECKING:
    from guanhu.projections.whatif.answer import Both, Month, StaffLine, WhatIf

MOST_MONTHS = 36
"""Months that are told one by one; of a longer stretch the years are."""
NAMED = 2
"""Tiers and members of staff that the sentence names at most."""


def floor_words(fen: int) -> str:
    """An amount of a scheme, as the language counts: 150,000 yuan, 15 万."""
    if current() == "zh" and fen % (WAN // 10) == 0:
        return _("{amount} wan", amount=format_wan(fen, 0 if fen % WAN == 0 else 1))
    return _("{amount} yuan", amount=f"{fen // YUAN:,}")


def headline(answer: "WhatIf", names: Names) -> str:
    """What is asked, and what it costs: customers by tier, calls a month, who would have too many."""
    return _("{question}: {answer}.", question=_question(answer, names), answer=_("; ").join(_costs(answer, names)))


def _question(answer: "WhatIf", names: Names) -> str:
    """The floors that differ; else the scheme."""
    other = {tier.id: tier for tier in answer.other.tiers}
    changed = [(tier, other[tier.id]) for tier in answer.actual.tiers if tier.id in other]
    said = [
        _(
            "the floor of {tier} were {after}, not {before}",
            tier=names.tier(one.id), before=floor_words(one.floor), after=floor_words(two.floor),
        )
        for one, two in changed
        if one.floor != two.floor
    ]  # fmt: skip
    if said:
        return _("If {floors}", floors=_(", ").join(said))
    return _("If the scheme {scheme} governed", scheme=scheme_named(answer.other))


def tier_words(answer: "WhatIf", names: Names, tier_id: str | None) -> str:
    """A tier's name; where the scheme that is tried calls it otherwise, both."""
    named = names.tier(tier_id)
    other = answer.other.tier(tier_id) if tier_id else None
    tried = other.names.to(current()) if other is not None else named
    return named if tried == named else f"{named} -> {tried}"


def spans_of(answer: "WhatIf", reached: date) -> "list[tuple[str, Month]]":
    """The months of the answer, named, up to the day that the book has reached; of many only the years, summed up.

    What would come after the last data is no history, and says nothing of either scheme.
    """
    from guanhu.projections.whatif.answer import Both, Month

    months = [each for each in answer.months if each.month <= reached]
    if len(months) <= MOST_MONTHS:
        return [(f"{each.month:%Y-%m}", each) for each in months]

    def summed(own: "list[Month]", name: str) -> Both:
        figures: list[Both] = [getattr(each, name) for each in own]
        return Both(sum(each.actual for each in figures), sum(each.other for each in figures))

    found = []
    for year, group in groupby(months, key=lambda each: each.month.year):
        own = list(group)
        sums = Month(own[0].month, *(summed(own, name) for name in ("up", "down", "duties", "calls")))
        found.append((str(year), sums))
    return found


def _costs(answer: "WhatIf", names: Names) -> Iterator[str]:
    gaining = sorted((line for line in answer.tiers if line.customers.more > 0), key=lambda line: -line.customers.more)
    for line in gaining[:NAMED]:
        yield _("{count} more in {tier}", count=f"{line.customers.more:,}", tier=names.tier(line.tier))
    if not gaining:
        yield _("nobody would be in another tier") if not answer.elsewhere else _("as many in each tier")
    yield calls_words(answer.calls, answer.a_month(answer.calls))
    full = overfull(answer)
    for each in full[:NAMED]:
        yield _("{staff}: {count} beyond capacity", staff=names.staff(each.staff_id), count=f"{each.over:,}")
    if len(full) > NAMED:
        yield _("others beyond it: {count}", count=len(full) - NAMED)


def calls_words(period: "Both", month: "Both") -> str:
    """What it costs in calls: in the stretch asked about, and what that comes to in a month of average length."""
    if not period.more:
        return _("calls in the period: {count}, as many as now", count=f"{period.actual:,}")
    return _(
        "calls in the period: {period}, a month about {month}",
        period=f"{period.actual:,} -> {period.other:,}", month=f"{month.actual:,} -> {month.other:,}",
    )  # fmt: skip


def overfull(answer: "WhatIf") -> "list[StaffLine]":
    """Who would have more customers beyond capacity than as it is, most first."""
    return sorted((each for each in answer.staff if each.over > each.over_now), key=lambda each: -each.over)


OWNERS = {
    "unsuited": N_("would go from owners whose post does not suit"),
    "ownerless": N_("would want an owner for the first time"),
    "relieved": N_("would lack an owner no longer"),
    "freed": N_("would be in no tier, and need none"),
}
"""What can become of a customer's owner, by the names of the answer's figures."""
WAITING = N_("wait to be assigned, or for a system owner")
WANTED = N_("Posts that would be wanted")
NOBODY = N_("Of these where nobody holds the post")


def owner_facts(answer: "WhatIf", names: Names) -> list[tuple[str, str]]:
    """Who would gain or lose an owner, as titles and values."""
    owners = answer.owners
    waiting = f"{owners.waiting.actual:,} -> {owners.waiting.other:,}"
    facts = [(_(WAITING), waiting), *((_(words), f"{getattr(owners, name):,}") for name, words in OWNERS.items())]
    for title, roles in ((WANTED, owners.roles), (NOBODY, owners.nobody)):
        facts.append((_(title), _(", ").join(f"{names.role(role)} {count:,}" for role, count in roles.items())))
    return facts


def more_words(more: int) -> str:
    """A difference with its sign; nothing for none."""
    return f"{more:+,}" if more else ""
