"""What a form of an inspection is about, in its title and above its fields: which item, and what the entry says."""

from guanhu.language import _
from guanhu.language.log_words import kind_text
from guanhu.language.terms import outcome_or_closing
from guanhu.projections.entry_then import EntryThen
from guanhu.projections.inspection_view import Item
from guanhu.tui.names import Names, day_text, listed


def item_title(item: Item, names: Names) -> str:
    """Which item it is: whose, what, when, and the entry's number."""
    who, entry = item.name or item.customer_no, item.entry
    if entry is None:
        return listed([who, item.customer_no if item.name else ""])
    return listed([who, kind_text(entry, names), day_text(entry.on), _("entry {position}", position=entry.position)])


def shown_outcome(entry: EntryThen) -> str:
    """What came of the act, or how the affair was closed; without the middle dot, as everywhere on a screen."""
    return outcome_or_closing(entry.outcome, entry.kind).replace("·", " ")


def item_says(item: Item, names: Names) -> str:
    """What the entry says, in a line; "" for a sampled customer, who has many."""
    entry = item.entry
    if entry is None:
        return ""
    said = listed([names.staff(entry.staff), shown_outcome(entry)])
    return _("The entry says: {said}. {note}", said=said, note=entry.note).rstrip()
