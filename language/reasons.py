"""The sentences that say why something was refused.

A rule refuses with a code and facts (`guanhu.domain.errors`), a file's row with a code (`guanhu.intake`). Here each
code has its sentence, whose {placeholders} are the names of the facts.
"""

from collections.abc import Callable, Mapping

from guanhu.language import N_, _, terms

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
    "not_writable": N_("The file can't be written: {file}"),
    "sheet_missing": N_("The workbook has no sheet {sheet}."),
    "too_large": N_("The file is larger than this program reads: {file}"),
    "unknown_encoding": N_("There is no such text encoding: {value}"),
    "unknown_unit": N_("The file states its amounts in a unit that is not known: {value}"),
    "unsupported_format": N_("Files of this kind can't be read; save it as CSV or XLSX: {file}"),
    # A word or a thing that is not known
    "bad_tag": N_("A tag has 1 to 40 characters: {value}"),
    "unknown_channel": N_("This is not a channel: {value}"),
    "unknown_mark": N_("This is not a mark: {value}"),
    "unknown_outcome": N_("This is not an outcome: {value}"),
    "unknown_relation": N_("This is not a relation: {value}"),
    "unknown_role": N_("This is not a role: {value}"),
    "unknown_sex": N_("This is not a sex: {value}"),
    "customer_erased": N_("The personal data of customer {customer_no} were erased; nothing can be added."),
    "unknown_customer": N_("The book knows no customer {customer_no}."),
    "unknown_outlet": N_("The book knows no outlet {outlet}."),
    "unknown_staff": N_("The book knows no member of staff {staff_id}."),
    # An act
    "customer_known": N_("The book has customer {customer_no} already."),
    "future_act": N_("{day} lies in the future; only what has happened is recorded."),
    "linked_to_self": N_("Customer {customer_no} can't be linked to itself."),
    "mark_not_set": N_("The customer does not carry this mark: {mark}"),
    "mark_set": N_("The customer carries this mark already: {mark}"),
    "not_positive": N_("The amount must be more than zero: {value}"),
    "nothing_to_record": N_("Nothing was given that could be recorded."),
    "reason_missing": N_("A reason must be given."),
    "text_too_long": N_("The text is too long; it may have {longest} characters."),
    # The book's day
    "day_in_future": N_("{day} lies in the future; the book's day can't be later than today."),
    "day_over": N_("The book's day is {book_day} already; it does not go back to {day}."),
    # The book itself
    "book_corrupt": N_("The book's file is damaged; restore it from a backup."),
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
    "not_a_book": N_("This file is not a book of Guanhu."),
    "rolled_back": N_("The disk is full or failed; nothing was written."),
    "sealed_data_damaged": N_("The personal data of customer {customer_no} can't be opened: they are damaged."),
    "setting_refused": N_("The database does not take a setting that keeps the book safe: {setting}"),
    "tree_mismatch": N_("The log does not agree with its seal: the book is damaged or was changed by hand."),
    "unknown_event": N_("The log holds an event that this version of Guanhu can't read: {topic}"),
    "version_conflict": N_("Someone else changed the same thing at the same moment; try again."),
}

_NAMED: Mapping[str, Callable[[str], str]] = {
    "channel": terms.channel,
    "mark": terms.mark,
    "outcome": terms.outcome,
    "relation": terms.relation,
    "role": terms.role,
    "status": terms.status,
}
"""Facts that are ids with a name of their own."""


def sentence(code: str, details: Mapping[str, object]) -> str:
    """Say why something was refused, in the language in force.

    A refused row of a file has only its `value`, which then stands for the fact that the sentence wants; a fact that is
    missing altogether is shown as a question mark. A code without a sentence is shown as it is, with its facts.
    """
    from string import Formatter

    message = SENTENCES.get(code)
    shown = {name: _shown(name, value) for name, value in details.items()}
    if message is None:
        facts = ", ".join(f"{name}={value}" for name, value in shown.items())
        return f"{code} ({facts})" if facts else code
    stand_in = shown.get("value", "?")
    wanted = {name: stand_in for _literal, name, _spec, _conversion in Formatter().parse(message) if name}
    return _(message, **wanted | shown)


def _shown(fact: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_shown(fact, each) for each in value)
    if isinstance(value, set | frozenset):
        return _shown(fact, sorted(value, key=str))
    name = _NAMED.get(fact)
    return name(str(value)) if name else str(value)
