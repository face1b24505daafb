"""A customer's history in sentences: what each event said when it was written."""

from collections.abc import Callable
from datetime import date
from typing import Any

from guanhu.domain.money import format_yuan
from guanhu.language import _, inspection_words, look_words, terms
from guanhu.language.flag_words import evidence_words
from guanhu.language.log_words import visit_times
from guanhu.tui.names import Names, day_text, listed, outcome_shown

Details = dict[str, Any]


def summary(code: str, details: Details, names: Names) -> str:
    """One line of what an event said; the free text, where there is any, at the end."""
    return listed(said_parts(code, details, names))


def said_parts(code: str, details: Details, names: Names) -> list[str]:
    """What an event said in parts, each to be shown whole or not at all."""
    parts = _PARTS[code](details, names) if code in _PARTS else []
    free = details.get("text", "")
    # A correction has told its reason among the parts, beside the note that it sets right.
    told = [*map(str, parts), free if code == "entry_corrected" else free or details.get("reason", "")]
    return [part for part in told if part]


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
    return [moved, _("{amount} yuan", amount=format_yuan(d["basis_fen"])), terms.tier_rule(d["rule"])]


def _assigned(d: Details, n: Names) -> list[str]:
    former = _("in place of {staff}", staff=n.staff(d["replaces"])) if d["replaces"] else ""
    return [n.staff(d["staff"]), n.role(d["role"]), terms.seat(d["seat"]), former]


def _profile(d: Details, n: Names) -> list[str]:
    back = _("taken back: {facts}", facts=_facts(d["taken_back"])) if d["taken_back"] else ""
    return [d["name"], _facts(d["facts"]), back, n.outlet(d["outlet"])]


def _contact(d: Details, n: Names) -> list[str]:
    return [n.staff(d["staff"]), terms.channel(d["channel"]), outcome_shown(d["outcome"]), _next(d["next_on"])]


def _visit(d: Details, n: Names) -> list[str]:
    went = n.staff_list([d["staff"], *d["companions"]])
    return [went, outcome_shown(d["outcome"], "visit"), *_rest(d)]


def _corrected(d: Details, n: Names) -> list[str]:
    party = n.staff_list(d["companions"])
    kind = "contact" if d["channel"] else "visit"
    right = [terms.channel(d["channel"]), outcome_shown(d["outcome"], kind), party, *_rest(d)]
    return [_entry(d["position"]), *right, _("because {reason}", reason=d["reason"])]


def _rest(d: Details) -> list[str]:
    return [visit_times(d.get("began_at"), d.get("duration_seconds")), _next(d["next_on"])]


def _product(d: Details, n: Names) -> list[str]:
    matures = _("matures {day}", day=day_text(d["matures_on"])) if d["matures_on"] else ""
    return [d["product"], own_number(d), _("{amount} yuan", amount=format_yuan(d["amount_fen"])), matures]


def own_number(d: Details) -> str:
    """A product's number; "" where it has none and is known by its name and days."""
    number: str = d["product_no"]
    return "" if number.startswith(f"{d['product']}/") else number


def _money(d: Details, n: Names) -> list[str]:
    return [_("{amount} yuan", amount=format_yuan(d["fen"])), _("reported late") if d.get("late") else ""]


def _evidence(d: Details, n: Names) -> list[str]:
    return [_entry(d["entry"]), terms.evidence_kind(d["kind"]), *evidence_words(d["seconds"], d["reached"])]


def _sheet(d: Details, n: Names) -> list[str]:
    verdict = inspection_words.named("verdict", d["verdict"])
    checks = [inspection_words.named("check", check) for check in d["checks"]]
    return [d["inspection"], verdict, listed(checks)]


def _finding(d: Details, n: Names) -> list[str]:
    kind = inspection_words.named("finding_kind", d["finding_kind"])
    grade = inspection_words.named("class", d["grade"])
    return [*_of_finding(d, n), grade, kind, n.staff(d["staff"]), _due(d["due_on"])]


def _of_finding(d: Details, n: Names) -> list[str]:
    return [d["inspection"], _("finding {number}", number=d["finding"])]


_PARTS: dict[str, Callable[[Details, Names], list[str]]] = {
    "registered": lambda d, n: [d["name"], n.outlet(d["outlet"]), _facts(d["facts"])],
    "profile": _profile,
    "marked": lambda d, n: [terms.mark(d["mark"])],
    "unmarked": lambda d, n: [terms.mark(d["mark"])],
    "tagged": lambda d, n: [d["tag"]],
    "untagged": lambda d, n: [_("{tag}, taken away", tag=d["tag"])],
    "linked": lambda d, n: [d["other_no"], terms.relation(d["relation"])],
    "unlinked": lambda d, n: [d["other_no"], _("{relation}, no longer", relation=terms.relation(d["relation"]))],
    "looked": lambda d, n: [look_words.look(d["look"]), look_words.subject(d["subject"]), look_words.form(d["form"])],
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
    "promise_corrected": lambda d, n: [
        _entry(d["ref"]), _due(d["due_on"]), _("because {reason}", reason=d["reason"]),
    ],
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
    "evidence": _evidence,
    "withdrawn": lambda d, n: [_entry(d["ref"]), terms.topic(d["what"])],
    "seats_withdrawn": lambda d, n: [_entry(d["ref"])],
    "waived": lambda d, n: [n.duty(d["duty"]), n.occurrence(d["occurrence"])],
    "inspection_sampled": lambda d, n: [d["inspection"], d["title"]],
    "inspection_withheld": lambda d, n: [d["inspection"], _("to be seen once the inspection is closed")],
    "inspection_sheet": _sheet,
    "inspection_finding": _finding,
    "inspection_withdrawn": _of_finding,
    "inspection_answer": _of_finding,
    "inspection_accepted": lambda d, n: [*_of_finding(d, n), inspection_words.named("finding_state", "accepted")],
    "inspection_sent_back": lambda d, n: [*_of_finding(d, n), inspection_words.named("finding_state", "sent_back")],
}
