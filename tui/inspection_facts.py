"""What an inspection stands on, in lines: its scope, the cut-off with root and checkpoint, the seed, how it was drawn.

The sentences on method and proof are those of the report, so that both say the same. Hashes are in base64, as
checkpoints write them.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.sampling import Stratum
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.inspection_report_words import WORDS
from guanhu.projections.inspection_view import Inspection
from guanhu.tui.cells import fit
from guanhu.tui.inspection_asked import Foreseen, SheetView
from guanhu.tui.inspection_card import line_facts
from guanhu.tui.names import Names, day_text, listed
from guanhu.tui.titled import aligned


def facts_lines(view: SheetView) -> Iterator[Content]:
    """All that an inspection stands on."""
    found, names = view.found, view.names
    line, number = found.line, visible(found.line.inspection)
    yield Content.assemble((number, "bold"), f"  {visible(line.title)}")
    facts = line_facts(line, names, f"{branch_time(found.opened_at):%Y-%m-%d %H:%M:%S}")
    if found.closed_by:
        facts.append((_("Closed"), listed([day_text(line.closed_on), names.staff(found.closed_by)])))
        facts.append((_("Conclusion"), found.conclusion))
    if found.unfinished:
        facts.append((_("Left undone, because"), found.unfinished))
    yield from aligned(facts)
    if not found.withheld:
        yield _hint(_("{page}: the report as a page to print; {file}: as a workbook.", page="H", file="e"))
    yield from _section(_("Cut-off"))
    yield from aligned(_cut_off(found))
    yield from _section(_("Checkpoint"))
    yield _hint(_("The cut-off, signed by the book's key: kept away from the branch, it proves the log later."))
    yield from aligned(_checkpoint(found))
    yield _hint(_("{key}: write a new checkpoint, or verify the book against a kept one.", key="U"))
    yield from _section(_("Sample"))
    yield from (Content(text) for text in _drawing(view))
    size = f"{found.cutoff:,}"
    for title, words in (
        ("method_title", "method"), ("repeat_title", "repeat"), ("covers_title", "covers"),
        ("not_covers_title", "not_covers"),
    ):  # fmt: skip
        yield from _section(_(WORDS[title]))
        yield Content(_(WORDS[words], number=found.line.inspection, size=size))


def _cut_off(found: Inspection) -> list[tuple[str, str]]:
    size = _("{position}: the last that counts, what came later does not", position=f"{found.cutoff:,}")
    facts = [
        (_("Entry"), size),
        (_("Root"), _("{root}  fixes all entries up to it", root=b64encode(found.root).decode())),
    ]
    if not found.withheld:
        words = _("named at the opening") if found.seed_chosen else _("the root's beginning in hexadecimal digits")
        facts.append((_("Seed"), _("{seed}  {words}: decides what is drawn", seed=found.seed, words=words)))
    digest = b64encode(found.digest).decode()
    words = _("{digest}  of the list that was drawn from: who draws again compares it", digest=digest)
    return [*facts, (_("Digest"), words)]


def _checkpoint(found: Inspection) -> list[tuple[str, str]]:
    """The lines of a signed checkpoint (domain/checkpoint.py), each with its title."""
    body, _blank, signed = found.checkpoint.partition("\n\n")
    titles = (_("Origin"), _("Entries"), _("Root"))
    facts = list(zip(titles, body.split("\n"), strict=False))
    return [*facts, *((_("Signature"), line.removeprefix("— ")) for line in signed.splitlines())]


def _drawing(view: SheetView) -> Iterator[str]:
    """How many were drawn, and from which groups."""
    found = view.found
    drawn = {"drawn": found.line.sampled, "population": f"{found.population:,}"}
    yield _("Drawn: {drawn} of {population}", **drawn)
    if not found.withheld:
        yield _("`guanhu inspect redraw {number}` draws it again and compares.", number=found.line.inspection)
        yield ""
        yield from strata_table(found.strata, view.names, view.rank)


def _section(title: str) -> Iterator[Content]:
    yield Content("")
    yield Content.assemble((title, "bold $primary"))


def _hint(words: str) -> Content:
    return Content.styled(words, "$muted")


# ---------------------------------------------------------------- groups of a sample
def strata_table(strata: Sequence[Stratum], names: Names, rank: Mapping[str | None, int]) -> list[str]:
    """How many were taken of each tier and member of staff, tiers from low to high, under their heads."""
    rows = [(_("Tier"), _("Staff"), _("Drawn"), _("There are"))]
    for each in sorted(strata, key=lambda each: (rank.get(each.tier or None, len(rank)), each.staff_id)):
        who = names.staff(each.staff_id) or _("nobody")
        rows.append((names.tier(each.tier), visible(who), f"{each.taken:,}", f"{each.size:,}"))
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    signs = ("left", "left", "right", "right")
    return [
        "  ".join(fit(text, width, align) for text, width, align in zip(row, widths, signs, strict=True))
        for row in rows
    ]  # fmt: skip


def foreseen_text(seen: Foreseen, size: int, most: int) -> str:
    """What an opening would freeze, for the form: before it is saved one sees what will be drawn from what.

    `size`: how many are wanted. Of the groups `most` are named, those of which most are taken.
    """
    sample = seen.sample
    drawn, population = len(sample.units), sample.population
    lines = [
        _("It stands on the log up to entry {position}; later ones do not count.", position=f"{seen.cutoff:,}"),
        _("Seed: {seed}, from the log's root at the cut-off.", seed=seen.seed),
        _("Sample: {drawn} of {population}, by tier and staff.", drawn=f"{drawn:,}", population=f"{population:,}"),
    ]  # fmt: skip
    if drawn < size:
        lines[-1] = _("Sample: all {population}; fewer than {size}.", population=f"{population:,}", size=f"{size:,}")
    if left_out := sum(not stratum.taken for stratum in sample.strata):
        lines.append(_("Groups without a sample: {count}", count=left_out))
    largest = sorted(sample.strata, key=lambda each: (-each.taken, -each.size))[:most]
    lines += strata_table(largest, seen.names, seen.rank)
    if len(sample.strata) > most:
        lines.append(_("and {count} more groups", count=len(sample.strata) - most))
    return "\n".join(lines)
