"""A replay in words: what an event said, and each thing that it changed, in a line."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from guanhu.domain.money import format_wan
from guanhu.language import N_, _, terms
from guanhu.projections.replay_state import Change
from guanhu.projections.replay_step import Step
from guanhu.tui.history_words import own_number, summary
from guanhu.tui.names import Names, customers_counted, day_text, listed

WENT_BY = N_("days went by")


def event_words(step: Step) -> str:
    """What kind of event it is; of a step without one, that days went by."""
    return _(WENT_BY) if step.position is None else terms.topic(step.topic)


def step_words(step: Step, names: Names) -> str:
    """What the event of a step said, in a line."""
    if step.position is None:
        since: date = step.details["since"]
        return _("{first} to {last}", first=since.isoformat(), last=step.occurred_on.isoformat())
    if step.code == "many":
        return customers_counted(step.details["customers"])
    if step.topic in _FRAME:
        return listed(_FRAME[step.topic](step.details, names))
    if step.topic == "balances" and not step.customers:
        return _("as before")
    return summary(step.code, step.details, names)


def row_words(step: Step, names: Names) -> list[str]:
    """The same for a row of a list, part by part, without what its other columns say."""
    d = step.details
    if step.position is None:
        return [_("since {day}", day=d["since"].isoformat())]
    match step.code:
        case "many":
            return []
        case "registered":
            return [names.outlet(d["outlet"]), *map(terms.fact, d["facts"])]
        case "tier":
            before, after = (names.of_scheme(d["scheme"], d["version"])(d[way]) for way in ("from_tier", "to_tier"))
            return [_("{one} to {other}", one=before, other=after)]
        case "assigned":
            return [names.staff(d["staff"]), terms.seat(d["seat"])]
    return step_words(step, names).split(_(", "))


_FRAME: Mapping[str, Callable[[dict[str, Any], Names], list[str]]] = {
    "scheme": lambda d, n: [_("scheme {scheme}, version {version}", scheme=d["scheme"], version=d["version"])],
    "handed_over": lambda d, n: [_("{one} to {other}", one=n.staff(d["staff_id"]), other=n.staff(d["to_staff"]))],
    "enrolled": lambda d, n: [n.staff(d["staff_id"])],
    "role_given": lambda d, n: [n.staff(d["staff_id"]), n.role(d["role"]), n.outlet(d["outlet"])],
    "role_taken": lambda d, n: [n.staff(d["staff_id"]), n.role(d["role"]), n.outlet(d["outlet"])],
    "staff_left": lambda d, n: [n.staff(d["staff_id"])],
    "leave": lambda d, n: [
        n.staff(d["staff_id"]), _("until {day}", day=day_text(d["to"])),
        _("{name} stands in", name=n.staff(d["stand_in"])) if d["stand_in"] else "",
    ],
    "reviewed": lambda d, n: [n.staff(d["staff_id"]), d["note"]],
    "outlet_opened": lambda d, n: [n.outlet(d["outlet"])],
    "outlet_closed": lambda d, n: [n.outlet(d["outlet"])],
    "supervised": lambda d, n: [n.outlet(d["outlet"]), n.staff(d["staff_id"]), d["note"]],
}  # fmt: skip


# ---------------------------------------------------------------- changes
def change_lines(changes: Sequence[Change], names: Names, *, whose: Mapping[str, str] | None = None) -> list[str]:
    """The changes, a line each; facts of one customer in one line. `whose`: the customers' names, where they are told.

    An entry that was only just written is the event itself, and has no line.
    """
    lines: list[tuple[str, str]] = []
    facts: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        if change.what == "fact":
            how = "changed" if change.after == "changed" else "gone" if change.after is None else "learned"
            if (change.customer_no, how) not in facts:
                lines.append((change.customer_no, f"\0{how}"))
            facts.setdefault((change.customer_no, how), []).append(terms.fact(change.detail["fact"]))
        elif words := change_words(change, names):
            lines.append((change.customer_no, words))
    told = []
    for number, words in lines:
        if words.startswith("\0"):
            words = _(_FACTS[words[1:]], facts=listed(facts[number, words[1:]]))
        told.append(f"{whose.get(number) or number}  {words}" if whose is not None else words)
    return told


_FACTS = {
    "learned": N_("learned: {facts}"),
    "changed": N_("corrected: {facts}"),
    "gone": N_("taken back: {facts}"),
}


def change_words(change: Change, names: Names) -> str:
    """One change in a line; "" for what the event itself says."""
    return _WORDS[change.what](change, names)


def _and(words: str, more: str) -> str:
    return _("{what}, {more}", what=words, more=more) if more else words


def _customer(change: Change, names: Names) -> str:
    if change.before is None:
        return _("new in the book")
    if change.after is None:
        return _("no longer in the book")
    return {"erased": terms.topic("erased"), "restricted": terms.topic("restricted")}.get(
        str(change.after), _("personal data may be used again")
    )


def _outlet(change: Change, names: Names) -> str:
    outlet = names.outlet(str(change.after or ""))
    return _("outlet: {after}", after=outlet) if outlet else ""


def _balance(change: Change, names: Names) -> str:
    before, after = change.before, change.after
    if not isinstance(after, int):
        return _("AUM: no longer known")
    words = _("AUM: {after} wan", after=format_wan(after, 2))
    if not isinstance(before, int):
        return words
    by = format_wan(abs(after - before), 2)
    moved = _("{amount} wan more", amount=by) if after > before else _("{amount} wan less", amount=by)
    return _and(words, moved)


def _tier(change: Change, names: Names) -> str:
    before, after = (names.tier(str(value or "")) for value in (change.before, change.after))
    moved = _("tier: from {before} to {after}", before=before, after=after)
    rule = change.detail.get("rule", "")  # none: the move that had brought it was taken back
    if rule == "first_balance":
        moved = _("tier: {after}", after=after)
    return _and(moved, terms.tier_rule(rule) if rule else "")


def _seat(change: Change, names: Names) -> str:
    before, after = (
        names.staff_list(value) if isinstance(value, tuple) else "" for value in (change.before, change.after)
    )
    seat = terms.seat("owner" if change.what == "owner" else "system")
    if not after:
        return _("{seat}: {before} no more", seat=seat, before=before)
    if not before:
        return _("{seat}: {after}", seat=seat, after=after)
    return _("{seat}: from {before} to {after}", seat=seat, before=before, after=after)


def duty_words(duty: str, occurrence: str, opens: date | None, names: Names) -> str:
    """A duty, and which one where that says more than the name."""
    if occurrence.isdigit() or occurrence == "once":  # a promise's position says nothing to a person
        return names.duty(duty)
    which = names.occurrence(occurrence, opens)
    if opens is not None and occurrence == opens.isoformat():
        which = _("since {day}", day=which)
    return _("{duty} ({which})", duty=names.duty(duty), which=which)


def _duty(change: Change, names: Names) -> str:
    d = change.detail
    duty, due = duty_words(d["duty"], d["occurrence"], d["opens"], names), day_text(d["due"])
    if change.after is None:
        return _("no longer owed: {duty}", duty=duty)
    if change.after == "open":
        words = _("to do: {duty}", duty=duty) if change.before is None else _("to do again: {duty}", duty=duty)
        return _and(words, _("due {day}", day=due) if due else "")
    if change.after == "done" and change.before == "missed":
        return _("done after all: {duty}", duty=duty)
    by = _("due {day}", day=due) if due and change.after in ("overdue", "missed") else ""
    return _and(_(_DUTY[str(change.after)], duty=duty), by)


_DUTY = {
    "overdue": N_("overdue: {duty}"),
    "done": N_("done: {duty}"),
    "missed": N_("missed: {duty}"),
    "waived": N_("waived: {duty}"),
}


def _mark(change: Change, names: Names) -> str:
    mark = terms.mark(change.detail["mark"])
    return _("mark: {mark}", mark=mark) if change.after else _("mark taken off: {mark}", mark=mark)


def _tag(change: Change, names: Names) -> str:
    tag = change.detail["tag"]
    return _("tag: {tag}", tag=tag) if change.after else _("{tag}, taken away", tag=tag)


def _link(change: Change, names: Names) -> str:
    relation, other = terms.relation(change.detail["relation"]), change.detail.get("other_no", "")
    words = f"{relation} {other}"
    return words if change.after else _("{relation}, no longer", relation=words)


def _affair(change: Change, names: Names) -> str:
    kind = terms.affair(change.detail["kind"])
    if change.before is None:
        return ""
    if change.after is None:
        return _("{what}: taken back", what=kind)
    if change.after == "open":
        who = names.staff(change.detail["other"] or change.detail["staff"])
        return _("{what}: now with {name}", what=kind, name=who) if change.before == "open" else _(
            "{what}: open again", what=kind
        )
    return f"{kind}: {terms.outcome_or_closing(str(change.after))}"


def _product(change: Change, names: Names) -> str:
    product = f"{change.detail['product']} {own_number(change.detail)}".strip()
    if change.after == "held":
        amount = _("{amount} wan", amount=format_wan(change.detail["amount_fen"], 2))
        return _("product: {product}, {amount}", product=product, amount=amount)
    return _("product ended: {product}", product=product)


def _entry(change: Change, names: Names) -> str:
    if change.before is None:
        return ""
    entry = _("entry {position}", position=change.detail["position"])
    if change.after == "withdrawn" or change.after is None:
        return _("{entry} withdrawn", entry=entry)
    kind = change.detail["kind"]
    before, after = (terms.outcome(str(value), kind) for value in (change.before, change.after))
    if before == after:
        return _("{entry} corrected", entry=entry)
    return _("{entry}: from {before} to {after}", entry=entry, before=before, after=after)


_WORDS: Mapping[str, Callable[[Change, Names], str]] = {
    "customer": _customer, "outlet": _outlet, "balance": _balance, "tier": _tier, "owner": _seat,
    "system_owner": _seat, "duty": _duty, "mark": _mark, "tag": _tag, "link": _link, "affair": _affair,
    "product": _product, "entry": _entry, "fact": lambda change, names: terms.fact(change.detail["fact"]),
}  # fmt: skip
