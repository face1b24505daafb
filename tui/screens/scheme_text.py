"""What the scheme's screen says of a part of the policy: sections of sentences, and how they are laid out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from rich.cells import cell_len
from textual.content import Content

from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.text import visible
from guanhu.language import N_, _, current
from guanhu.projections.tiers import TierFigure
from guanhu.tui.cells import fit, wan
from guanhu.tui.duty_words import said
from guanhu.tui.flag_words import flags_said
from guanhu.tui.names import Names
from guanhu.tui.scheme_words import band, capacity_lines, profile_lines, rating_lines, responsible, scheme_named

Section: TypeAlias = tuple[str, Sequence[str]]
"""A title ("" for none) and its lines."""

DUTY = "duty"
PARTS: Mapping[str, str] = {
    "tiers": N_("Tiers and owners"),
    "rating": N_("How a customer moves"),
    "posts": N_("Posts and their room"),
    "profile": N_("The profile's score"),
    "flags": N_("Red flags"),
    "versions": N_("Schemes adopted"),
}
"""The parts of the policy that are no duties."""


def duty_said(policy: Policy, scheme: Scheme, duty_id: str) -> list[Section]:
    """A duty in sentences; one that only an earlier scheme has is told by that one."""
    found = next((s for s in (scheme, *(old for _day, old in reversed(policy.adopted))) if duty_id in s.duty), None)
    if found is None:
        return [("", [_("No scheme of this book knows the duty.")])]
    return [*said(found, found.duty[duty_id]), (_("Scheme"), [scheme_named(found)])]


def part_said(
    part: str, scheme: Scheme, policy: Policy, names: Names, tiers: Sequence[TierFigure], untiered: TierFigure
) -> list[Section]:
    """A part of the policy that is no duty."""
    says: Mapping[str, Callable[[], list[Section]]] = {
        "tiers": lambda: _tiers(scheme, names, tiers, untiered),
        "rating": lambda: [("", [line]) for line in rating_lines(scheme)],
        "posts": lambda: [("", _posts(scheme))],
        "profile": lambda: [("", list(profile_lines(scheme)))],
        "flags": lambda: flags_said(scheme),
        "versions": lambda: _versions(policy, scheme),
    }
    return says[part]()


def laid_out(sections: Iterable[Section]) -> Content:
    """Sections with their lines indented under the title; who shows them keeps the indent however they wrap."""
    parts: list[Content] = []
    for title, lines in sections:
        if title:
            parts.append(Content.styled(visible(title), "bold"))
        parts += [Content(f"{'  ' if title else ''}{visible(line)}") for line in lines]
        parts.append(Content(""))
    return Content("\n").join(parts)


def plain(sections: Iterable[Section]) -> str:
    """Sections as text, to be copied."""
    return "\n\n".join("\n".join([title, *(f"  {line}" for line in lines)]).strip("\n") for title, lines in sections)


def _posts(scheme: Scheme) -> list[str]:
    """The figure first, so that long names of posts need no column."""
    rows = list(capacity_lines(scheme))
    width = max((cell_len(words) for _title, words in rows), default=0)
    lines = (f"  {fit(words, width, 'right')}  {title}" for title, words in rows)
    return [_("Customers that one holder can look after:"), *lines]


def _tiers(scheme: Scheme, names: Names, tiers: Sequence[TierFigure], untiered: TierFigure) -> list[Section]:
    """From high to low: what a tier asks for, who answers for it, who is in it."""
    figures = {figure.tier: figure for figure in tiers}
    sections: list[Section] = []
    for step in reversed(range(len(scheme.tiers))):
        tier = scheme.tiers[step]
        lines = [
            _("AUM: {band}", band=band(scheme, step)),
            _("Responsible: {roles}", roles=responsible(scheme, tier)),
        ]
        if (figure := figures.get(tier.id)) is not None:
            lines.append(_in_it(figure))
        sections.append((tier.names.to(current()), lines))
    return [*sections, (names.tier(None), [_("No duties, unless marked as a prospect."), _in_it(untiered)])]


def _in_it(figure: TierFigure) -> str:
    return _(
        "Now: customers {count}, {amount} wan", count=f"{figure.customers:,}", amount=wan(figure.aum_fen)
    )


def _versions(policy: Policy, scheme: Scheme) -> list[Section]:
    sections: list[Section] = []
    for since, adopted in reversed(policy.adopted):
        begins = _("from the beginning") if since.year == 1 else _("from {day}", day=since.isoformat())
        sections.append((scheme_named(adopted), [begins, *([_("in force on this day")] if adopted is scheme else [])]))
    return [*sections, ("", [_("What an earlier scheme decided stands; a later one decides from its date on.")])]
