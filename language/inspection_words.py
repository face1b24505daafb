"""The words of an inspection (检查): its states, verdicts and classes, and the labels of its report."""

from collections.abc import Mapping, Sequence

from guanhu.language import N_, _
from guanhu.language.log_words import KINDS

SUBJECTS: Mapping[str, str] = {
    "entries": N_("entries of the log"),
    "customers": N_("customers with their records"),
}
STATES: Mapping[str, str] = {
    "open": N_("being inspected"),
    "answering": N_("waiting for the outlet"),
    "judging": N_("waiting for judgement"),
    "ready": N_("ready to be closed"),
    "closed": N_("inspection over"),
}
SHORT_STATES: Mapping[str, str] = {
    "answering": N_("to be answered"),
    "judging": N_("to be judged"),
    "ready": N_("to be closed"),
}
"""The same in fewer words, for a narrow list."""
VERDICTS: Mapping[str, str] = {
    "ok": N_("true"),
    "doubtful": N_("doubtful"),
    "false": N_("untrue"),
    "cannot_tell": N_("can't be told"),
}
CHECKS: Mapping[str, str] = {
    "called_back": N_("customer rung back"),
    "call_record": N_("call records looked into"),
    "message_receipt": N_("receipts of messages looked into"),
    "core_system": N_("core system looked into"),
    "documents": N_("papers looked into"),
    "on_site": N_("looked at on the spot"),
}
SHORT_CHECKS: Mapping[str, str] = {
    "called_back": N_("rung back"),
    "call_record": N_("call records"),
    "message_receipt": N_("receipts of messages"),
    "core_system": N_("core system"),
    "documents": N_("papers"),
    "on_site": N_("on the spot"),
}
"""The same in a word, as help texts have them and people type them."""
CHECKS_OF_DIGITS: Mapping[str, str] = {
    "called_back": N_("rung"),
    "call_record": N_("call list"),
    "message_receipt": N_("receipt"),
    "core_system": N_("core"),
    "documents": N_("papers"),
    "on_site": N_("on site"),
}
"""The same beside their digits, all of them in a field's hint."""
CLASSES: Mapping[str, str] = {
    "minor": N_("minor"),
    "serious": N_("serious"),
    "grave": N_("grave"),
}
FINDING_KINDS: Mapping[str, str] = {
    "false_record": N_("untrue record"),
    "late_record": N_("written down late"),
    "poor_record": N_("record incomplete or careless"),
    "not_maintained": N_("customer not looked after as prescribed"),
    "not_responsible": N_("wrong or no owner"),
    "profile": N_("profile incomplete or wrong"),
    "promise": N_("promise not kept"),
    "privacy": N_("customer's data not protected"),
    "other": N_("other"),
}
SHORT_FINDING_KINDS: Mapping[str, str] = {
    "poor_record": N_("record incomplete"),
    "not_maintained": N_("not looked after"),
    "not_responsible": N_("wrong owner"),
    "profile": N_("profile"),
    "promise": N_("promise"),
    "privacy": N_("data of customers"),
}
"""The same in a word, where the name is longer."""
FINDING_STATES: Mapping[str, str] = {
    "raised": N_("to be answered"),
    "answered": N_("answered, to be judged"),
    "sent_back": N_("sent back"),
    "accepted": N_("answer accepted"),
    "withdrawn": N_("finding withdrawn"),
}
SHORT_FINDING_STATES: Mapping[str, str] = {
    "answered": N_("to be judged"),
}
"""The same in fewer words, for a narrow list."""
REASONS: Mapping[str, str] = {
    "bad_sample_size": N_("A sample has 1 to {most} items, not {value}."),
    "finding_answered": N_("Finding {finding} has been answered; the answer is judged first."),
    "finding_settled": N_("Finding {finding} is settled: its answer was accepted, or it was withdrawn."),
    "finding_unanswered": N_("Finding {finding} has no answer yet that could be judged."),
    "inspection_backwards": N_("The days inspected end on {last}, before they begin on {first}."),
    "inspection_over": N_("Inspection {inspection} was closed on {day}."),
    "inspection_running": N_(
        "{inspection} is not closed yet; until then its sample and report are for the inspectors and the department."
    ),
    "worksheets_left": N_("Worksheets left: {sheets}. Say why it is closed all the same."),
    "findings_left": N_("Findings not settled: {findings}. Say why it is closed all the same."),
    "inspection_unfinished": N_(
        "Worksheets left: {sheets}; findings not settled: {findings}. Say why it is closed all the same."
    ),
    "inspects_own": N_("{staff_id} looks after {customers} customers of this scope: who maintains does not inspect."),
    "inspects_own_outlet": N_("{staff_id} is {role} at outlet {outlet}: who maintains does not inspect."),
    "inspects_self": N_("{staff_id} can't inspect themselves."),
    "kinds_of_customers": N_("Kinds are of entries; a sample of customers has none."),
    "not_in_sample": N_("{item} is not in the sample of {inspection}."),
    "not_inspector": N_("Inspections are for inspectors and the department: {staff_id}"),
    "not_to_answer": N_(
        "Finding {finding} is for the outlet's manager or whom it concerns to answer, not for {staff_id}."
    ),
    "nothing_to_inspect": N_("There is nothing in this scope to draw a sample from."),
    "own_entry": N_("{staff_id} had a part in entry {position}; another inspector must look at it."),
    "remark_missing": N_("A verdict other than true needs a remark."),
    "unknown_check": N_("This is not a way of checking: {value}"),
    "unknown_class": N_("This is not a class of findings: {value}"),
    "unknown_entry_kind": N_("This is not a kind of entry: {value}"),
    "unknown_finding": N_("Inspection {inspection} has no finding {finding}."),
    "unknown_finding_kind": N_("This is not a kind of finding: {value}"),
    "unknown_inspection": N_("The book knows no inspection {inspection}."),
    "unknown_subject": N_("A sample is not drawn from this: {value}"),
    "unknown_verdict": N_("This is not a verdict: {value}"),
}
"""The sentences of what an inspection refuses (language/reasons.py)."""

NAMED: Mapping[str, Mapping[str, str]] = {
    "subject": SUBJECTS, "state": STATES, "verdict": VERDICTS, "check": CHECKS, "class": CLASSES,
    "finding_kind": FINDING_KINDS, "finding_state": FINDING_STATES, "kind": KINDS,
}  # fmt: skip
"""Every kind of id with its names, as the report's labels call them: `verdict.ok`."""


def refilled(verdicts: Sequence[str]) -> str:
    """That a worksheet was filled in anew, and what it was before; "" for one that was not."""
    if not verdicts:
        return ""
    said = {"count": len(verdicts), "verdicts": _(", ").join(named("verdict", each) for each in verdicts)}
    return _("filled in anew {count} times, before: {verdicts}", **said)


def named(word: str, id_: str | None) -> str:
    """The name of an id, such as named("verdict", "ok"); "" for none, the id where it has no name."""
    names = NAMED[word]
    return _(names[id_]) if id_ and id_ in names else id_ or ""
