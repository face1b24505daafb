"""What the screens of inspections ask: one with all that is in it, what an opening would freeze, who may act."""

from datetime import date, datetime
from sqlite3 import Cursor

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.inspection import Scope, check_answering, check_inspector
from guanhu.domain.sampling import Sample, draw, seed_of
from guanhu.projections.inspection_flags import NO_FLAGS, Flagged, flagged
from guanhu.projections.inspection_population import in_care, outlets_of, population
from guanhu.projections.inspection_view import Inspection, inspection
from guanhu.projections.inspections import Finding, InspectionLine, inspections
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list, staff_list
from guanhu.store import tree
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.tui.acts.people import Member
from guanhu.tui.asking import told
from guanhu.tui.ground import Ground
from guanhu.tui.inspection_seen import sight_in
from guanhu.tui.names import Names


class ListView(msgspec.Struct, frozen=True):
    """The inspections, the newest first, and the names of what they name."""

    lines: list[InspectionLine]
    names: Names


class SheetView(msgspec.Struct, frozen=True):
    """One inspection, and the names and the order of tiers to show it with.

    `owed`: numbers of the findings that wait for an answer of whoever looks.
    """

    found: Inspection
    names: Names
    rank: dict[str | None, int]
    owed: tuple[int, ...]


class Foreseen(msgspec.Struct, frozen=True):
    """What an inspection opened now would stand on: the last entry, the root over all, the seed, the sample."""

    cutoff: int
    root: bytes
    seed: str
    sample: Sample
    names: Names
    rank: dict[str | None, int]


def list_view(ground: Ground, book: Book) -> ListView:
    """A question: all inspections."""
    sight = sight_in(book, ground.staff)
    return ListView(inspections(ground.cursor, ground.day, sight=sight)[1], ground.names)


def sheet_view(ground: Ground, book: Book, number: str, flags: Flagged | None) -> SheetView:
    """A question: one inspection as who looks may see it; NotFound("unknown_inspection")."""
    found = inspection(
        ground.cursor, book.recorder, decode, book.keyring, number, ground.day, flags=flags or NO_FLAGS,
        sight=sight_in(book, ground.staff), rank=ground.scheme.rank,
    )  # fmt: skip
    posts = _posts(ground, ground.day)
    waiting = [finding for finding in found.findings if finding.state in ("raised", "sent_back")]
    owed = tuple(finding.n for finding in waiting if not _refusal_of_answer(ground.staff, posts, finding))
    return SheetView(found, ground.names, dict(ground.scheme.rank), owed)


def flags_of(ground: Ground, scope: Scope) -> Flagged:
    """A question: the red flags of a scope; asked apart, since it looks at all that lies in it."""
    return flagged(ground.cursor, ground.policy, ground.calendar, scope)


def foreseen(ground: Ground, scope: Scope, size: int, on: date) -> Foreseen:
    """A question: what an opening would freeze, if nothing is written until then. Refused("nothing_to_inspect")."""
    units = population(ground.cursor, ground.policy, ground.calendar, scope, on)
    if not units:
        raise Refused("nothing_to_inspect")
    peaks = tree.load(ground.cursor)
    root = peaks.root()
    seed = seed_of(root)
    sample = draw(units, size, seed, root)
    return Foreseen(peaks.size, root, seed, sample, ground.names, dict(ground.scheme.rank))


def members(ground: Ground) -> list[Member]:
    """A question: who can be named in a form; those who left too, since their work can be inspected."""
    found = staff_list(ground.cursor, ground.day, left=True)
    return [Member(each.staff_id, each.name, ground.names.outlet(each.outlet)) for each in found]


def outlets(ground: Ground) -> list[tuple[str, str]]:
    """A question: the outlets, by code and name; closed ones too, for their past can be inspected."""
    return [(each.outlet, each.name) for each in outlet_list(ground.cursor, ground.day)]


# ---------------------------------------------------------------- who may, said before anything is typed
def refusal_of_inspector(ground: Ground, scope: Scope, on: date) -> str:
    """Why whoever acts may not inspect a scope; "" where they may."""
    outlets = outlets_of(ground.cursor, scope, on)
    mine = in_care(ground.cursor, scope, ground.staff, on)
    try:
        check_inspector(ground.staff, _posts(ground, on), scope, outlets, mine)
    except Refused as refused:
        return told(refused)
    return ""


def refusal_of_answer(ground: Ground, finding: Finding, on: date) -> str:
    """Why whoever acts may not answer a finding; "" where they may."""
    return _refusal_of_answer(ground.staff, _posts(ground, on), finding)


def _refusal_of_answer(staff: str, posts: list[tuple[str, str]], finding: Finding) -> str:
    try:
        check_answering(staff, posts, finding.n, finding.staff, finding.outlet)
    except Refused as refused:
        return told(refused)
    return ""


def _posts(ground: Ground, on: date) -> list[tuple[str, str]]:
    posts = posts_on(ground.cursor, on.toordinal())
    outlet = posts.outlets.get(ground.staff, "")
    return [(role, outlet) for role in sorted(posts.roles_of(ground.staff))]


# ---------------------------------------------------------------- the cut-off
def recorded_at(cursor: Cursor, book: Book, position: int) -> datetime:
    """When the event at a position was recorded."""
    _position, _stream, _version, topic, state = next(iter(book.recorder.read(cursor, [position])))
    moment: datetime = decode(topic, state).recorded_at
    return moment
