"""Numbers and ids that begin with what was typed so far, each by one cheap question."""

from sqlite3 import Cursor

from guanhu.projections.inspection_sight import Sight
from guanhu.projections.policy import policy_of
from guanhu.projections.searching import LAST_CHARACTER


def customers_beginning(cursor: Cursor, typed: str, most: int) -> list[str]:
    """Numbers of customers in their order, at most so many."""
    question = "SELECT no FROM customer WHERE no >= ? AND no < ? ORDER BY no LIMIT ?"
    return _ids(cursor, question, (typed, typed + LAST_CHARACTER, most))


def duties_beginning(cursor: Cursor, typed: str) -> list[str]:
    """Ids of duties of the schemes adopted, each once, in the order of the schemes."""
    policy = policy_of(cursor)
    found = dict.fromkeys(duty.id for _day, scheme in (policy.adopted if policy else ()) for duty in scheme.duties)
    return [duty for duty in found if duty.startswith(typed)]


def inspections_beginning(cursor: Cursor, typed: str, most: int) -> list[str]:
    """Numbers of inspections, the newest first, at most so many."""
    question = "SELECT id FROM inspection WHERE substr(id, 1, ?) = ? ORDER BY position DESC LIMIT ?"
    return _ids(cursor, question, (len(typed), typed, most))


def sheets_left_beginning(cursor: Cursor, number: str, typed: str, most: int, sight: Sight) -> list[str]:
    """Sampled items of an inspection that have no worksheet yet, at most so many; none for who may not see them."""
    if not sight.sample(number):
        return []
    question = "SELECT key FROM inspection_item WHERE inspection = ? AND filled = 0 AND substr(key, 1, ?) = ? LIMIT ?"
    return _ids(cursor, question, (number, len(typed), typed, most))


def _ids(cursor: Cursor, question: str, values: tuple[object, ...]) -> list[str]:
    return [id_ for (id_,) in cursor.execute(question, values)]
