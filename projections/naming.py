"""Staff and outlets as people name them: by id or code, or by their names."""

from sqlite3 import Cursor


def staff_named(cursor: Cursor, word: str) -> tuple[str, ...]:
    """The ids that a word can mean, () for none: the id itself, else all of that name who left last or are there."""
    if cursor.execute("SELECT 1 FROM staff WHERE id = ?", (word,)).fetchone():
        return (word,)
    rows = cursor.execute("SELECT id, left FROM staff WHERE name = ? ORDER BY id", (word.strip(),)).fetchall()
    # Of two with one name, who is still there is meant.
    last = max((left for _id, left in rows), default=0)
    return tuple(staff_id for staff_id, left in rows if left == last)


def outlets_named(cursor: Cursor, word: str) -> tuple[str, ...]:
    """The codes that a word can mean, () for none: the code itself, else those of all outlets of that name."""
    if cursor.execute("SELECT 1 FROM outlet WHERE code = ?", (word,)).fetchone():
        return (word,)
    return tuple(code for (code,) in cursor.execute("SELECT code FROM outlet WHERE name = ?", (word.strip(),)))


def staff_names(cursor: Cursor) -> dict[str, str]:
    """The names of all staff by id, of those who left too."""
    return dict(cursor.execute("SELECT id, name FROM staff").fetchall())


def outlet_names(cursor: Cursor) -> dict[str, str]:
    """The names of all outlets by code."""
    return dict(cursor.execute("SELECT code, name FROM outlet").fetchall())
