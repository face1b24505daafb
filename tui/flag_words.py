"""Red flags in front of a person: what was found, in words with the names of the book. Loads no Textual."""

from collections.abc import Sequence

import msgspec

from guanhu.domain.red_flags.found import Flag
from guanhu.domain.scheme import Scheme
from guanhu.domain.scheme_flags import FLAGS
from guanhu.language import _, terms
from guanhu.language.flag_words import evidence_words, false_alarm, flag_name, measured_words, rule_words
from guanhu.projections.evidence import Evidence
from guanhu.tui.names import Names, listed


def found_words(flag: Flag, names: Names) -> str:
    """What was found: the figures, and which duty or tier it is about."""
    said = measured_words(flag.id, flag.measured, flag.details)
    if began := flag.details.get("began"):
        said = [*said, _("begun {times}", times=listed(began.split()))]
    if duty := flag.details.get("duty"):
        due = _("due {day}", day=flag.details.get("due", ""))
        said = [names.duty(duty), due, *said]
    if channel := flag.details.get("channel"):
        how = _("visit") if channel == "visit" else terms.channel(channel)
        said = [how, _("{name} is not in charge of the customer", name=names.staff(flag.staff))]
    if tier := flag.details.get("tier"):
        outlet = flag.details.get("outlet", "")
        said = [names.outlet(outlet) if outlet else "", names.tier(tier), *said]
    return listed(said)


def evidence_line(evidence: Evidence, names: Names) -> str:
    """One piece of evidence on a line: its kind and day, what it shows, who attached it, its text."""
    kept = _("file {hash}", hash=evidence.sha256[:12]) if evidence.sha256 else ""
    figures = evidence_words(evidence.seconds, evidence.reached)
    kind, by = terms.evidence_kind(evidence.kind), names.staff(evidence.by)
    said = listed([kind, evidence.on.isoformat(), *figures, kept, by])
    return _("{what}: {text}", what=said, text=evidence.text) if evidence.text else said


def flags_said(scheme: Scheme) -> list[tuple[str, Sequence[str]]]:
    """Which flags a scheme looks for, each with its rule and what looks the same; those that it does not look for."""
    sections: list[tuple[str, Sequence[str]]] = []
    off = []
    for id_ in FLAGS:
        rule = getattr(scheme.flags, id_)
        if rule is None:
            off.append(flag_name(id_))
            continue
        title = f"{flag_name(id_)}  {_('weight {weight}', weight=rule.weight)}"
        doubt = _("False alarm? {words}", words=false_alarm(id_))
        sections.append((title, [rule_words(id_, msgspec.structs.asdict(rule)), doubt]))
    if off:
        sections.append(("", [_("The scheme in force does not look for: {flags}", flags=listed(off))]))
    return sections
