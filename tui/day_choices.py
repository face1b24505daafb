"""What can be chosen on Today: whose day is shown, and which duty of it alone."""

from collections import Counter

from rich.cells import cell_len

from guanhu.language import _
from guanhu.projections.staff_view import outlet_list, staff_list
from guanhu.tui.cells import fit
from guanhu.tui.first_question import OUTLET, Day
from guanhu.tui.ground import Ground


def days_to_choose(ground: Ground) -> list[tuple[str, str]]:
    """A question: everybody, and the outlets, as a choice."""
    there = outlet_list(ground.cursor, ground.day)
    all_of_it = _("the whole outlet")
    outlets = [(f"{OUTLET}{each.outlet}", f"{each.name}  {all_of_it}") for each in there if not each.closed]
    found = staff_list(ground.cursor, ground.day)
    widest = max((cell_len(each.name) for each in found), default=0)
    posts = (_(", ").join(dict.fromkeys(ground.names.role(role) for role, _at in each.posts)) for each in found)
    people = [(each.staff_id, f"{fit(each.name, widest)}  {post}") for each, post in zip(found, posts, strict=True)]
    return [*outlets, *people]


def duties_to_choose(day: Day) -> list[tuple[str, str]]:
    """The duties of a day in the order of its queue, "" for all, each with how many there are of it."""
    items = day.queue.items
    counted = [("", _("All duties"), len(items))]
    counted += [(duty, day.names.duty(duty), count) for duty, count in Counter(item.duty for item in items).items()]
    widest = max(cell_len(name) for _id, name, _count in counted)
    return [(duty, f"{fit(name, widest)}  {count:>4}") for duty, name, count in counted]
