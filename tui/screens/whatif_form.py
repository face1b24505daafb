"""What is to be tried: a scheme's file, or other floors for the tiers; and from when to when."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from guanhu.domain.dates import first_of_month
from guanhu.domain.errors import Refused
from guanhu.domain.money import parse_yuan
from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.scheme_file import SchemeInvalid, read_scheme
from guanhu.domain.variants import in_force_throughout, with_floors
from guanhu.language import _
from guanhu.projections.whatif.courses import Asked
from guanhu.store.book import Book
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.whatif_words import floor_words
from guanhu.tui.widgets.dialogs import AskText, Choose
from guanhu.tui.widgets.form_screen import FormScreen
from guanhu.tui.work_screen import WorkScreen

FLOORS, ELSEWHERE = "floors", "elsewhere"
MOST_FILES = 8
LARGEST = 4 << 20


class Plan(msgspec.Struct, frozen=True):
    """What is tried: the scheme, and the days."""

    scheme: Scheme
    asked: Asked


def choose_plan(
    screen: WorkScreen, policy: Policy, names: Names, before: Plan | None, then: Callable[[Plan], object]
) -> None:
    """Ask what is tried; `then` gets it, unless the person leaves. `before`: what was tried last, asked from."""

    def offer(files: list[tuple[str, str]]) -> None:
        options = [(FLOORS, _("Other floors for the tiers")), *files, (ELSEWHERE, _("A scheme in another file ..."))]
        screen.app.push_screen(Choose(_("What if another scheme had governed?"), options), chosen)

    def chosen(option: str | None) -> None:
        if option == FLOORS:
            _ask_floors(screen, policy, names, before, then)
        elif option == ELSEWHERE:
            screen.app.push_screen(AskText(_("Which file holds the scheme?"), f"{Path.cwd()}/"), typed)
        elif option is not None:
            _ask_days(screen, policy, Path(option), before, then)

    def typed(text: str | None) -> None:
        if text is not None and text.strip():
            _ask_days(screen, policy, Path(text.strip()).expanduser(), before, then)

    screen.ask("schemes", lambda _ground: _offered(), offer)


def _offered() -> list[tuple[str, str]]:
    """In a thread: the files at hand by name and folder, those that hold no sound scheme marked, and last."""
    sound, broken = [], []
    for path in _scheme_files():
        where = _("this folder") if path.parent == Path.cwd() else _("home folder")
        try:
            read_file(path)
        except Refused:
            broken.append((str(path), _("{file} ({where}): not sound, can't be tried", file=path.name, where=where)))
        else:
            sound.append((str(path), _("{file} ({where})", file=path.name, where=where)))
    return sound + broken


def _scheme_files() -> list[Path]:
    """Files at hand that may hold a scheme, the newest first."""
    found: dict[Path, float] = {}
    for folder in (Path.cwd(), Path.home()):
        try:
            for path in folder.glob("*.toml"):
                if not path.name.startswith(".") and "[[tiers]]" in _head(path):
                    found[path] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: -found[path])[:MOST_FILES]


def _head(path: Path) -> str:
    """The beginning of a file, as far as it is text."""
    with path.open("rb") as file:
        return file.read(20_000).decode("utf-8", "replace")


def _ask_floors(
    screen: WorkScreen, policy: Policy, names: Names, before: Plan | None, then: Callable[[Plan], object]
) -> None:
    day = desk_of(screen).day
    governing = policy.on(day)
    floors = []
    for tier in governing.tiers:
        last = before.scheme.tier(tier.id) if before is not None else None
        floors.append(
            Field(
                f"floor-{tier.id}", _("{tier} from", tier=names.tier(tier.id)), value=str((last or tier).from_yuan),
                needed=True, now=_("yuan, or with wan: 150000, 15万. In force: {now}.", now=floor_words(tier.floor)),
            )
        )  # fmt: skip

    def scheme(values: Values) -> Scheme:
        wanted = {name.removeprefix("floor-"): _floor(text) for name, text in values.items() if name in asked}
        return with_floors(policy.on(values["first"]), wanted)

    def tried(_ground: Ground, values: Values) -> str:
        try:
            wanted = scheme(values)
        except Refused:
            return ""  # it is told when one tries
        return floors_tried(policy.on(values["first"]), wanted, names)

    asked = {field.id for field in floors}
    first = f"floor-{dearest_floor(governing)}"
    title = _("What if the tiers began elsewhere?")
    _push(screen, title, policy, floors, scheme, before, then, first=first, preview=tried)


def _floor(text: str) -> int:
    """Fen of a floor as people write it: yuan, or 万 where it says so."""
    return parse_yuan(text.replace(" 万", "万"), unit="wan" if "万" in text else "yuan")


def floors_tried(governing: Scheme, tried: Scheme, names: Names) -> str:
    """What is tried, in a line: the floors that differ."""
    told = [
        _("{tier}: {before} -> {after}", tier=names.tier(tier.id), before=floor_words(tier.floor),
          after=floor_words(other.floor))
        for tier in governing.tiers
        if (other := tried.tier(tier.id)) is not None and other.floor != tier.floor
    ]  # fmt: skip
    if not told:
        return _("All floors are as in force: change one.")
    return _("Tried: {floors}. All else stays as it is.", floors=_(", ").join(told))


def dearest_floor(scheme: Scheme) -> str:
    """The tier whose floor is asked about most: the lowest that a duty of every month is for, so many calls hang on it.

    The highest where there is no such duty.
    """
    called = {tier for duty in scheme.duties if duty.period == "month" for clause in duty.who for tier in clause.tiers}
    return next((tier.id for tier in scheme.tiers if tier.id in called), scheme.tiers[-1].id)


def _ask_days(
    screen: WorkScreen, policy: Policy, path: Path, before: Plan | None, then: Callable[[Plan], object]
) -> None:
    title = _("What if {file} had governed?", file=path.name)
    _push(screen, title, policy, [], lambda _values: read_file(path), before, then)


def _push(
    screen: WorkScreen, title: str, policy: Policy, fields: list[Field], scheme: Callable[[Values], Scheme],
    before: Plan | None, then: Callable[[Plan], object], *, first: str = "",
    preview: Callable[[Ground, Values], str] | None = None,
) -> None:  # fmt: skip
    day = desk_of(screen).day
    begin, end = (before.asked.first, before.asked.last) if before is not None else (_a_year_before(day), day)
    days = [
        Field("first", _("First day"), "day", value=begin.isoformat(), needed=True,
              now=_("from this day on the history is gone through anew.")),
        Field("last", _("Last day"), "day", value=end.isoformat(), needed=True,
              now=_("up to this day; as it would stand then is told.")),
    ]  # fmt: skip
    made: list[Plan] = []

    def make(_book: Book, values: Values, _command: str) -> None:
        """Nothing is saved: what can't be tried is told under the fields."""
        if values["first"] > values["last"]:
            raise Refused("period_reversed", first=values["first"].isoformat(), last=values["last"].isoformat())
        tried = scheme(values)
        if in_force_throughout(policy, tried, values["first"], values["last"]):
            raise Refused("nothing_differs")
        made.append(Plan(tried, Asked(values["first"], values["last"])))

    def closed(ready: bool | None) -> None:
        if ready and made:
            then(made[-1])

    screen.app.push_screen(
        FormScreen(title, [*fields, *days], make, deed=_("try"), first=first, preview=preview), closed
    )


def _a_year_before(day: date) -> date:
    """The first of the month after that of a year before: twelve months with the day's own."""
    first = first_of_month(day)
    return date(first.year - 1, first.month + 1, 1) if first.month < 12 else date(first.year, 1, 1)


def read_file(path: Path) -> Scheme:
    """The scheme in a file. Refused("file_missing", "too_large", "not_decodable", "not_readable", "scheme_unsound")."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise Refused("too_large", file=path.name)
        return read_scheme(data.decode("utf-8-sig"))
    except SchemeInvalid as invalid:
        first = invalid.problems[0]
        raise Refused("scheme_unsound", line=first.line, key=first.key, problems=len(invalid.problems)) from invalid
    except FileNotFoundError:
        raise Refused("file_missing", file=str(path)) from None
    except UnicodeDecodeError:
        raise Refused("not_decodable", file=str(path)) from None
    except OSError:
        raise Refused("not_readable", file=str(path)) from None
