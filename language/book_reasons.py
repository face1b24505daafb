"""The sentences of what a book refuses as a whole: its file, its keys, a look back, the proof (reasons.py)."""

from collections.abc import Mapping

from guanhu.language import N_

REASONS: Mapping[str, str] = {
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
    "moment_before_book": N_("By then nothing was recorded in this book that could be looked back on."),
    "moment_is_scoped": N_("Only the inspection's customers stand here, as at the cut-off. Esc leads back."),
    "moment_is_read_only": N_(
        "Another day or time is shown, and nothing can be written there; ^t leads back to the present."
    ),
    "moment_outdated": N_("Somebody was erased since this look back was made; name its time again (T)."),
    "nobody_acts": N_("The book does not know who you are: name yourself with --staff, or by GUANHU_STAFF."),
    "not_a_book": N_("This file is not a book of Guanhu."),
    "read_model_stale": N_(
        "The book was last used by another version of Guanhu; `guanhu store rebuild` makes its lists anew, and leaves "
        "the log and its proof untouched."
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
