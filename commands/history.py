"""A customer's history in sentences: what each event said when it was written."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from guanhu.commands.frame import Question
from guanhu.commands.names import Names, day_text, listed
from guanhu.commands.output import Column
from guanhu.commands.tier_lines import rule
from guanhu.domain.money import format_yuan
from guanhu.language import _, terms

if TYPE_CHECKING:
    from guanhu.projections.history import HistoryItem

Details = dict[str, Any]


def history_items(
    q: Question, customer_no: str, until: date | None, limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many events there are, and those of the page, oldest first; `until`: only up to a business date."""
    from guanhu.projections.history import customer_history
    from guanhu.store.codec import decode

    all_of_it = until is not None
    total, found = customer_history(
        q.cursor, q.book.recorder, decode, q.book.keyring, customer_no,
        limit=0 if all_of_it else limit, offset=0 if all_of_it else offset,
    )  # fmt: skip
    if until is not None:
        found = [item for item in found if item.occurred_on <= until]
        total = len(found)
        found = found[offset : offset + limit] if limit else found[offset:]
    return total, [_row(item, q.names) for item in found]


def history_columns(q: Question) -> list[Column]:
    """The columns for people and for CSV."""
    return [
        Column("position", _("entry")),
        Column("occurred_on", _("date"), show=day_of),
        Column("event", _("event"), show=terms.topic, least=14),
        Column("by", _("by"), show=q.names.staff, least=6, spare=1),
        Column("recorded_at", _("written"), show=_moment, spare=3),
        Column("corrects", _("corrects"), spare=2),
        Column("summary", _("what"), least=34),
    ]


def _moment(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def day_of(day: date) -> str:
    """A business date; nothing for what holds on every date."""
    return "" if day == date.min else day.isoformat()


def _row(item: "HistoryItem", names: Names) -> dict[str, Any]:
    return {
        "position": item.position,
        "recorded_at": item.recorded_at,
        "occurred_on": item.occurred_on,
        "by": item.by,
        "event": item.event,
        "summary": summary(item.code, item.details, names),
        "corrects": item.corrects,
    }


def summary(code: str, details: Details, names: Names) -> str:
    """One line of what an event said; the free text, where there is any, at the end."""
    parts = _PARTS[code](details, names) if code in _PARTS else []
    free = details.get("text", "")
    # A correction has told its reason among the parts, beside the note that it sets right.
    return listed([*map(str, parts), free if code == "entry_corrected" else free or details.get("reason", "")])


def _entry(position: int) -> str:
    return _("entry {position}", position=position)


def _due(day: date | None) -> str:
    return _("due {day}", day=day_text(day)) if day else ""


def _next(day: date | None) -> str:
    return _("next step {day}", day=day_text(day)) if day else ""


def _facts(ids: list[str]) -> str:
    return listed(map(terms.fact, ids))


def _tier(d: Details, n: Names) -> list[str]:
    names = n.of_scheme(d["scheme"], d["version"])
    moved = _("from {before} to {after}", before=names(d["from_tier"]), after=names(d["to_tier"]))
    return [moved, _("{amount} yuan", amount=format_yuan(d["basis_fen"])), rule(d["rule"])]


def _assigned(d: Details, n: Names) -> list[str]:
    former = _("in place of {staff}", staff=n.staff(d["replaces"])) if d["replaces"] else ""
    return [n.staff(d["staff"]), n.role(d["role"]), terms.seat(d["seat"]), former]


def _profile(d: Details, n: Names) -> list[str]:
    back = _("taken back: {facts}", facts=_facts(d["taken_back"])) if d["taken_back"] else ""
    return [d["name"], _facts(d["facts"]), back, n.outlet(d["outlet"])]


def _contact(d: Details, n: Names) -> list[str]:
    return [n.staff(d["staff"]), terms.channel(d["channel"]), terms.outcome(d["outcome"]), _next(d["next_on"])]


def _visit(d: Details, n: Names) -> list[str]:
    went = n.staff_list([d["staff"], *d["companions"]])
    return [went, terms.outcome(d["outcome"]), _next(d["next_on"])]


def _corrected(d: Details, n: Names) -> list[str]:
    party = n.staff_list(d["companions"])
    right = [terms.channel(d["channel"]), terms.outcome(d["outcome"]), party, _next(d["next_on"])]
    return [_entry(d["position"]), *right, _("because {reason}", reason=d["reason"])]


def _product(d: Details, n: Names) -> list[str]:
    matures = _("matures {day}", day=day_text(d["matures_on"])) if d["matures_on"] else ""
    return [d["product"], d["product_no"], _("{amount} yuan", amount=format_yuan(d["amount_fen"])), matures]


def _money(d: Details, n: Names) -> list[str]:
    return [_("{amount} yuan", amount=format_yuan(d["fen"])), _("reported late") if d.get("late") else ""]


_PARTS: dict[str, Callable[[Details, Names], list[str]]] = {
    "registered": lambda d, n: [d["name"], n.outlet(d["outlet"]), _facts(d["facts"])],
    "profile": _profile,
    "marked": lambda d, n: [terms.mark(d["mark"])],
    "unmarked": lambda d, n: [terms.mark(d["mark"])],
    "tagged": lambda d, n: [d["tag"]],
    "untagged": lambda d, n: [_("{tag}, taken away", tag=d["tag"])],
    "linked": lambda d, n: [d["other_no"], terms.relation(d["relation"])],
    "unlinked": lambda d, n: [d["other_no"], _("{relation}, no longer", relation=terms.relation(d["relation"]))],
    "unrestricted": lambda d, n: [_("lifted")],
    "balance": _money,
    "unchanged": lambda d, n: [*_money(d, n), _("as before")] if d.get("fen") is not None else [_("as before")],
    "deposit": _money,
    "withdrawal": _money,
    "tier": _tier,
    "assigned": _assigned,
    "released": lambda d, n: [n.staff(d["staff"]), terms.seat(d["seat"])],
    "contact": _contact,
    "visit": _visit,
    "entry_corrected": _corrected,
    "entry_withdrawn": lambda d, n: [_("{entry} withdrawn", entry=_entry(d["position"]))],
    "promise": lambda d, n: [n.staff(d["staff"]), _due(d["due_on"])],
    "promise_kept": lambda d, n: [_entry(d["ref"])],
    "promise_excused": lambda d, n: [_entry(d["ref"])],
    "important_event": lambda d, n: [terms.important_event(d["kind"])],
    "opinion": lambda d, n: [n.staff(d["staff"])],
    "product": _product,
    "product_ended": lambda d, n: [d["product_no"]],
    "referred": lambda d, n: [_("{one} to {other}", one=n.staff(d["staff"]), other=n.staff(d["to_staff"]))],
    "referral_accepted": lambda d, n: [_entry(d["ref"]), _("accepted")],
    "referral_returned": lambda d, n: [_entry(d["ref"]), _("returned")],
    "requested": lambda d, n: [terms.request(d["request"]), n.staff(d["staff"]), _due(d["due_on"])],
    "request_answered": lambda d, n: [_entry(d["ref"])],
    "waived": lambda d, n: [n.duty(d["duty"]), n.occurrence(d["occurrence"])],
}
