"""What the replay's screen asks: whose replay, its first steps, the story. All of it runs in a thread."""

from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.by_number import customer_names
from guanhu.projections.posts import posts_on
from guanhu.projections.replay_choice import Asked
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replay_step import Step
from guanhu.projections.replay_story import story
from guanhu.projections.replaying import Replay
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.replay_source import ReplaySource
from guanhu.tui.apart import stands_apart
from guanhu.tui.ground import Ground
from guanhu.tui.inspection_seen import sight_in
from guanhu.tui.names import Names, customers_counted
from guanhu.tui.replay_story import paragraphs


class Begun(msgspec.Struct, frozen=True):
    """A replay with its first steps, and the names of things."""

    run: Replay
    steps: list[Step]
    names: Names
    whose: str


def usual(ground: Ground) -> Scope | None:
    """Whose replay is looked at first: a manager's outlet, else one's own customers.

    None, that is to be asked, for who is nobody here, and who has no customers of their own.
    """
    if stands_apart(ground):
        return None
    posts = posts_on(ground.cursor, ground.day.toordinal())
    if "outlet_manager" in posts.roles_of(ground.staff):
        return Scope(outlet=posts.outlets[ground.staff])
    return Scope(staff=ground.staff) if ground.names.is_staff(ground.staff) else None


def begun(book: Book, ground: Ground, scope: Scope, asked: Asked, count: int) -> Begun:
    """A question: a replay with its first `count` events."""
    source = ReplaySource(book.recorder)
    sight = sight_in(book, ground.staff)
    run = Replay(ground.cursor, source, decode, book.keyring, book.calendar, scope, asked, sight=sight)
    names = ground.names
    whose = names.staff(scope.staff) or names.outlet(scope.outlet) or scope.customer_no
    if scope.customer_no:
        whose = customer_names(ground.cursor, [scope.customer_no])[scope.customer_no] or scope.customer_no
    return Begun(run, run.steps(ground.cursor, count), names, whose)


def head_words(found: Begun, steps: Sequence[Step]) -> list[str]:
    """What stands above the steps: of whom, in which order, how many; days that went by are steps without an event."""
    since, number = found.run.asked.first, found.run.scope.customer_no
    went_by = sum(step.position is None for step in steps)
    return [
        visible(number) if number else customers_counted(len(found.run.customers)),
        _("in order of writing from {day}", day=since.isoformat()) if since else _("in order of writing"),
        _("{count} events", count=f"{found.run.total:,}"),
        _("days went by {count} times", count=f"{went_by:,}") if went_by else "",
    ]


def told_story(book: Book, ground: Ground, customer_no: str) -> list[tuple[str, str]]:
    """A question: the story of a customer, a heading and a paragraph for each month."""
    told = story(
        ground.cursor, ground.policy, ground.calendar, book.recorder, decode, book.keyring, ground.day, customer_no,
        sight=sight_in(book, ground.staff),
    )  # fmt: skip
    return list(paragraphs(told, ground.names))


def day_of_step(step: Step) -> date:
    """The day on which a step was written down; the day come to, where days went by."""
    return branch_time(step.recorded_at).date() if step.recorded_at else step.occurred_on
