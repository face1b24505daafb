"""Red flags in a scheme (疑点规则): which are looked for, and from which threshold on.

A table `[flags.<id>]` states each flag that a bank wants, with its thresholds; a flag that the file says nothing of is
off. So a scheme adopted before there were flags stays what it was: it raises none until the bank adopts one that does.
`weight` is how much one finding counts beside others, from 1 to 100.
"""

from guanhu.domain.scheme_part import Part


class FlagRule(Part, frozen=True, forbid_unknown_fields=True):
    """What every flag states."""

    weight: int


class LateWriting(FlagRule, frozen=True, forbid_unknown_fields=True):
    """An act written down more than `days` days after it happened."""

    days: int


class Burst(FlagRule, frozen=True, forbid_unknown_fields=True):
    """`percent` or more of a member's month written in its last `working_days`, or in the days before an inspection.

    Months with fewer than `entries` entries tell nothing. `inspection_days`: days before an inspection was opened.
    """

    working_days: int
    inspection_days: int
    percent: int
    entries: int


class CopiedNotes(FlagRule, frozen=True, forbid_unknown_fields=True):
    """Notes of one member, written within `days`, for `customers` or more customers, alike by `percent` or more.

    Notes with fewer than `characters` characters besides digits and signs tell nothing.
    """

    customers: int
    days: int
    percent: int
    characters: int


class Density(FlagRule, frozen=True, forbid_unknown_fields=True):
    """More than `visits` visits on a day; or `calls` calls written within `seconds` that claim to have taken longer."""

    visits: int
    calls: int
    seconds: int


class OverlappingVisits(FlagRule, frozen=True, forbid_unknown_fields=True):
    """Visits of one person to several customers that overlap by `minutes` minutes or more."""

    minutes: int


class DayOff(FlagRule, frozen=True, forbid_unknown_fields=True):
    """An act on a day off or on leave; a visit up to `birthday_days` before the customer's birthday is none."""

    birthday_days: int


class NotResponsible(FlagRule, frozen=True, forbid_unknown_fields=True):
    """An act by somebody who did not answer for the customer, nor had within `days` days before or after."""

    days: int


class BulkWaivers(FlagRule, frozen=True, forbid_unknown_fields=True):
    """More than `waivers` duties waived by one person within a day."""

    waivers: int


class Passed(FlagRule, frozen=True, forbid_unknown_fields=True):
    """A duty of a date that went by undone: the duty itself says until when it can be done."""


class Ownerless(FlagRule, frozen=True, forbid_unknown_fields=True):
    """A customer of a tier without an owner for more than `days` days."""

    days: int


class OverCapacity(FlagRule, frozen=True, forbid_unknown_fields=True):
    """An owner with more than `percent` percent of the customers that the post can look after (`roles.capacity`)."""

    percent: int


class ShortCall(FlagRule, frozen=True, forbid_unknown_fields=True):
    """A call that is said to have reached the customer, in fewer than `seconds` seconds."""

    seconds: int


class Contradicted(FlagRule, frozen=True, forbid_unknown_fields=True):
    """Evidence says otherwise: nobody was reached, or the call took under `percent` percent of what it claims."""

    percent: int


class ActedByOthers(FlagRule, frozen=True, forbid_unknown_fields=True):
    """`percent` or more of the customers reached in a month of an owner, at least `acts`, were reached by others."""

    percent: int
    acts: int


class FlagRules(Part, frozen=True, forbid_unknown_fields=True):
    """The flags that a scheme looks for; None: off."""

    late_writing: LateWriting | None = None
    month_end_burst: Burst | None = None
    copied_notes: CopiedNotes | None = None
    impossible_density: Density | None = None
    overlapping_visits: OverlappingVisits | None = None
    day_off: DayOff | None = None
    not_responsible: NotResponsible | None = None
    bulk_waivers: BulkWaivers | None = None
    passed_birthday: Passed | None = None
    passed_maturity: Passed | None = None
    ownerless: Ownerless | None = None
    over_capacity: OverCapacity | None = None
    short_call: ShortCall | None = None
    contradicted: Contradicted | None = None
    acted_by_others: ActedByOthers | None = None


FLAGS: tuple[str, ...] = FlagRules.__struct_fields__
"""The ids of all flags, in the order in which they are shown."""
