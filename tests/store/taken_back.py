"""A branch in which every kind of act is done and taken back, and its state before and after."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from guanhu.projections import tables
from guanhu.projections.history import customer_history
from guanhu.store import affairs, requests
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.assigning import assign, release
from guanhu.store.codec import decode
from guanhu.store.registering import link, mark, record_profile, register, tag
from guanhu.store.statements import deposit
from guanhu.tests.store.branch import RM, RM2, TELLER, Branch, day

TODAY = "2026-06-15"
ON = day(TODAY)
HISTORY = ("withdrawn", "trace", "command", "book")
"""Tables that tell what was done, not how things stand."""

Act = Callable[[Branch], int]


def state(branch: Branch) -> dict[str, list[Any]]:
    """All rows of the read model but those of the history."""
    with branch.book.reading() as cursor:
        return {
            name: sorted(cursor.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in tables.TABLES
            if name not in HISTORY
        }


def topics(branch: Branch, no: str = "C1") -> list[str]:
    with branch.book.reading() as cursor:
        _total, items = customer_history(cursor, branch.book.recorder, decode, branch.book.keyring, no)
    return [item.event for item in items]


def small(folder: Path) -> Branch:
    """Three customers, one with two balances."""
    found = Branch(folder, TODAY)
    found.customer("C1", 250_000, birthday="1980-05-06")
    found.customer("C2", 30_000)
    found.customer("C3", 300_000)
    found.balance("C1", 260_000, "2026-06-01")
    return found


# ---------------------------------------------------------------- every act, done and taken back
def promised(b: Branch) -> int:
    return affairs.make_promise(b.book, "C1", "送资料", ON, ON, staff=RM).positions[0]


def asked(b: Branch) -> int:
    return requests.request_help(b.book, "C1", "support", ON, staff=RM).positions[0]


def referred(b: Branch, no: str = "C1") -> int:
    return affairs.refer(b.book, no, RM, ON, from_staff=TELLER).positions[0]


def held(b: Branch, yuan: int = 50_000) -> int:
    matures = day("2026-06-20")
    return affairs.hold_product(b.book, "C1", "定期", yuan * 100, ON, product_no="P1", matures_on=matures).positions[0]


def nothing(b: Branch) -> None:
    """Nothing needs to stand before the act."""


ACTS: dict[str, tuple[Callable[[Branch], object], Act]] = {
    "contact": (nothing, lambda b: log_contact(b.book, "C1", "phone", "reached_other", ON, staff=RM).positions[0]),
    "visit": (nothing, lambda b: log_visit(b.book, "C1", [RM2], "reached_other", ON, staff=RM).positions[0]),
    "contact that marks": (
        nothing,
        lambda b: log_contact(b.book, "C1", "phone", "do_not_disturb", ON, staff=RM).positions[0],
    ),
    "promise": (nothing, promised),
    "kept": (promised, lambda b: affairs.keep_promise(b.book, newest(b), ON).positions[0]),
    "excused": (promised, lambda b: affairs.excuse_promise(b.book, newest(b), "已告知", ON).positions[0]),
    "event": (nothing, lambda b: affairs.note_event(b.book, "C1", "wedding", ON, note="女儿").positions[0]),
    "opinion": (nothing, lambda b: affairs.voice_opinion(b.book, "C1", "利率低", ON).positions[0]),
    "referral": (nothing, referred),
    "returned": (referred, lambda b: affairs.answer_referral(b.book, newest(b), False, ON).positions[0]),
    "accepted": (referred, lambda b: affairs.answer_referral(b.book, newest(b), True, ON).positions[0]),
    "request": (nothing, asked),
    "answered": (asked, lambda b: requests.answer_help(b.book, newest(b), ON, note="好").positions[0]),
    "product": (nothing, held),
    "product replaced": (held, lambda b: held(b, 60_000)),
    "product ended": (held, lambda b: affairs.end_product(b.book, "C1", "P1", ON).positions[0]),
    "waiver": (
        nothing,
        lambda b: affairs.waive_duty(b.book, "C1", "monthly_contact", "2026-06", "出国", ON).positions[0],
    ),
    "mark": (nothing, lambda b: mark(b.book, "C1", "do_not_disturb", "本人", ON).positions[0]),
    "mark off": (
        lambda b: mark(b.book, "C1", "prospect", "有潜力", ON),
        lambda b: mark(b.book, "C1", "prospect", "误", ON, on_off=False).positions[0],
    ),
    "tag": (nothing, lambda b: tag(b.book, "C1", "爱茶", ON, add=True).positions[0]),
    "tag again": (
        lambda b: tag(b.book, "C1", "爱茶", ON, add=True),
        lambda b: tag(b.book, "C1", "爱茶", ON, add=True).positions[0],
    ),
    "tag off": (
        lambda b: tag(b.book, "C1", "爱茶", ON, add=True),
        lambda b: tag(b.book, "C1", "爱茶", ON, add=False).positions[0],
    ),
    "link": (nothing, lambda b: link(b.book, "C1", "C2", "family", ON, add=True).positions[0]),
    "link off": (
        lambda b: link(b.book, "C1", "C2", "family", ON, add=True),
        lambda b: link(b.book, "C2", "C1", "family", ON, add=False).positions[0],
    ),
    "profile": (
        nothing,
        lambda b: record_profile(b.book, "C1", "王五", {"phone": "13800138000", "birthday": ""}, "", ON).positions[0],
    ),
    "deposit": (nothing, lambda b: deposit(b.book, "C1", 100_00, ON).positions[0]),
    "deposit that lifts": (nothing, lambda b: deposit(b.book, "C1", 9_000_000_00, ON).positions[0]),
    "withdrawal": (
        lambda b: deposit(b.book, "C1", 500_00, ON),
        lambda b: deposit(b.book, "C1", -100_00, ON).positions[0],
    ),
    "registration": (
        nothing,
        lambda b: register(b.book, "C9", "新客", {"phone": "13800138000"}, "", ON).positions[0],
    ),
    "assignment": (nothing, lambda b: assign(b.book, "C1", RM, ON).positions[0]),
    "assignment over another": (
        lambda b: assign(b.book, "C1", RM, day("2026-06-10")),
        lambda b: assign(b.book, "C1", RM2, ON).positions[0],
    ),
    "release": (
        lambda b: assign(b.book, "C1", RM, day("2026-06-10")),
        lambda b: release(b.book, "C1", RM, ON).positions[0],
    ),
}  # fmt: skip


def newest(branch: Branch) -> int:
    with branch.book.reading() as cursor:
        return int(cursor.execute("SELECT max(position) FROM affair").fetchone()[0])


WITHDRAWN_ROWS = {"contact", "visit", "contact that marks"}
"""Their rows stay, marked as withdrawn: the log can show what was taken out."""
