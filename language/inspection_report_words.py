"""The words of an inspection's report, on the printed page and in the workbook."""

from collections.abc import Mapping

from guanhu.language import N_, _
from guanhu.language.flag_words import NAMES as FLAGS
from guanhu.language.inspection_words import NAMED
from guanhu.language.log_words import sheet_labels
from guanhu.language.terms import EVIDENCE_KINDS

WORDS: Mapping[str, str] = {
    "report": N_("Inspection report"),
    "summary": N_("Summary"),
    "number": N_("inspection"),
    "title": N_("title"),
    "state": N_("state"),
    "scope": N_("scope"),
    "whole_branch": N_("the whole branch"),
    "days": N_("{first} to {last}"),
    "opened": N_("opened"),
    "closed": N_("closed on"),
    "conclusion": N_("conclusion"),
    "unfinished": N_("left undone, because"),
    "sample": N_("sample"),
    "drawn": N_("{drawn} of {population}"),
    "worksheets": N_("worksheets"),
    "filled": N_("{filled} of {sampled}"),
    "estimate": N_("doubtful or untrue in the whole, by the sample"),
    "of_about": N_("about {parts} of {whole}"),
    "changed_since": N_("corrected since the cut-off"),
    "refilled": N_("worksheets filled in anew"),
    "refilled_before": N_("(filled in anew; before: {verdicts})"),
    "settled": N_("answers accepted"),
    "verdicts": N_("Verdicts"),
    "by_tier": N_("Verdicts by tier"),
    "by_staff": N_("Verdicts by staff"),
    "all": N_("all"),
    "group": N_("group"),
    "population": N_("there are"),
    "sampled": N_("sampled"),
    "nobody": N_("nobody"),
    "lateness": N_("How late entries were written down"),
    "days_after": N_("days after"),
    "same_day": N_("the same day"),
    "late_by": N_("{days} days later"),
    "late_span": N_("{first} to {last}"),
    "imported_left_out": N_(
        "Entries that came by files: {count}, not counted, for nobody knows when they were written."
    ),
    "late_more": N_("{first} or more"),
    "count": N_("how many"),
    "findings": N_("Findings"),
    "no_findings": N_("No finding was raised."),
    "class": N_("class"),
    "kind": N_("kind"),
    "finding": N_("finding"),
    "rests_on": N_("rests on"),
    "entries_named": N_("entries {positions}"),
    "customers_named": N_("customers {numbers}"),
    "concerns": N_("concerns"),
    "due": N_("to be mended by"),
    "raised_on": N_("raised on"),
    "overdue": N_("overdue"),
    "withdrawn_because": N_("Withdrawn: {reason}"),
    "answer": N_("answer"),
    "measures": N_("what was done"),
    "withdrawn_reason": N_("why withdrawn"),
    "answered_by_whom": N_("answered by"),
    "answered_on": N_("answered on"),
    "judgement": N_("judgement"),
    "judged_accepted": N_("answer accepted"),
    "judged_sent_back": N_("answer sent back"),
    "judged_by": N_("judged by"),
    "judged_on": N_("judged on"),
    "judged_note": N_("reason or note"),
    "answered_by": N_("Answer, {who}, {day}: {text}"),
    "done": N_("Done: {text}"),
    "accepted": N_("Accepted, {who}, {day}"),
    "sent_back": N_("Sent back, {who}, {day}"),
    "items": N_("The sample and its worksheets"),
    "as_then": N_("Entries are shown as they stood at the cut-off; what was corrected since is marked."),
    "customers_then": N_("Customers are shown as they stood at the cut-off."),
    "column.n": N_("no."),
    "column.entry": N_("entry"),
    "column.date": N_("date"),
    "column.customer_no": N_("number"),
    "column.name": N_("name"),
    "column.tier": N_("tier"),
    "column.what": N_("what"),
    "column.what_came": N_("what"),
    "column.outcome": N_("outcome"),
    "column.staff": N_("by"),
    "column.note": N_("note"),
    "column.written": N_("written"),
    "column.days_late": N_("days late"),
    "column.owner": N_("owner"),
    "column.aum": N_("AUM, wan"),
    "column.entries": N_("entries in the days"),
    "column.last_entry": N_("last entry"),
    "column.changed": N_("after the cut-off"),
    "column.flags": N_("red flags"),
    "column.evidence": N_("evidence"),
    "column.verdict": N_("verdict"),
    "column.checks": N_("checked by"),
    "column.remark": N_("remark"),
    "column.filled_by": N_("inspector"),
    "column.findings": N_("findings"),
    "corrected_since": N_("corrected since"),
    "withdrawn_since": N_("withdrawn since"),
    "no_sheet": N_("no worksheet"),
    "basis": N_("What the report stands on"),
    "cutoff": N_("cut-off"),
    "cutoff_at": N_("entry {position}, the last before the opening"),
    "root": N_("root"),
    "seed": N_("seed"),
    "seed_root": N_("{seed} (the head of the root)"),
    "seed_chosen": N_("{seed} (named at the opening)"),
    "digest": N_("digest of the population"),
    "checkpoint": N_("checkpoint"),
    "method_title": N_("How the sample was drawn"),
    "method": N_(
        "What could be drawn was sorted by tier and member of staff. Each of these groups got one place, the largest "
        "first, as far as the size allows; the other places went to the groups by their size (Sainte-Laguë). Within a "
        "group those were taken whose SHA-256 over the seed, the root and their own number is lowest. So whoever "
        "maintains can't foresee the sample and write its entries up for it, and anybody can draw it again. It does "
        "not bind the inspector by itself: who opens an inspection can work out beforehand what the log as it stands "
        "would give, and another entry makes another root. Where that matters, the inspected side names a word at the "
        "opening, which is the seed: seed and root are hashed together, so neither side chooses alone."
    ),
    "repeat_title": N_("How to repeat it"),
    "repeat": N_(
        "`guanhu inspect redraw {number}` draws the sample again from the log as it was at the cut-off and says "
        "whether it is the same. `guanhu inspect report {number} --checkpoint FILE` writes the checkpoint above as a "
        "file; kept away from the branch, it lets `guanhu audit verify --against FILE` prove that the log still begins "
        "with the same {size} entries, or say where it first differs."
    ),
    "covers_title": N_("What the proof covers"),
    "covers": N_(
        "The checkpoint fixes the {size} entries that the log had at the cut-off, each to the last byte and in their "
        "order. As long as this report is kept where the branch can't change it, any later change, removal or "
        "insertion among them is found."
    ),
    "not_covers_title": N_("What it does not cover"),
    "not_covers": N_(
        "Whether an entry was true when it was written: that is what the worksheets are for. What was never entered. "
        "What was entered after the cut-off, the worksheets, findings and answers of this report among it: they are in "
        "the same log, and the next checkpoint covers them. A customer whose personal data were erased can't be read "
        "any more; that the entries are there unchanged is still proven."
    ),
    "sheet.summary": N_("summary"),
    "sheet.items": N_("sample"),
    "sheet.strata": N_("groups"),
    "sheet.findings": N_("findings"),
    "sheet.basis": N_("basis"),
    "inspector_signs": N_("Inspector"),
    "outlet_signs": N_("Outlet manager"),
    "printed": N_("as of {day}"),
}


def report_labels(named: Mapping[str, str]) -> dict[str, str]:
    """All words of the report: its own, those of the log's entries, `<word>.<id>` of inspections, the book's names."""
    labels = sheet_labels(named)
    for word, ids in {**NAMED, "flag": FLAGS, "evidence": EVIDENCE_KINDS}.items():
        labels |= {f"{word}.{id_}": _(name) for id_, name in ids.items()}
    # Sentences with places to fill in keep them: the report fills them.
    kept = {
        name: f"{{{name}}}" for name in (
            "first", "last", "drawn", "population", "filled", "sampled", "parts", "whole", "positions", "numbers",
            "reason", "who", "day", "text", "position", "seed", "number", "size", "count",
            "verdicts", "days",
        )
    }  # fmt: skip
    return labels | {name: _(words, **kept) for name, words in WORDS.items()}
