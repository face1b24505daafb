"""What an inspection stands on, in lines: its scope, the cut-off with root and checkpoint, the seed, how it was drawn.

The sentences on method and proof are those of the report, so that both say the same.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.sampling import Stratum
from guanhu.language import _
from guanhu.language.inspection_report_words import WORDS
from guanhu.projections.inspection_view import Inspection
from guanhu.tui.cells import fit
from guanhu.tui.inspection_asked import Foreseen, SheetView
from guanhu.tui.inspection_card import line_lines, titled
from guanhu.tui.names import Names, day_text, listed

SHORT = 12
"""Characters of a root that are enough to tell two apart at a glance."""


def facts_lines(view: SheetView) -> Iterator[Content]:
    """All that an inspection stands on."""
    found, names = view.found, view.names
    yield from line_lines(found.line, names)
    if found.conclusion:
        yield titled(_("Conclusion"), found.conclusion)
        yield titled(_("Closed"), listed([names.staff(found.closed_by), day_text(found.line.closed_on)]))
    if found.unfinished:
        yield titled(_("Left undone, because"), found.unfinished)
    yield from _cut_off_lines(found)
    yield from _section(_("Sample"))
    drawn = _("{drawn} of {population}", drawn=found.line.sampled, population=f"{found.population:,}")
    yield titled(_("Drawn"), drawn)
    yield from (Content(line) for line in stratum_lines(found.strata, names, view.rank))
    size = f"{found.cutoff:,}"
    for title, text in (
        ("method_title", "method"), ("repeat_title", "repeat"), ("covers_title", "covers"),
        ("not_covers_title", "not_covers"),
    ):  # fmt: skip
        yield from _section(_(WORDS[title]))
        yield Content(_(WORDS[text], number=found.line.inspection, size=size))


def _cut_off_lines(found: Inspection) -> Iterator[Content]:
    root = b64encode(found.root).decode()
    yield from _section(_("Cut-off"))
    yield titled(_("Position"), f"{found.cutoff:,}")
    yield titled(_("Started"), f"{branch_time(found.opened_at):%Y-%m-%d %H:%M:%S}")
    yield titled(_("Root"), f"{root[:SHORT]}..")
    yield titled(_("Whole root"), root)
    yield titled(_("In hexadecimal"), found.root.hex())
    words = _("named at the opening") if found.seed_chosen else _("the head of the root")
    if not found.withheld:
        yield titled(_("Seed"), f"{found.seed}  {words}")
    yield titled(_("Digest of the population"), found.digest.hex())
    yield from _section(_("Checkpoint"))
    yield from (Content(line) for line in found.checkpoint.splitlines())
    yield Content.styled(_("{key}: write a new checkpoint, or verify the book against a kept one.", key="U"), "$muted")


def _section(title: str) -> Iterator[Content]:
    yield Content("")
    yield Content.assemble((title, "bold $primary"))


def stratum_lines(strata: Sequence[Stratum], names: Names, rank: Mapping[str | None, int]) -> Iterator[str]:
    """How many were taken of each tier and member of staff, tiers from low to high."""
    for each in _in_order(strata, rank):
        who = names.staff(each.staff_id) or _("nobody")
        counts = _("{taken} of {size}", taken=each.taken, size=f"{each.size:,}")
        yield f"{fit(names.tier(each.tier), 12)} {fit(who, 12)} {counts}"


def _in_order(strata: Sequence[Stratum], rank: Mapping[str | None, int]) -> list[Stratum]:
    return sorted(strata, key=lambda each: (rank.get(each.tier or None, len(rank)), each.staff_id))


def foreseen_text(seen: Foreseen, most: int) -> str:
    """What an opening would freeze, for the form: before it is saved one sees what will be drawn from what.

    Of the groups `most` are named, those of which most are taken.
    """
    root = b64encode(seen.root).decode()
    sample = seen.sample
    left_out = sum(not stratum.taken for stratum in sample.strata)
    head = [
        _("Cut-off: entry {position}, root {root}..", position=f"{seen.cutoff:,}", root=root[:SHORT]),
        _("Seed: {seed}, the head of the root", seed=seen.seed),
        _("Sample: {drawn} of {population}, groups {groups}", drawn=len(sample.units),
          population=f"{sample.population:,}", groups=len(sample.strata)),
    ]  # fmt: skip
    if left_out:
        head.append(_("Groups without a sample: {count}", count=left_out))
    largest = sorted(sample.strata, key=lambda each: (-each.taken, -each.size))[:most]
    groups = [
        f"{seen.names.tier(each.tier)} {seen.names.staff(each.staff_id) or _('nobody')} {each.taken}/{each.size:,}"
        for each in _in_order(largest, seen.rank)
    ]
    if len(sample.strata) > most:
        groups.append(_("and {count} more groups", count=len(sample.strata) - most))
    return "\n".join([*head, listed(groups)])
