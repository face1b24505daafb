"""The sentences that say why something was refused.

A rule refuses with a code and facts (`guanhu.domain.errors`), a file's row with a code (`guanhu.intake`). Here each
code has its sentence, whose {placeholders} are the names of the facts.
"""

from collections.abc import Callable, Mapping

from guanhu.language import N_, _, book_reasons, current, file_reasons, file_words, inspection_words, look_words, terms

SENTENCES: Mapping[str, str] = {
    **file_reasons.REASONS,
    # A word or a thing that is not known
    "bad_tag": N_("A tag has 1 to 40 characters: {value}"),
    "unknown_channel": N_("This is not a channel: {value}"),
    "unknown_mark": N_("This is not a mark: {value}"),
    "unknown_looking_level": N_("{value} is none of the levels at which looking is recorded."),
    "unknown_evidence": N_("This is not a kind of evidence: {value}"),
    "unknown_flag": N_("This is not a red flag: {value}"),
    "evidence_empty": N_("Evidence must say something: how long, reached or not, a text, or a file."),
    "is_correction": N_("{position} is a correction of entry {entry}; show entry {entry}."),
    "is_evidence": N_("{position} is itself evidence about entry {entry}; name entry {entry} instead."),
    "evidence_of_own": N_("Entry {position} is your own; somebody else must attach evidence to it."),
    "inspector_maintains": N_(
        "{staff_id} is an inspector and holds no other post: who inspects does not maintain customers."
    ),
    "inspectors_only": N_("Only inspectors and the department may do this, not {staff_id}."),
    "bad_hash": N_("This is not a SHA-256 hash: {value}"),
    "unknown_outcome": N_("This is not an outcome: {value}"),
    "unknown_relation": N_("This is not a relation: {value}"),
    "role_not_held": N_("The member of staff holds no post of this role: {value}"),
    "unknown_role": N_("This is not a role: {value}"),
    "unknown_sex": N_("This is not a sex: {value}"),
    "customer_erased": N_("The personal data of customer {customer_no} were erased; nothing can be added."),
    "unknown_customer": N_("The book knows no customer {customer_no}."),
    "nothing_owed": N_("To customer {customer_no} nothing is owed of this kind now: {duty}"),
    "unknown_outlet": N_("The book knows no outlet {outlet}."),
    "unknown_staff": N_("The book knows no member of staff {staff_id}."),
    "ambiguous_staff": N_("{value} means several: {staff}"),
    "ambiguous_customer": N_("{value} means {count} customers: {customers} ..."),
    "scheme_invalid": N_("The scheme can't be used as it is; problems: {problems}"),
    "unknown_scheme": N_("The book has adopted no such scheme: {scheme}"),
    "unknown_tier": N_("{tier} is none of: {allowed}"),
    "not_whole_yuan": N_("The floor of a tier is a whole number of yuan above zero: {tier}"),
    "period_reversed": N_("The first day, {first}, lies after the last, {last}."),
    "scheme_unsound": N_(
        "The scheme can't be used as it is; the first of {problems} problems is in line {line}: {key}"
    ),
    "not_times": N_("This is not a time such as 14:30, 14:30-15:10 or 14:30 40 (minutes): {value}"),
    "nothing_differs": N_("Same as in force: nothing would differ."),
    "floors_not_ascending": N_("The floor of {tier} must be above that of {below}."),
    # An act
    "customer_known": N_("The book has customer {customer_no} already."),
    "future_act": N_("{day} lies in the future; only what has happened is recorded."),
    "linked_to_self": N_("Customer {customer_no} can't be linked to itself."),
    "mark_not_set": N_("The customer does not carry this mark: {mark}"),
    "mark_set": N_("The customer carries this mark already: {mark}"),
    "not_positive": N_("The amount must be more than zero: {value}"),
    "nothing_entered": N_("This must be filled in: {field}"),
    "nothing_to_record": N_("Nothing was given that could be recorded."),
    "reason_missing": N_("A reason must be given."),
    "text_too_long": N_("The text is too long; it may have {longest} characters."),
    # The log, and what is taken up for a customer
    "already_closed": N_("This was closed already, on {day}."),
    "already_done": N_("This duty is done already: {duty} {occurrence}"),
    "customer_silent": N_("Nothing is sent to customer {customer_no}, who is marked: {mark}"),
    "fact_twice": N_("This fact is given twice: {fact}"),
    "not_a_fact": N_("This is no fact of the profile: {value}"),
    "not_an_act": N_("Entry {position} ({topic}) is neither a contact nor a visit. {instead}"),
    "not_of_a_call": N_("A call can't have this outcome: {outcome}"),
    "not_yours": N_("Referral {position} went to {staff_id}; they, their stand-in or an outlet manager answer it."),
    "already_referred": N_("The customer has been referred to {staff_id} already, and the answer is still open."),
    "already_waived": N_("This duty is waived already: {duty} {occurrence}"),
    "before_the_act": N_("{what} can't be {day}: it would lie before {on}."),
    "due_missing": N_("A joint visit needs a date by which it is to be made."),
    "entry_withdrawn": N_("Entry {position} was withdrawn; log it anew."),
    "later_rests": N_("Entry {position} can't be taken back: entry {later} rests on it. Take that back first."),
    "not_to_withdraw": N_("Entry {position} ({topic}) can't be taken back."),
    "not_your_act": N_("Entry {position} was made by {staff_id}; they or the outlet manager take it back."),
    "not_your_evidence": N_(
        "Evidence {position} was attached by {staff_id}; they or the department take it back."
    ),
    "came_by_file": N_("Entry {position} came by a file; it is not taken back by itself."),
    "balance_since": N_("Entry {position} can't be taken back: the bank has reported the balance since."),
    "seats_moved": N_("Nothing was taken back: the seats of {customers} customers have moved since."),
    "customer_in_use": N_("Registration {position} can't be taken back: more is known of the customer by now."),
    "nobody_to_write_to": N_("None of the {customers} customers may be written to."),
    "not_of_a_visit": N_("A visit can't have this outcome: {outcome}"),
    "not_of_this_entry": N_("This entry has no {field} to correct."),
    "nothing_to_correct": N_("Nothing was given that could be corrected."),
    "referred_to_self": N_("{staff_id} can't refer a customer to themselves."),
    "text_missing": N_("A text must be given."),
    "too_many_rows": N_("A sheet holds {most} rows, and these are {rows}; choose fewer days."),
    "unknown_affair": N_("Entry {position} is not this: {kind}."),
    "unknown_duty": N_("The scheme has no duty {duty}."),
    "unknown_entry": N_("The log has no entry {position}."),
    "not_a_period": N_("This is no period: {value}"),
    "unknown_figure": N_("There is no figure {value}."),
    "unknown_event_kind": N_("This is not a kind of important event: {value}"),
    "unknown_occurrence": N_("Customer {customer_no} is not owed this: {duty} {occurrence}"),
    "unknown_product": N_("The book knows no product {product_no} of customer {customer_no}."),
    "unknown_request": N_("This is not a kind of request: {value}"),
    "visitor_missing": N_("Somebody must have made the visit; name them."),
    # Staff and outlets
    "already_there": N_("{staff_id} is at outlet {outlet} already."),
    "bad_outlet_code": N_(
        "This is not an outlet code (up to 32 characters, no blanks or punctuation between them): {value}"
    ),
    "bad_staff_id": N_(
        "This is not a staff number (up to 32 characters, no blanks or punctuation between them): {value}"
    ),
    "day_reviewed": N_("{day} has been gone through already for {subject}."),
    "leave_backwards": N_("The leave ends on {last}, before it begins on {first}."),
    "leave_overlaps": N_("{staff_id} is away already on some of these days."),
    "name_missing": N_("A name must be given."),
    "no_post": N_("{staff_id} holds no post that could be moved."),
    "not_working_day": N_("{day} is not a working day."),
    "outlet_closed": N_("Outlet {outlet} is closed."),
    "outlet_in_use": N_("Outlet {outlet} still has {customers} customers and {staff} members of staff."),
    "outlet_known": N_("The book has outlet {outlet} already."),
    "post_held": N_("{staff_id} holds the post {role} at outlet {outlet} already."),
    "not_a_watcher": N_("Only an inspector or the department sets this, not {staff_id}."),
    "post_not_held": N_("{staff_id} does not hold the post {role}."),
    "staff_known": N_("The book has {staff_id} among the staff already."),
    "staff_left": N_("{staff_id} is not with the bank any more from {day} on."),
    "stand_in_away": N_("{staff_id} can't stand in: away on some of these days."),
    "stand_in_self": N_("{staff_id} can't stand in for themselves."),
    "stands_in": N_("{staff_id} stands in for somebody on some of these days."),
    "still_stand_in": N_("{staff_id} stands in for {other} until {last}; let another stand in first."),
    "still_owner": N_(
        "{staff_id} still has {customers} customers and {affairs} open promises, referrals or requests;"
        " hand them over first."
    ),
    # Assignments
    "already_assigned": N_("{staff_id} looks after customer {customer_no} already."),
    "handover_to_self": N_("{staff_id} can't hand over to themselves."),
    "not_assigned": N_("{staff_id} does not look after customer {customer_no} on that day."),
    "role_does_not_fit": N_("None of the posts of {staff_id} looks after customers of the tier of {customer_no}."),
    "seat_taken_later": N_("The customer was assigned from {later} on; nothing can be changed from {day} on."),
    "unknown_seat": N_("This is not a kind of assignment: {value}"),
    # Schemes
    "scheme_in_past": N_("The book's day is {book_day} already; a scheme can't take over from {day} on."),
    "scheme_known": N_("This text of scheme {scheme} has been adopted already."),
    "scheme_order": N_("A scheme from {last} on has been adopted already; another can't begin before it, on {day}."),
    "scheme_version": N_("Scheme {scheme} stands at version {last}; version {version} is not above it."),
    # The book's day
    "day_in_future": N_("{day} lies in the future; the book's day can't be later than today."),
    "day_over": N_("The book's day is {book_day} already; it does not go back to {day}."),
    **book_reasons.REASONS,
    **inspection_words.REASONS,
}

INSTEAD: Mapping[str, str] = {
    "promise": N_("`guanhu promise keep` or `excuse` closes a promise."),
    "referred": N_("`guanhu refer accept` or `return` answers a referral."),
    "requested": N_("`guanhu request answer` closes a request."),
    "product": N_("`guanhu product add` with the same --product-no replaces it, `guanhu product end` ends it."),
    "profile": N_("`guanhu customer profile` records the right facts."),
    "assigned": N_("`guanhu assign set` or `release` changes who looks after a customer."),
}
"""What sets an entry right that is not corrected as an act is, by its topic; the log itself is never changed."""


def _instead(topic: str) -> str:
    return _(INSTEAD[topic]) if topic in INSTEAD else _("With --withdraw it is taken back whole.")


DAYS: Mapping[str, str] = {
    "next_on": N_("The next step"),
    "due_on": N_("The due date"),
    "evidence": N_("The day of the evidence"),
    "matures_on": N_("The date of maturity"),
    "closed_on": N_("The end or answer"),
    "of_inspection": N_("The day of what is done in an inspection"),
}

BEFORE = N_("This day lies before the beginning: {value}")
"""The same of a row of a file, of which only the value is known."""

_NAMED: Mapping[str, Callable[[str], str]] = {
    "channel": terms.channel,
    "fact": terms.fact,
    "instead": _instead,
    "kind": terms.affair,
    "mark": terms.mark,
    "topic": terms.topic,
    "what": lambda id_: _(DAYS[id_]) if id_ in DAYS else id_,
    "outcome": terms.outcome,
    "relation": terms.relation,
    "role": terms.role,
    "status": terms.status,
}
"""Facts that are ids with a name of their own."""

_ALLOWED: Mapping[str, Mapping[str, str]] = {
    "unknown_channel": terms.CHANNELS,
    "unknown_check": inspection_words.CHECKS,
    "unknown_class": inspection_words.CLASSES,
    "unknown_entry_kind": inspection_words.NAMED["kind"],
    "unknown_event_kind": terms.IMPORTANT_EVENTS,
    "unknown_finding_kind": inspection_words.FINDING_KINDS,
    "unknown_looking_level": look_words.LEVELS,
    "unknown_evidence": terms.EVIDENCE_KINDS,
    "unknown_mark": terms.MARKS,
    "unknown_outcome": terms.OUTCOMES,
    "unknown_relation": terms.RELATIONS,
    "unknown_request": terms.REQUESTS,
    "unknown_role": terms.ROLES,
    "unknown_subject": inspection_words.SUBJECTS,
    "unknown_verdict": inspection_words.VERDICTS,
}
"""The names of the ids among which a fact must be."""

_by_the_book: dict[str, Callable[[str], str]] = {}


def name_by_the_book(fact: str, name: Callable[[str], str]) -> None:
    """Let a fact that is an id of the book's scheme, such as a duty, be told by the name that `name` gives it."""
    _by_the_book[fact] = name


def sentence(code: str, details: Mapping[str, object]) -> str:
    """Say why something was refused, in the language in force.

    A refused row of a file has only its `value`, which then stands for the fact that the sentence wants; a fact that is
    missing altogether is shown as a question mark. A code without a sentence is shown as it is, with its facts.
    """
    from string import Formatter

    message = SENTENCES.get(code)
    shown = {name: _shown(name, value) for name, value in details.items()}
    if code == "missing_column" and "column" in details:
        shown["column"] = file_words.columns(str(details["column"]))
    if code == "before_the_act" and "what" not in details:
        message = BEFORE
    if message is None:
        facts = ", ".join(f"{name}={value}" for name, value in shown.items())
        return f"{code} ({facts})" if facts else code
    stand_in = shown.get("value", "?")
    wanted = {name: stand_in for _literal, name, _spec, _conversion in Formatter().parse(message) if name}
    said = _(message, **wanted | shown)
    allowed = _choices(code, shown.get("allowed", ""))
    return _("{said} Known are: {allowed}.", said=said, allowed=allowed) if allowed else said


def _choices(code: str, ids: str) -> str:
    """What may be written instead, in Chinese with the names beside the ids."""
    names = _ALLOWED.get(code, {})
    found = [f"{id_} {_(names[id_])}" if id_ in names and current() == "zh" else id_ for id_ in ids.split(", ") if id_]
    return _(", ").join(found)


def _shown(fact: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_shown(fact, each) for each in value)
    if isinstance(value, set | frozenset):
        return _shown(fact, sorted(value, key=str))
    name = _by_the_book.get(fact) or _NAMED.get(fact)
    return name(str(value)) if name else str(value)
