"""The sentences of what is refused of a value, typed or read from a file, and of a file as a whole (reasons.py)."""

from collections.abc import Mapping

from guanhu.language import N_

REASONS: Mapping[str, str] = {
    # A value, typed or read from a file
    "amount_too_large": N_("The amount is too large: {value}"),
    "bad_card_no": N_("A card number has 12 to 19 digits: {value}"),
    "bad_customer_no": N_("This is not a customer number: {value}"),
    "bad_duration": N_("This is not a length of time: {value}"),
    "bad_identity_no": N_("The identity number does not add up: {value}"),
    "bad_phone": N_("Not a telephone number: {value}"),
    "covered_value": N_("{value} is covered in part: type the whole number."),
    "control_character": N_("The text holds a control character, which must not be stored: {value}"),
    "digits_lost": N_("The spreadsheet has lost digits of this number; format the column as text: {value}"),
    "missing_value": N_("The cell must not be empty."),
    "missing_date": N_("The row has no date, and none was given with --date."),
    "not_a_date": N_("This is not a date: {value}"),
    "not_a_lunar_date": N_("This is not a date of the lunar calendar: {value}"),
    "not_a_time": N_("This is not a date or time: {value} (2026-10-03, yesterday, 2026-10-03 18:00)"),
    "time_to_come": N_("What will be recorded by then is not known yet: {value}"),
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
    "file_changed_since": N_("The file was changed after it had been looked through; choose it again: {file}"),
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
}
