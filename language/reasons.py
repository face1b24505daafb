"""The sentences that say why something was refused.

A rule refuses with a code and facts (`guanhu.domain.errors`), a file's row with a code (`guanhu.intake`). Here each
code has its sentence, whose {placeholders} are the names of the facts.
"""

from collections.abc import Callable, Mapping

from guanhu.language import N_, _, current, terms

SENTENCES: Mapping[str, str] = {
    # A value, typed or read from a file
    "amount_too_large": N_("The amount is too large: {value}"),
    "bad_customer_no": N_("This is not a customer number: {value}"),
    "bad_duration": N_("This is not a length of time: {value}"),
    "bad_identity_no": N_("The identity number does not add up: {value}"),
    "bad_phone": N_("This is not a telephone number: {value}"),
    "control_character": N_("The text holds a control character, which must not be stored: {value}"),
    "digits_lost": N_("The spreadsheet has lost digits of this number; format the column as text: {value}"),
    "missing_value": N_("The cell must not be empty."),
    "missing_date": N_("The row has no date, and none was given with --date."),
    "not_a_date": N_("This is not a date: {value}"),
    "not_a_lunar_date": N_("This is not a date of the lunar calendar: {value}"),
    "not_an_amount": N_("This is not an amount of money: {value}"),
    "too_long": N_("The text is too long: {value}"),
    "unclosed_quote": N_("The row has a quotation mark that is not closed."),
    "wrong_width": N_("The row does not have as many cells as the header."),
    # A file
    "bad_mapping": N_("The mapping file can't be used: {value}"),
    "damaged_file": N_("The file is damaged; open it in a spreadsheet and save it again: {file}"),
    "duplicate_column": N_(
        "Two columns of {file} mean the same: {column}. Take one out, or name the right one in a mapping file."
    ),
    "empty_file": N_("The file is empty: {file}"),
    "encrypted": N_("The file is protected by a password; save it without one: {file}"),
    "file_changed": N_("The file changed while it was being read; try again: {file}"),
    "file_missing": N_("There is no such file: {file}"),
    "line_too_long": N_("The file has a line that is too long to be a row of a table: {file}"),
    "missing_column": N_("The file has no column for {column}; a mapping file can name it."),
    "no_header": N_("No header row was found in {file}; a mapping file can name the columns."),
    "not_decodable": N_("The file is neither UTF-8 nor GB18030 text; name its encoding with --encoding: {file}"),
    "not_readable": N_("The file can't be read: {file}"),
    "port_taken": N_("The port {port} at {host} is taken, or may not be used; --port 0 takes a free one."),
    "not_writable": N_("The file can't be written: {file}"),
    "sheet_missing": N_("The workbook has no sheet {sheet}."),
    "too_large": N_("The file is larger than this program reads: {file}"),
    "unknown_encoding": N_("There is no such text encoding: {value}"),
    "unknown_unit": N_("The file states its amounts in a unit that is not known: {value}"),
    "unknown_ending": N_("The name of the file must end in one of {allowed}, not in: {value}"),
    "unsupported_format": N_("Files of this kind can't be read; save it as CSV or XLSX: {file}"),
    # A word or a thing that is not known
    "bad_tag": N_("A tag has 1 to 40 characters: {value}"),
    "unknown_channel": N_("This is not a channel: {value}"),
    "unknown_mark": N_("This is not a mark: {value}"),
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
    "scheme_invalid": N_("The scheme can't be used as it is; problems: {problems}"),
    "unknown_scheme": N_("The book has adopted no such scheme: {scheme}"),
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
    "not_a_manager": N_("Who looks after whom is said by the outlet's manager or the department: {staff}."),
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
    # The book itself
    "book_corrupt": N_("The book's file is damaged; restore it from a backup."),
    "book_exists": N_("There is a book already at {path}, and it is not overwritten."),
    "book_locked": N_("Someone else is writing in the book; try again in a moment."),
    "book_missing": N_("There is no book at {path}; `guanhu init` makes one."),
    "book_not_readable": N_("You may not read this file: {path}"),
    "book_not_writable": N_("The book can't be opened for writing: {reason}"),
    "book_too_new": N_("The book was written by a newer version of Guanhu; update the program."),
    "disk_error": N_("The disk reports an error: {reason}"),
    "disk_full": N_("The disk is full; nothing was written."),
    "file_exists": N_("There is a file already, and it is not overwritten: {path}"),
    "folder_missing": N_("There is no such folder: {path}"),
    "master_key_missing": N_("The book's key file is missing; personal data can't be read without it."),
    "master_key_wrong": N_("The key file does not belong to this book."),
    "no_scheme": N_("The book has no scheme yet; `guanhu scheme adopt` gives it one."),
    "nobody_acts": N_("The book does not know who you are: name yourself with --staff, or by GUANHU_STAFF."),
    "not_a_book": N_("This file is not a book of Guanhu."),
    "read_model_stale": N_(
        "The book was last used by another version of Guanhu; `guanhu store rebuild` makes it ready."
    ),
    "read_model_differs": N_("What is derived differs from what the events say; `guanhu store rebuild` makes it anew."),
    "rolled_back": N_("The disk is full or failed; nothing was written."),
    "sealed_data_damaged": N_("The personal data of customer {customer_no} can't be opened: they are damaged."),
    "setting_refused": N_("The database does not take a setting that keeps the book safe: {setting}"),
    "tree_mismatch": N_("The log does not agree with its seal: the book is damaged or was changed by hand."),
    "unknown_event": N_("The log holds an event that this version of Guanhu can't read: {topic}"),
    "version_conflict": N_("Someone else changed the same thing at the same moment; try again."),
    # The proof
    "bad_bundle": N_("This file is no bundle as `guanhu audit bundle` writes them."),
    "bad_checkpoint": N_("This text is no checkpoint as `guanhu audit checkpoint` writes them."),
    "bad_signature": N_("The signature does not hold: the checkpoint was changed."),
    "bad_vkey": N_("This is not a key as `guanhu audit key` shows them."),
    "foreign_key": N_("The checkpoint is not signed by this key."),
    "not_an_extension": N_(
        "The book is not an extension of the checkpoint over {size} entries; "
        "`guanhu audit verify` says where it differs."
    ),
    "nothing_to_prove": N_("The book has no entries yet, so there is nothing to prove."),
    "proof_wrong": N_("The proof does not hold."),
}

INSTEAD: Mapping[str, str] = {
    "promise": N_("`guanhu promise keep` or `excuse` closes a promise."),
    "referred": N_("`guanhu refer accept` or `return` answers a referral."),
    "requested": N_("`guanhu request answer` closes a request."),
    "deposit": N_("A wrong booking is set right by its opposite: `guanhu withdraw`."),
    "withdrawal": N_("A wrong booking is set right by its opposite: `guanhu deposit`."),
    "product": N_("`guanhu product add` with the same --product-no replaces it, `guanhu product end` ends it."),
    "marked": N_("`guanhu customer unmark` takes a mark off."),
    "tagged": N_("`guanhu customer tag --remove` takes a tag off."),
    "profile": N_("`guanhu customer profile` records the right facts."),
    "assigned": N_("`guanhu assign set` or `release` changes who looks after a customer."),
}
"""What sets an entry right that is not corrected as an act is, by its topic; the log itself is never changed."""


def _instead(topic: str) -> str:
    return _(INSTEAD[topic]) if topic in INSTEAD else _("What was recorded stays; record what is right.")


DAYS: Mapping[str, str] = {
    "next_on": N_("The next step"),
    "due_on": N_("The due date"),
    "matures_on": N_("The date of maturity"),
    "closed_on": N_("The end or answer"),
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
    "unknown_event_kind": terms.IMPORTANT_EVENTS,
    "unknown_mark": terms.MARKS,
    "unknown_outcome": terms.OUTCOMES,
    "unknown_relation": terms.RELATIONS,
    "unknown_request": terms.REQUESTS,
    "unknown_role": terms.ROLES,
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
        shown["column"] = terms.columns(str(details["column"]))
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
