"""What the events of an inspection say of one customer (projections/history_words.py): a text only where it is theirs.

A finding on several customers is told to each by its number and class: its text may speak of the others.
"""

from collections.abc import Callable, Mapping
from typing import Any

from guanhu.domain import inspection
from guanhu.domain.events import Event

Told = tuple[str, dict[str, Any]] | None
Opened = Callable[[bytes], bytes]


def _text(sealed: bytes, customer_no: str, no: str, opened: Opened) -> str:
    return opened(sealed).decode() if sealed and customer_no == no else ""


def _opened(event: inspection.InspectionOpened, no: str, opened: Opened) -> Told:
    if not any(unit.customer_no == no for unit in event.items):
        return None
    return "inspection_sampled", {"inspection": event.inspection, "title": event.title}


def _sheet(event: inspection.WorksheetFilled, no: str, opened: Opened) -> Told:
    text = _text(event.remark, event.customer_no, no, opened)
    said = {"inspection": event.inspection, "item": event.item, "verdict": event.verdict, "checks": event.checks}
    return "inspection_sheet", {**said, "text": text}


def _finding(event: inspection.FindingRaised, no: str, opened: Opened) -> Told:
    text = _text(event.text, event.customer_no, no, opened)
    said = {"grade": event.grade, "finding_kind": event.kind, "staff": event.staff_id, "due_on": event.due_on}
    return "inspection_finding", {"inspection": event.inspection, "finding": event.finding, **said, "text": text}


def _withdrawn(event: inspection.FindingWithdrawn, no: str, opened: Opened) -> Told:
    return "inspection_withdrawn", _of(event, _text(event.reason, event.customer_no, no, opened))


def _answer(event: inspection.FindingAnswered, no: str, opened: Opened) -> Told:
    said = [_text(each, event.customer_no, no, opened) for each in (event.text, event.done)]
    return "inspection_answer", _of(event, "\n".join(text for text in said if text))


def _judged(event: inspection.AnswerJudged, no: str, opened: Opened) -> Told:
    code = "inspection_accepted" if event.accepted else "inspection_sent_back"
    return code, _of(event, _text(event.note, event.customer_no, no, opened))


def _of(
    event: inspection.FindingWithdrawn | inspection.FindingAnswered | inspection.AnswerJudged, text: str
) -> dict[str, Any]:
    return {"inspection": event.inspection, "finding": event.finding, "text": text}


TELLINGS: Mapping[type[Event], Callable[[Any, str, Opened], Told]] = {
    inspection.InspectionOpened: _opened,
    inspection.WorksheetFilled: _sheet,
    inspection.FindingRaised: _finding,
    inspection.FindingWithdrawn: _withdrawn,
    inspection.FindingAnswered: _answer,
    inspection.AnswerJudged: _judged,
}
