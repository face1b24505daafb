"""A scheme said in sentences: tiers, rating, profile and festivals, made from the scheme's data and nothing else."""

from collections.abc import Iterable, Iterator

from guanhu.domain.scheme import Scheme, Tier
from guanhu.language import _, current, terms
from guanhu.tui.names import listed

WAN = 10_000
"""Yuan in 万."""


def scheme_named(scheme: Scheme) -> str:
    """A scheme by its name, with the version."""
    return _("{scheme}, version {version}", scheme=scheme.names.to(current()), version=scheme.version)


def one_of(words: Iterable[str]) -> str:
    """Words of which any one will do."""
    return _(" or ").join(words)


def all_of(words: Iterable[str]) -> str:
    """Words that belong together."""
    return _(" and ").join(words)


def amount(yuan: int) -> str:
    """An amount of the scheme in the reader's words: 万元 in Chinese, yuan in English."""
    if current() == "zh" and yuan and yuan % (WAN // 10) == 0:
        whole, tenth = divmod(yuan, WAN)
        return f"{whole}.{tenth * 10 // WAN}万元" if tenth else f"{whole}万元"
    return _("{yuan} yuan", yuan=f"{yuan:,}")


def role_words(scheme: Scheme, role_ids: Iterable[str]) -> list[str]:
    """The names of roles."""
    return [scheme.role[id_].names.to(current()) if id_ in scheme.role else terms.role(id_) for id_ in role_ids]


def tier_words(scheme: Scheme, tier_ids: Iterable[str]) -> str:
    """Tiers by name: "... and up" where they reach to the highest."""
    wanted = list(tier_ids)
    steps = sorted(scheme.rank[id_] for id_ in wanted if id_ in scheme.rank)
    if len(steps) > 1 and steps == list(range(steps[0], len(scheme.tiers) + 1)):
        return _("{tier} and up", tier=scheme.tiers[steps[0] - 1].names.to(current()))
    return listed(tier.names.to(current()) for id_ in wanted if (tier := scheme.tier(id_)))


def band(scheme: Scheme, step: int) -> str:
    """The AUM that a tier asks for; `step` counts from 0, the lowest tier."""
    floor = scheme.tiers[step].from_yuan
    if step + 1 == len(scheme.tiers):
        return _("from {amount}", amount=amount(floor))
    return _("from {low} to under {high}", low=amount(floor), high=amount(scheme.tiers[step + 1].from_yuan))


def responsible(scheme: Scheme, tier: Tier) -> str:
    """Who answers for the customers of a tier."""
    names = role_words(scheme, tier.roles)
    words = _("{roles}, jointly", roles=all_of(names)) if tier.joint else one_of(names)
    if tier.assists:
        words = _("{roles}; {others} assists", roles=words, others=listed(role_words(scheme, tier.assists)))
    return words


def rating_lines(scheme: Scheme) -> Iterator[str]:
    """How a balance makes a tier, a sentence each (DESIGN 6)."""
    rating = scheme.rating
    if rating.measure == "balance":
        yield _("What counts is the balance of the day, carried forward until the next report.")
    else:
        yield _("What counts is the mean of the month's balances, day by day up to the date.")
    yield _("The first balance gives the tier at once.")
    if rating.up == "at_once":
        yield _("Up: on the day that the balance reaches the tier.")
    else:
        yield _("Up: when the month ends.")
    yield _down(rating.down_months, rating.watch_months)
    for tier in scheme.tiers:
        if tier.down_months is not None or tier.watch_months is not None:
            down = rating.down_months if tier.down_months is None else tier.down_months
            watch = rating.watch_months if tier.watch_months is None else tier.watch_months
            yield _("{tier}: {rule}", tier=tier.names.to(current()), rule=_down(down, watch))
    yield _("Every move keeps the rule and the version of the scheme that decided it.")


def _down(months: int, watch: int) -> str:
    if watch:
        return _(
            "Down: after {months} full months below the tier's floor and {watch} more of watch, on the first of the "
            "next month, to the tier of the highest value of those months.",
            months=months, watch=watch,
        )  # fmt: skip
    if months == 1:
        return _(
            "Down: after a full calendar month below the tier's floor, on the first of the next month, to the tier of "
            "that month's highest value."
        )
    return _(
        "Down: after {months} full calendar months below the tier's floor, on the first of the next month, to the tier "
        "of the highest value of those months.",
        months=months,
    )


def profile_lines(scheme: Scheme) -> Iterator[str]:
    """What each fact adds to a profile's score."""
    full = scheme.profile.full_score
    yield _("A file is complete from a score of {score} of 100. Each fact that is known adds:", score=full)
    for fact, weight in sorted(scheme.profile.weights.items(), key=lambda each: -each[1]):
        yield f"{weight:>4}  {terms.fact(fact)}"


def capacity_lines(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Each post, and how many customers one holder can look after; who owns none has none to look after."""
    for role in scheme.roles:
        if not role.owns:
            words = _("owns none")
        elif role.capacity:
            words = f"{role.capacity:,}"
        else:
            words = _("any number")
        yield role.names.to(current()), words
