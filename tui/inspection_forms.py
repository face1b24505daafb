"""The forms of an inspection: opening it, a worksheet, a finding, the outlet's answer, the judgement, the end."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from guanhu.domain.dates import first_of_month
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.inspection import CHECKS, CLASSES, FINDING_KINDS, MOST_SAMPLED, SUBJECTS, VERDICTS, Scope
from guanhu.language import _
from guanhu.language.inspection_words import CHECKS_OF_DIGITS, named
from guanhu.projections.inspection_view import Inspection, Item
from guanhu.projections.inspections import Finding
from guanhu.store import inspecting, inspection_findings
from guanhu.store.book import Book, Receipt
from guanhu.tui.acts.people import SEPARATORS, Member, member
from guanhu.tui.asking import told
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.inspection_about import item_says, item_title
from guanhu.tui.inspection_asked import foreseen, refusal_of_inspector
from guanhu.tui.inspection_facts import foreseen_text
from guanhu.tui.names import Names, listed, month_text
from guanhu.tui.widgets.form_screen import FormScreen

_DIGITS = "".join(str(n) for n in range(1, len(CHECKS) + 1))
USUAL_SIZE = 30
ACCEPT, SEND_BACK = "accept", "send_back"
_FALSE = "false"
UNTRUE = ("doubtful", _FALSE)
"""Verdicts that call for a finding."""


# ---------------------------------------------------------------- opening
class OpeningForm(FormScreen):
    """The form of an opening: what would be frozen is said under the fields, which say the rest themselves."""

    def writes(self, values: Values) -> str:
        """As FormScreen."""
        return ""


def opening_form(
    outlets: Sequence[tuple[str, str]], staff: Sequence[Member], today: date, opened: Callable[[str], object],
    groups: int,
) -> FormScreen:  # fmt: skip
    """A new inspection; what it would freeze is said before it is saved. `opened` gets its number.

    Proposed is the month that is over, and its name. `groups`: of the sample, so many are named.
    """
    last = first_of_month(today) - timedelta(days=1)
    fields = (
        Field("title", _("Title"), value=_("inspection of {month}", month=month_text(last)), needed=True,
              hint=_("what the inspection is called")),
        Field("outlet", _("Outlet"), "choice", (("", _("the whole branch")), *outlets)),
        Field("staff", _("Staff"), hint=_("a name, pinyin or id; empty: everybody's work")),
        Field("first", _("Days from"), "day", value=first_of_month(last).isoformat(), needed=True),
        Field("last", _("Days to"), "day", value=last.isoformat(), needed=True),
        Field("subject", _("Sampled from"), "choice", tuple((each, named("subject", each)) for each in SUBJECTS)),
        Field("size", _("Sample size"), value=str(USUAL_SIZE), needed=True),
    )

    def meant(values: Values) -> tuple[Scope, int]:
        who = member(values["staff"], staff).staff_id if values["staff"] else ""
        scope = Scope(values["subject"], values["outlet"], who, values["first"], values["last"])
        return scope, _size(values["size"])

    def preview(ground: Ground, values: Values) -> str:
        try:
            scope, size = meant(values)
            if refused := refusal_of_inspector(ground, scope, today):
                return refused
            return foreseen_text(foreseen(ground, scope, size, today), size, groups)
        except Refused as error:
            return told(error)

    def save(book: Book, values: Values, command: str) -> str:
        scope, size = meant(values)
        receipt = inspecting.open_inspection(book, values["title"], scope, size, today, command=command)
        number = inspecting.inspection_opened_at(book, receipt.positions[0])
        opened(number)
        return number

    return OpeningForm(
        _("New inspection"), fields, save, said=lambda values: _("Opened: {title}", title=values["title"]),
        preview=preview, draft="inspection", first="title",
    )  # fmt: skip


def _size(text: str) -> int:
    """How many are sampled. Refused("bad_sample_size")."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refused("bad_sample_size", value=text[:80], most=MOST_SAMPLED)
    return int(text)


# ---------------------------------------------------------------- worksheets
def worksheet_form(
    found: Inspection, item: Item, names: Names, today: date, filled: Callable[[str], object]
) -> FormScreen:
    """The worksheet of an item: a digit for the verdict, digits for what was done, a remark. `filled` gets the verdict.

    Which item it is stands in the title, what it says under the fields. A worksheet that is there already is shown,
    and filled in anew.
    """
    number = found.line.inspection
    marks = "".join(str(CHECKS.index(check) + 1) for check in item.checks)
    legend = "  ".join(f"{n} {named('check', check)}" for n, check in enumerate(CHECKS, 1))
    digits = " ".join(f"{n} {_(CHECKS_OF_DIGITS[check])}" for n, check in enumerate(CHECKS, 1))
    fields = (
        Field("verdict", _("Verdict"), "choice", tuple((each, named("verdict", each)) for each in VERDICTS),
              item.verdict or "", needed=True),
        Field("checks", _("Checked by"), value=marks, hint=digits, now=legend),
        Field("remark", _("Remark"), value=item.remark, hint=_("needed unless the verdict is true")),
    )  # fmt: skip

    def preview(_ground: Ground, values: Values) -> str:
        return listed(named("check", CHECKS[int(digit) - 1]) for digit in _digits(values["checks"]))

    def save(book: Book, values: Values, command: str) -> Receipt:
        checks = [CHECKS[int(digit) - 1] for digit in _checked(values["checks"])]
        receipt = inspecting.fill_worksheet(
            book, number, item.key, values["verdict"], today, checks=checks, remark=values["remark"], command=command
        )
        filled(values["verdict"])
        return receipt

    def said(values: Values) -> str:
        words = {"n": item.n, "verdict": named("verdict", values["verdict"])}
        if values["verdict"] in UNTRUE:
            return _("Worksheet {n}: {verdict}; {key} raises a finding on it.", key="!", **words)
        return _("Worksheet {n}: {verdict}", **words)

    what = item_title(item, names)
    title = (
        _("Worksheet {n}, filled in anew: {what}", n=item.n, what=what)
        if item.verdict
        else _("Worksheet {n}: {what}", n=item.n, what=what)
    )
    return FormScreen(
        title, fields, save, said=said, preview=preview, draft=f"sheet {number} {item.key}",
        subject=item_says(item, names),
    )  # fmt: skip


def _digits(text: str) -> list[str]:
    return sorted({each for each in text if each in _DIGITS})


def _checked(text: str) -> list[str]:
    """The digits of a text; Refused("unknown_check") for anything else."""
    for each in text.translate(SEPARATORS):
        if each != " " and each not in _DIGITS:
            raise Refused("unknown_check", value=each, allowed=", ".join(CHECKS))
    return _digits(text)


# ---------------------------------------------------------------- findings
def finding_form(
    found: Inspection, items: Sequence[Item], staff: Sequence[Member], names: Names, today: date
) -> FormScreen:
    """A finding, on these items where there are any; the staff concerned and what it rests on are proposed."""
    number, of_entries = found.line.inspection, found.line.scope.subject == "entries"
    whose = {item.entry.staff if item.entry else item.staff for item in items}
    concerned = names.staff(whose.pop()) if len(whose) == 1 else ""
    untrue = any(item.verdict == _FALSE for item in items)
    fields = (
        Field("grade", _("Class"), "choice", tuple((each, named("class", each)) for each in CLASSES), needed=True),
        Field("kind", _("Kind"), "choice", tuple((each, named("finding_kind", each)) for each in FINDING_KINDS),
              "false_record" if untrue else "", needed=True),
        Field("text", _("What was found"), value=items[0].remark if len(items) == 1 else "", needed=True),
        Field("due", _("To be mended by"), "day", value=(today + timedelta(days=10)).isoformat(), needed=True),
        Field("staff", _("Concerns"), value=concerned, hint=_("a name, pinyin or id; empty: the outlet")),
        Field("rests", _("Entries") if of_entries else _("Customers"), value=" ".join(item.key for item in items),
              hint=_("numbers that it rests on")),
    )  # fmt: skip

    def save(book: Book, values: Values, command: str) -> Receipt:
        rests = values["rests"].translate(SEPARATORS).split()
        return inspection_findings.raise_finding(
            book, number, values["grade"], values["kind"], values["text"], values["due"], today,
            entries=[_position(word) for word in rests] if of_entries else (),
            customers=() if of_entries else rests,
            staff=member(values["staff"], staff).staff_id if values["staff"] else "", command=command,
        )  # fmt: skip

    def said(values: Values) -> str:
        return _("Finding raised: {kind}", kind=named("finding_kind", values["kind"]))

    keys = " ".join(item.key for item in items)
    title = _("Raise finding: {what}", what=item_title(items[0], names)) if len(items) == 1 else _("Raise finding")
    return FormScreen(title, fields, save, said=said, draft=f"finding {number} {keys}")


def _position(word: str) -> int:
    """An entry's position as typed; NotFound("unknown_entry")."""
    if not (word.isascii() and word.isdigit() and len(word) <= 15):
        raise NotFound("unknown_entry", position=word[:80])
    return int(word)


def answer_form(number: str, finding: Finding, today: date) -> FormScreen:
    """The outlet's answer to a finding."""
    fields = (Field("text", _("Answer"), needed=True), Field("done", _("What was done")))

    def save(book: Book, values: Values, command: str) -> Receipt:
        return inspection_findings.answer_finding(
            book, number, finding.n, values["text"], today, done=values["done"], command=command
        )

    return _form(
        _("Answer finding {n}", n=finding.n), fields, save, _("Finding {finding} was answered.", finding=finding.n),
        _("Finding: {text}", text=finding.text), f"answer {number} {finding.n}",
    )  # fmt: skip


def judge_form(found: Inspection, finding: Finding, today: date) -> FormScreen:
    """The inspector's judgement of the newest answer: accepted, or sent back with a reason."""
    number, n = found.line.inspection, finding.n
    ways = ((ACCEPT, _("accept: it is mended")), (SEND_BACK, _("send back")))
    fields = (
        Field("how", _("Judgement"), "choice", ways, needed=True),
        Field("note", _("Reason or note"), hint=_("a reason is needed to send back"), needed_with=("how", SEND_BACK)),
    )

    answer = finding.answers[-1]
    said = [
        _("Finding: {text}", text=finding.text), _("Answer: {text}", text=answer.text),
        _("Done: {text}", text=answer.done) if answer.done else "",
    ]  # fmt: skip

    def save(book: Book, values: Values, command: str) -> Receipt:
        if values["how"] == ACCEPT:
            return inspection_findings.accept_answer(book, number, n, today, note=values["note"], command=command)
        return inspection_findings.send_back(book, number, n, values["note"], today, command=command)

    return _form(
        _("Judge the answer to finding {n}", n=n), fields, save, _("The answer to finding {n} was judged.", n=n),
        _("; ").join(part.rstrip("。.；; ") for part in said if part), f"judge {number} {n}",
    )  # fmt: skip


def withdraw_form(found: Inspection, finding: Finding, today: date) -> FormScreen:
    """A finding taken back, and why."""
    number, n = found.line.inspection, finding.n

    def save(book: Book, values: Values, command: str) -> Receipt:
        return inspection_findings.withdraw_finding(book, number, n, values["reason"], today, command=command)

    return _form(
        _("Withdraw finding {n}", n=n), (Field("reason", _("Reason"), needed=True),), save,
        _("Finding {finding} was withdrawn.", finding=n), _("Finding: {text}", text=finding.text),
        f"withdraw {number} {n}",
    )  # fmt: skip


# ---------------------------------------------------------------- the end
def closing_form(found: Inspection, today: date) -> FormScreen:
    """The end of an inspection; with worksheets or findings left it asks why."""
    line = found.line
    sheets, findings = line.sampled - line.filled, line.unsettled
    fields = [Field("conclusion", _("Conclusion"), needed=True)]
    if sheets or findings:
        fields.append(Field("unfinished", _("Left undone, because"), needed=True))

    left = _("Worksheets left: {sheets}; findings not settled: {findings}.", sheets=sheets, findings=findings)

    def save(book: Book, values: Values, command: str) -> Receipt:
        return inspecting.close_inspection(
            book, line.inspection, values["conclusion"], today, unfinished=values.get("unfinished", ""),
            command=command,
        )  # fmt: skip

    return _form(
        _("Close inspection {number}", number=line.inspection), fields, save,
        _("Inspection {number} was closed.", number=line.inspection), left if sheets or findings else "",
        f"close {line.inspection}",
    )  # fmt: skip


def _form(
    title: str, fields: Sequence[Field], save: Callable[[Book, Values, str], Any], said: str, about: str, draft: str
) -> FormScreen:
    """A form that shows what it is about above its fields."""
    subject = " ".join(about.split())
    return FormScreen(title, fields, save, said=lambda _values: said, draft=draft, subject=subject)
