"""A scheme as a file: TOML read into a `Scheme`, or everything that is wrong with it at once.

Every value must be sound on its own: a known key, its type, its range, a word or an id that exists. Then what belongs
together must agree: ids are unique, tiers ascend, weights add up, a duty has what its trigger needs. A part that is
unsound alone is left out of the second look, all others still get it, so that a bank mends its file in one go.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from guanhu.domain.affairs import EVENT_KINDS, REQUESTS
from guanhu.domain.customer import MARKS
from guanhu.domain.errors import Refused
from guanhu.domain.money import LIMIT, YUAN
from guanhu.domain.scheme import Duty, Scheme
from guanhu.domain.scheme_lines import Path, lines_of
from guanhu.domain.text import visible

Words = dict[str, tuple[str, tuple[str, ...]]]

FACTS = (
    "name", "sex", "birthday", "lunar_birthday", "phone", "address", "identity_no", "age", "occupation",
    "marital_status", "education", "income", "hobbies", "spending_habits", "risk_preference", "needs",
)  # fmt: skip
"""Facts of the profile that every book knows (DESIGN 7, customers); a scheme's weights add others."""

_MOST = LIMIT // YUAN
# Whole numbers by key; any other is an amount in yuan.
_RANGES = {
    "version": (1, _MOST), "from_yuan": (1, _MOST), "thresholds": (1, _MOST), "down_months": (1, 120),
    "watch_months": (0, 120), "near_percent": (1, 99), "weights": (0, 100), "full_score": (1, 100), "times": (1, 100),
    "soft_day": (1, 366), "first_until_day": (1, 31), "days": (0, 3_660), "working_days": (0, 1_000),
    "opens_days_before": (0, 366), "late_days": (0, 3_660), "write_up_days": (0, 366), "weight": (1, 100),
    "inspection_days": (1, 366), "percent": (1, 1_000), "entries": (2, 10_000), "customers": (2, 10_000),
    "birthday_days": (0, 366), "visits": (1, 1_000), "calls": (2, 1_000), "seconds": (1, 86_400), "acts": (1, 10_000),
    "waivers": (1, 10_000), "characters": (1, 2_000),
}  # fmt: skip
# Lists that mean nothing, or without a word everything, when they are empty.
_FILLED = frozenset({"by", "thresholds", "roles", "tiers"})
# Keys of a duty and words of its discharge, by the triggers that heed them: elsewhere they would promise in vain.
_ONLY_WITH: dict[str, tuple[str, ...]] = {
    "period": ("period",), "times": ("period",), "first_until_day": ("period",), "soft_day": ("period",),
    "facts": ("while",), "change": ("balance_change",), "kinds": ("event", "request"), "also_events": ("birthday",),
    "event_due": ("birthday",), "festivals": ("festival",), "once_contacted": ("festival",), "score": ("entering",),
    "bulk_due": ("assignment",), "opens_days_before": ("maturity", "birthday", "festival"),
    "due": ("entering", "event", "assignment", "demotion", "promise", "referral", "request"),
    "answer": ("promise", "referral", "request", "staff_day", "outlet_day"),
}  # fmt: skip
_BY_ONLY_WITH = _ONLY_WITH | {"due": ("entering", "assignment")}
_NEEDS = {"period": "period", "while": "facts", "balance_change": "change", "festival": "festivals"}
_TYPES = {"StrType": "string", "IntType": "integer", "BoolType": "boolean", "VarTupleType": "array"}
_SYNTAX = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong in a scheme file: the key, its line from 1 (0: none), a reason code, what stands there.

    `allowed`: the ids, words, range or type that may. What is not TOML has a `column`, and the parser's words there.
    """

    key: str
    line: int
    reason: str
    value: str = ""
    allowed: tuple[str, ...] = ()
    column: int = 0


class SchemeInvalid(Refused):
    """A scheme file that can't be used, with all its problems in the order of their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("scheme_invalid", problems=len(problems))
        self.problems = list(problems)


class _Found(NamedTuple):
    at: Path
    reason: str
    value: object
    allowed: Sequence[str] = ()


def read_scheme(text: str) -> Scheme:
    """The scheme in the text of a file. Raises SchemeInvalid with every problem found."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    raw = _parse(text)
    found = list(_alone(raw, inspect.type_info(Scheme), (), "", _words(raw)))
    found += _agree(raw, {each.at[:2] for each in found} | {each.at[:1] for each in found if len(each.at) == 1})
    if found:
        lines = lines_of(text)
        raise SchemeInvalid(sorted((_problem(each, raw, lines) for each in found), key=lambda p: (p.line, p.key)))
    return msgspec.convert(raw, Scheme)


def default_scheme_text() -> str:
    """The text of the scheme that a new book adopts (SCHEMES.md 1)."""
    return files("guanhu.domain").joinpath("schemes", "personal.toml").read_text(encoding="utf-8")


def _parse(text: str) -> dict[str, Any]:
    try:
        raw = tomllib.loads(text)
        msgspec.json.encode(raw)  # refuses the hexadecimal numbers that are too long to be shown
        return raw
    except (ValueError, RecursionError) as error:
        at = _SYNTAX.fullmatch(str(error))
        said, line, column = (at[1], int(at[2]), int(at[3])) if at else (str(error), text.count("\n") + 1, 0)
        shown = visible(text.split("\n")[line - 1].strip())[:80]
        raise SchemeInvalid([Problem("", line, "bad_toml", shown, (visible(said),), column)]) from None


def _ids(raw: dict[str, Any], field: str) -> list[str]:
    """The ids of the tables of a list, in their places: "" where there is none."""
    listed = raw.get(field)
    ids = [part.get("id") if isinstance(part, dict) else None for part in (listed if isinstance(listed, list) else ())]
    return [each if isinstance(each, str) else "" for each in ids]


def _words(raw: dict[str, Any]) -> Words:
    """For each key whose text must be one of a list: the reason when it is not, and the list."""
    roles = "unknown_role", tuple(_ids(raw, "roles"))
    tiers = "unknown_tier", tuple(_ids(raw, "tiers"))
    weights = profile.get("weights") if isinstance(profile := raw.get("profile"), dict) else None
    facts = dict.fromkeys([*(weights if isinstance(weights, dict) else ()), *FACTS])
    return {
        "roles": roles, "assists": roles, "system_owner_role": roles, "tiers": tiers, "thresholds": tiers,
        "facts": ("unknown_fact", tuple(facts)), "festivals": ("unknown_festival", tuple(_ids(raw, "festivals"))),
        "mark": ("unknown_mark", MARKS), "also_events": ("unknown_kind", EVENT_KINDS),
    }  # fmt: skip


def _alone(raw: Any, want: inspect.Type, at: Path, name: str, words: Words) -> Iterator[_Found]:
    """What is wrong with a value of the key `name` and with all inside it, whatever stands elsewhere."""
    if isinstance(raw, (list, dict)) and not raw and name in _FILLED:
        yield _Found(at, "empty", raw)
    match want:
        case inspect.StructType(fields=fields) if isinstance(raw, dict):
            types = {field.name: field.type for field in fields}
            for key, value in raw.items():
                if key in types:
                    yield from _alone(value, types[key], (*at, key), key, words)
                else:
                    yield _Found((*at, key), "unknown_key", key, tuple(types))
            for field in fields:
                if field.required and field.name not in raw:
                    yield _Found((*at, field.name), "missing_key", "")
        case inspect.VarTupleType(item_type=item) if isinstance(raw, list):
            for n, value in enumerate(raw):
                yield from _alone(value, item, (*at, n), name, words)
        case inspect.DictType(value_type=item) if isinstance(raw, dict):
            for key, value in raw.items():
                yield from _text(key, (*at, key), name, words)
                yield from _alone(value, item, (*at, key), name, words)
        case inspect.UnionType(types=(some, inspect.NoneType())):
            yield from _alone(raw, some, at, name, words)
        case inspect.LiteralType(values=values):
            if raw not in values:
                yield _Found(at, "unknown_word", raw, [str(value) for value in values])
        case inspect.StrType() if isinstance(raw, str):
            yield from _text(raw, at, name, words)
        case inspect.IntType() if type(raw) is int:
            least, most = _RANGES.get(name, (0, _MOST))
            if not least <= raw <= most:
                yield _Found(at, "out_of_range", raw, (f"{least}..{most}",))
        case _:
            if not (isinstance(want, inspect.BoolType) and isinstance(raw, bool)):
                yield _Found(at, "wrong_type", raw, (_TYPES.get(type(want).__name__, "table"),))


def _text(raw: str, at: Path, name: str, words: Words) -> Iterator[_Found]:
    """What is wrong with one text: an id, a name for the screen, or a word of a list."""
    if name == "id" and not re.fullmatch("[a-z0-9_]+", raw):
        yield _Found(at, "bad_id", raw, ("[a-z0-9_]+",))
    elif name in ("zh", "en", "weights"):
        # Brackets and backslashes are what screens take for markup.
        if not raw or raw != visible(raw.strip()) or set(raw) & set("[]\\"):
            yield _Found(at, "bad_name", raw, (r"[^\[\]\\]+",))
    elif name in words and raw not in words[name][1]:
        yield _Found(at, words[name][0], raw, words[name][1])


def _agree(raw: dict[str, Any], unsound: set[Path]) -> Iterator[_Found]:
    """What does not agree among the values; tables that hold an unsound value are left out."""
    for field in ("roles", "tiers", "festivals", "duties"):
        ids = _ids(raw, field)
        for n, each in enumerate(ids):
            if each and each in ids[:n]:
                yield _Found((field, n, "id"), "duplicate_id", each)
    parts = [
        (field, n, part)
        for field in ("tiers", "duties")
        for n, part in enumerate(() if (field,) in unsound else raw[field])
        if (field, n) not in unsound
    ]
    floor = 0
    for field, n, part in parts:
        if field == "duties":
            yield from _duty(msgspec.convert(part, Duty), part, (field, n))
        elif part["from_yuan"] <= floor:
            yield _Found((field, n, "from_yuan"), "not_ascending", part["from_yuan"], (f"> {floor}",))
        else:
            floor = part["from_yuan"]
    if not any(at[0] == "profile" for at in unsound) and (total := sum(raw["profile"]["weights"].values())) != 100:
        yield _Found(("profile", "weights"), "weights_total", total, ("100",))


def _duty(duty: Duty, given: dict[str, Any], at: Path) -> Iterator[_Found]:
    """What is wrong with a duty whose values are sound: what its trigger needs, and what it can't heed."""
    trigger, periods = duty.trigger, [by.period or duty.period for by in duty.by]
    yield from _heeded(given, _ONLY_WITH, trigger, at)
    need = _NEEDS.get(trigger)
    if need and not (all(periods) if need == "period" else getattr(duty, need)):
        yield _Found((*at, need), "trigger_needs", trigger, (need,))
    kinds = REQUESTS if trigger == "request" else EVENT_KINDS
    for n, kind in enumerate(duty.kinds):
        if kind not in kinds:
            yield _Found((*at, "kinds", n), "unknown_kind", kind, kinds)
    for key in ("who", "unless", "by"):
        for n, clause in enumerate(getattr(duty, key)):
            if None not in (clause.aum_from, clause.aum_to) and clause.aum_from >= clause.aum_to:
                yield _Found((*at, key, n, "aum_to"), "empty_band", clause.aum_to, (f"> {clause.aum_from}",))
    for n, by in enumerate(duty.by):
        here: Path = (*at, "by", n)
        yield from _heeded(given["by"][n], _BY_ONLY_WITH, trigger, here)
        if by.together and len(set(by.roles)) < 2:
            yield _Found((*here, "roles"), "too_few_roles", ", ".join(by.roles), (">= 2",))
        elif not by.roles and not by.owner:
            yield _Found(here, "nobody_owes", "", ("roles", "owner"))


def _heeded(given: dict[str, Any], only: dict[str, tuple[str, ...]], trigger: str, at: Path) -> Iterator[_Found]:
    words: list[tuple[Path, str]] = [((key,), key) for key in given]
    words += [(("discharge", n), word) for n, word in enumerate(given.get("discharge", ()))]
    for step, word in words:
        if trigger not in only.get(word, (trigger,)):
            yield _Found((*at, *step), "not_for_trigger", word, only[word])


def _problem(found: _Found, raw: dict[str, Any], lines: dict[Path, int]) -> Problem:
    key = ""
    for n, step in enumerate(found.at):
        key += f"[{step}]" if isinstance(step, int) else f".{step}" if key else step
        if n == 1 and isinstance(step, int) and (name := _ids(raw, str(found.at[0]))[step]):
            key += f" ({name})"
    line = next((lines[found.at[:n]] for n in range(len(found.at), 0, -1) if found.at[:n] in lines), 0)
    value = found.value if isinstance(found.value, str) else msgspec.json.encode(found.value).decode()
    return Problem(visible(key), line, found.reason, visible(value[:80]), tuple(found.allowed))
