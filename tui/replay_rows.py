"""The steps of a replay on a screen: the columns of the list, and one step with what it changed and what stood then."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.projections.replay_state import Change, Stand
from guanhu.projections.replay_step import Step
from guanhu.tui.cells import day_month, wan
from guanhu.tui.names import Names, customers_counted, first_of, listed
from guanhu.tui.replay_words import change_lines, event_words, row_words, step_words
from guanhu.tui.signs import STYLES, Signs
from guanhu.tui.widgets.breaking import HANG
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

SHOWN_CHANGES, SHOWN_STANDS, SHOWN_DUTIES = 60, 5, 8

KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "all": (N_("everything"), ()),
    "moves": (N_("tiers and owners"), ("tiers", "assigned", "released", "handed_over", "seats_withdrawn")),
    "money": (N_("balances and products"), (
        "balances", "deposit", "withdrawal", "tiers", "product", "product_ended",
    )),
    "acts": (N_("contacts and visits"), ("contact", "visit", "corrected", "withdrawn")),
    "affairs": (N_("promises, referrals, events"), (
        "promise", "promise_corrected", "promise_kept", "promise_excused", "referred", "referral_answered", "requested",
        "request_answered", "important_event", "opinion", "waived",
    )),
    "person": (N_("the customer's data"), (
        "registered", "profile", "marked", "unmarked", "tagged", "linked", "restricted", "erased",
    )),
    "days": (N_("what days that went by have changed"), ("day",)),
}  # fmt: skip
"""What the list can be narrowed to: words, and the topics of events (none: all)."""

TURNS = frozenset({"tier", "owner"})
"""What a jump goes to."""


def step_rows(steps: Sequence[Step]) -> list[Row]:
    """A row for each step."""
    return [Row(str(step.position) if step.position else f"day {step.occurred_on}", step) for step in steps]


def turns(step: Step) -> bool:
    """Whether a step changed a tier or an owner."""
    return any(change.what in TURNS for change in step.changes)


def step_columns(names: Names, signs: Signs, day: date, *, one: bool) -> list[Column]:
    """The columns; `one`: all steps are of one customer. Days of the year of `day` are told without it."""
    columns = [
        Column("written", _("Written"), lambda step: (_written_on(step, day), "muted"), 5, 10),
        Column("on", _("Of day"), lambda step: _date(step, day), 5, 10),
        Column("event", _("Event"), _event, 12, 16, 1),
        Column("changed", _("Change"), lambda step: _changed(step, signs), 10, 22, 3),
        Column("words", _("What"), lambda step: (listed(row_words(step, names)), "" if step.position else "muted"), 10,
               0, 6, priority=1, short=lambda step, width: first_of(row_words(step, names), width)),
        Column("by", _("By"), lambda step: (names.staff(step.by), "muted"), 6, 12, 1, priority=3),
    ]  # fmt: skip
    if not one:
        columns.insert(3, Column("whose", _("Customer"), _whose, 8, 14, 2))
    return columns


def _written_on(step: Step, day: date) -> str:
    return day_month(branch_time(step.recorded_at).date(), day) if step.recorded_at else ""


def _date(step: Step, day: date) -> Cell:
    """The day that it is of; what holds on every day says so."""
    if step.occurred_on == date.min:
        return _("any"), "muted"
    return day_month(step.occurred_on, day), "" if step.position else "muted"


def _event(step: Step) -> Cell:
    return event_words(step), "strong" if step.position else "muted"


def _whose(step: Step) -> Cell:
    numbers = dict.fromkeys((*step.customers, *(change.customer_no for change in step.changes)))
    if len(numbers) > 1:
        return customers_counted(len(numbers)), "muted"
    known = {stand.customer_no: stand.name for stand in step.after}
    return next((known.get(no) or no for no in numbers), "")


def _changed(step: Step, signs: Signs) -> Cell:
    """In few cells: the kinds of things that changed."""
    found = [words for what, words in _SHORT.items() if any(change.what == what for change in step.changes)]
    states = {change.after for change in step.changes if change.what == "duty"}
    told = listed(_(words) for words in found)
    if turns(step):
        return told, "strong"
    for state in ("missed", "overdue", "done", "open"):
        if state in states:
            return f"{getattr(signs, state)} {told}", STYLES[state]
    return told, "muted"


_SHORT = {
    "tier": N_("tier"), "owner": N_("owner"), "balance": N_("balance"), "duty": N_("duties"), "mark": N_("mark"),
    "affair": N_("affair"), "product": N_("product"), "fact": N_("profile"),
}  # fmt: skip


# ---------------------------------------------------------------- one step
def step_lines(step: Step, names: Names, signs: Signs, *, one: bool) -> Iterator[Content]:
    """The event, what it changed, how its customers stood then."""
    entry = "" if step.position is None else _("entry {position}", position=step.position)
    said = visible(step_words(step, names))
    yield Content.assemble((event_words(step), "bold"), f"  {said}", (f"  {entry}", "$muted"))
    if written := _written(step, names):
        yield Content.styled(written, "$muted")
    known = None if one else {stand.customer_no: stand.name for stand in step.after}
    yield Content("")
    yield Content.styled(_("What it changed"), "bold $primary")
    lines = list(_changes(step.changes[:SHOWN_CHANGES], known, names))
    yield from lines or [Content.styled(_("Nothing beside the entry itself."), "$muted")]
    if len(step.changes) > SHOWN_CHANGES:
        yield Content.styled(_("and {count} more", count=len(step.changes) - SHOWN_CHANGES), "$muted")
    for stand in step.after[:SHOWN_STANDS]:
        yield Content("")
        yield from stand_lines(stand, names, signs, step.occurred_on, named=not one)
    if len(step.after) > SHOWN_STANDS:
        more = customers_counted(len(step.after) - SHOWN_STANDS)
        yield Content.styled(_("and {count} more", count=more), "$muted")


def _changes(changes: Sequence[Change], known: Mapping[str, str] | None, names: Names) -> Iterator[Content]:
    """What changed, a line each, and whose it is where that is told: of several customers under their names."""
    by_customer: dict[str, list[Change]] = {}
    for change in changes:
        by_customer.setdefault("" if known is None else change.customer_no, []).append(change)
    several = len(by_customer) > 1
    for number, own in by_customer.items():
        who = "" if known is None else visible(known.get(number) or number)
        lines = change_lines(own, names)
        if several and lines:
            yield Content.styled(who, "bold")
        before = "  " if several else f"{who}  " if who else ""
        yield from (Content(f"{before}{HANG}{visible(line)}") for line in lines)


def _written(step: Step, names: Names) -> str:
    if step.position is None or step.recorded_at is None:
        return ""
    written = f"{branch_time(step.recorded_at):%Y-%m-%d %H:%M} {names.staff(step.by)}".rstrip()
    of_day = step.occurred_on
    on = _("holds on any day") if of_day == date.min else _("of {day}", day=of_day.isoformat())
    return visible(f"{on}  {_('written {when}', when=written)}")


def stand_lines(stand: Stand, names: Names, signs: Signs, day: date, *, named: bool) -> Iterator[Content]:
    """A customer after the step: tier, balance, owners, what is to be done."""
    title = visible(stand.name or stand.customer_no) if named else _("After it")
    if stand.aum_fen is None:
        yield Content.assemble((title, "bold $primary"), "  ", (_("no balance yet"), "$muted"))
    else:
        amount = _("{amount} wan", amount=wan(stand.aum_fen, 2))
        yield Content.assemble((title, "bold $primary"), "  ", (names.tier(stand.tier), "bold"), f"  {amount}")
    owners = visible(names.staff_list(stand.owners)) or _("nobody")
    yield Content.assemble((_("Owner "), "$muted"), owners)
    if stand.system_owner and stand.system_owner not in stand.owners:
        yield Content.assemble((_("System owner "), "$muted"), visible(names.staff(stand.system_owner)))
    if stand.marks:
        yield Content.assemble((_("Marks and tags "), "$muted"), (listed(map(terms.mark, stand.marks)), "$soon"))
    for duty in stand.duties[:SHOWN_DUTIES]:
        style = STYLES.get(duty.status, "")
        due = day_month(duty.due, day) if duty.due else ""
        told = _("overdue {day}", day=due) if duty.status == "overdue" else _("until {day}", day=due) if due else ""
        sign = getattr(signs, duty.status)
        name = names.duty(duty.duty)
        yield Content.assemble((f"{sign} ", f"${style}"), name, (f"  {told}" if told else "", "$muted"))
    if len(stand.duties) > SHOWN_DUTIES:
        yield Content.styled(_("and {count} more", count=len(stand.duties) - SHOWN_DUTIES), "$muted")
