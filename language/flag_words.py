"""The words of red flags (疑点): what each is called, its rule, what was found, and what honest reason looks the same.

The placeholders of a rule are the thresholds of the scheme, those of a finding what was measured.
"""

from collections.abc import Mapping
from string import Formatter

from guanhu.language import N_, _

NAMES: Mapping[str, str] = {
    "late_writing": N_("written too late"),
    "month_end_burst": N_("written all at once"),
    "copied_notes": N_("copied notes"),
    "impossible_density": N_("impossible density"),
    "overlapping_visits": N_("overlapping visits"),
    "day_off": N_("act on a day off"),
    "not_responsible": N_("by someone not in charge"),
    "bulk_waivers": N_("waived in bulk"),
    "passed_birthday": N_("birthday passed"),
    "passed_maturity": N_("maturity passed"),
    "ownerless": N_("without owner"),
    "over_capacity": N_("over capacity"),
    "short_call": N_("short call"),
    "contradicted": N_("contradicted"),
    "acted_by_others": N_("others did it"),
}
RULES: Mapping[str, str] = {
    "late_writing": N_("The act was written down more than {days} days after it happened."),
    "month_end_burst": N_(
        "Of a member's talks of a month, {entries} at least, {percent} % or more were written in its last"
        " {working_days} working days, or in the {inspection_days} days before an inspection was opened."
    ),
    "copied_notes": N_(
        "Within {days} days a member wrote nearly the same note for {customers} customers or more: alike by"
        " {percent} % of the pairs of characters, without digits, signs and forms of address."
    ),
    "impossible_density": N_(
        "More than {visits} customers visited on one day, or {calls} calls and more written within {seconds} seconds"
        " that say they took longer."
    ),
    "overlapping_visits": N_(
        "One person visited several customers at once: by what the entries say, the visits overlap by {minutes} minutes"
        " or more."
    ),
    "day_off": N_(
        "The act is dated on a day without work, or while its author was on leave; a visit within {birthday_days} days"
        " before the customer's birthday is none."
    ),
    "not_responsible": N_(
        "Who reached the customer was neither owner, system owner nor stand-in within {days} days, nor manager,"
        " supervisor or department, nor named by a referral, promise or request."
    ),
    "bulk_waivers": N_("One person waived more than {waivers} duties on one day."),
    "passed_birthday": N_("A birthday's greeting or visit was owed and went by undone."),
    "passed_maturity": N_("A product matured, and until the last day of grace nobody spoke with the customer."),
    "ownerless": N_("A customer of a tier has had no owner for more than {days} days."),
    "over_capacity": N_("An owner has more than {percent} % of the customers that the posts can look after."),
    "short_call": N_("A call is said to have reached the customer in fewer than {seconds} seconds."),
    "contradicted": N_(
        "Outside evidence says that nobody was reached, or that the call took less than {percent} % of what is claimed."
    ),
    "acted_by_others": N_(
        "Of an owner's customers who were reached in a month, {acts} at least and {percent} % or more were first"
        " reached by people who do not own them."
    ),
}
FALSE_ALARMS: Mapping[str, str] = {
    "late_writing": N_("Leave, training or a system that was down keep people from writing; the date may be a slip."),
    "month_end_burst": N_("Who was away most of the month, or is driven by month-end targets, works late in it too."),
    "copied_notes": N_("The same notice given to many by telephone reads alike; so do notes that follow a template."),
    "impossible_density": N_(
        "Several calls made one after the other may be written up in one go; an event brings many customers to one"
        " place."
    ),
    "overlapping_visits": N_(
        "A family or the guests of an event are met together; times from memory may be wrong by half an hour."
    ),
    "day_off": N_("Duty on weekends, an activity or an urgent matter; the customer may only have time then."),
    "not_responsible": N_(
        "A colleague helped out, or was asked for by the customer; an assignment may be entered late."
    ),
    "bulk_waivers": N_("One reason can hold for many: a system failure, a rule withdrawn, a list that was wrong."),
    "passed_birthday": N_("The birthday may be wrong in the file, or the greeting was given and not written down."),
    "passed_maturity": N_("The money may have been renewed automatically, or the talk was not written down."),
    "ownerless": N_("The manager may be filling a post; a customer who just rose waits to be assigned."),
    "over_capacity": N_("A colleague's customers may be held for a while after a departure."),
    "short_call": N_("A customer may confirm an appointment in one sentence; the time may be typed wrongly."),
    "contradicted": N_(
        "The record may be of another number or call: a mobile telephone's calls are not in the bank's records."
    ),
    "acted_by_others": N_("Customers come to the counter by themselves; a team may share the work by agreement."),
}
FOUND: Mapping[str, tuple[str, ...]] = {
    "late_writing": (N_("{days} days later"),),
    "month_end_burst": (N_("{entries} of {of} talks, {percent} %"),),
    "copied_notes": (N_("{notes} notes alike, {customers} customers"),),
    "impossible_density": (
        N_("{visits} customers visited on one day"),
        N_("{calls} calls in {passed_seconds} s, said to last {claimed_seconds} s"),
    ),
    "overlapping_visits": (N_("{visits} visits, {overlap_minutes} minutes at once"),),
    "bulk_waivers": (N_("{waivers} duties"),),
    "ownerless": (N_("{customers} customers, {days} days and more"), N_("{days} days")),
    "over_capacity": (N_("{customers} customers, room for {capacity}"),),
    "short_call": (N_("{seconds} s, said to be {claimed_seconds} s"), N_("{seconds} s")),
    "contradicted": (N_("{seconds} s, said to be {claimed_seconds} s"),),
    "acted_by_others": (N_("{acts} of {of} customers by others, {percent} %"),),
}
"""What was measured, in few words, by the flag: the first of them that all figures are there for."""

WHICH: Mapping[str, str] = {
    "month": N_("at the month's end"),
    "inspection": N_("before an inspection"),
    "day_off": N_("no working day"),
    "leave": N_("on leave"),
    "not_reached": N_("not reached"),
}
"""Which of a flag's cases it is, where the figures do not tell."""


def flag_name(id_: str) -> str:
    """Name a red flag."""
    return _(NAMES[id_]) if id_ in NAMES else id_


def rule_words(id_: str, threshold: Mapping[str, int]) -> str:
    """The rule in words, with the scheme's thresholds."""
    return _(RULES[id_], **threshold)


def false_alarm(id_: str) -> str:
    """What honest reason looks the same."""
    return _(FALSE_ALARMS[id_])


def measured_words(id_: str, measured: Mapping[str, int], details: Mapping[str, str]) -> list[str]:
    """What a flag found, in a few words each; what `details` say besides is for whoever knows the names."""
    which = details.get("which", "")
    said = [_(WHICH[which])] if which in WHICH else []
    figures = {name: f"{value:,}" for name, value in measured.items()}
    for words in FOUND.get(id_, ()):
        if {name for _text, name, _form, _how in Formatter().parse(words) if name} <= figures.keys():
            return [*said, _(words, **figures)]
    return said


def evidence_words(seconds: int | None, reached: bool | None) -> list[str]:
    """What evidence says of the call: reached or not, and how long."""
    said = [] if reached is None else [_("reached") if reached else _("not reached")]
    return said if seconds is None else [*said, _("{value} seconds", value=f"{seconds:,}")]
