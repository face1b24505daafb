"""The staff of the made-up branch: twenty-five at work in three outlets and the department, and one who has left."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import msgspec

from guanhu.commands.demo_branch.diary import SharedBook
from guanhu.domain.scheme_file import default_scheme_text
from guanhu.store.book import login
from guanhu.store.outlets import found_outlet
from guanhu.store.posts import enrol_staff, give_post
from guanhu.store.schemes import put_in_force

USER = "1003"
"""The system's user, a relationship manager of the first outlet."""
DILIGENT = "1004"
LEAVER, SUCCESSOR = "2003", "2008"
LAZY = "3002"
OUTLETS = {"01": "澜江支行营业部", "02": "滨河支行", "03": "开元支行"}

RM, SUPERVISOR, MANAGER = "relationship_manager", "rm_supervisor", "outlet_manager"
HIGH, LOW, VIP = "high_counter_teller", "low_counter_teller", "vip_counter_teller"

# (id, name, outlet, roles); a supervisor can serve two outlets.
_STAFF: Sequence[tuple[str, str, str, tuple[str, ...]]] = (
    ("1001", "陈国栋", "01", (MANAGER,)),
    ("1002", "周慧敏", "01", (SUPERVISOR,)),
    (USER, "林晓雯", "01", (RM,)),
    (DILIGENT, "徐静怡", "01", (RM,)),
    ("1005", "何建芬", "01", (HIGH,)),
    ("1006", "罗佳", "01", (HIGH,)),
    ("1007", "谢文静", "01", (LOW,)),
    ("1008", "唐雪梅", "01", (VIP,)),
    ("1009", "韩磊", "01", ("lobby_manager",)),
    ("2001", "孙志刚", "02", (MANAGER,)),
    ("2002", "邓海燕", "02", (SUPERVISOR,)),
    (LEAVER, "冯俊杰", "02", (RM,)),
    ("2004", "曹红", "02", (HIGH,)),
    ("2005", "彭莹", "02", (LOW,)),
    ("2006", "苏丽萍", "02", (VIP,)),
    ("2007", "蒋一鸣", "02", ("lobby_manager",)),
    ("3001", "许建平", "03", (MANAGER,)),
    (LAZY, "贾帅", "03", (RM,)),
    ("3003", "魏婷", "03", (HIGH,)),
    ("3004", "叶小红", "03", (LOW,)),
    ("3005", "钟慧", "03", (VIP,)),
    ("3006", "汪洋", "03", ("lobby_manager",)),
    ("9001", "顾明远", "01", ("department",)),
    ("9002", "秦雅琴", "01", ("department",)),
    ("9003", "段志远", "01", ("inspector",)),
)
_NEWCOMER = (SUCCESSOR, "方思远", "02", (RM,))
MANAGERS = {"01": "1001", "02": "2001", "03": "3001"}
SUPERVISORS = {"01": "1002", "02": "2002", "03": "1002"}
LOBBY = {"01": "1009", "02": "2007", "03": "3006"}
TELLERS = {"01": ("1005", "1006", "1007", "1008"), "02": ("2004", "2005", "2006"), "03": ("3003", "3004", "3005")}
DEPARTMENT = ("9001", "9002")
INSPECTOR = "9003"


class Style(msgspec.Struct, frozen=True):
    """How somebody works: which part of what is due they do, and how often and how many days later they write it up."""

    does: float
    late: float
    days_late: int


_STYLES = {
    USER: Style(0.9, 0.06, 1),
    DILIGENT: Style(0.985, 0.0, 0),
    LEAVER: Style(0.8, 0.1, 2),
    SUCCESSOR: Style(0.92, 0.75, 9),
    LAZY: Style(0.42, 0.25, 4),
}
_TELLER = Style(0.5, 0.05, 1)


def style(staff_id: str) -> Style:
    """How a member of staff works."""
    return _STYLES.get(staff_id, _TELLER)


def found_branch(book: SharedBook) -> None:
    """The default scheme, the outlets and the staff, as they were before the story begins; the user is `USER`."""
    with book.writing(by=USER) as w:
        put_in_force(w, default_scheme_text(), date.min)
        for code, title in OUTLETS.items():
            found_outlet(w, code, title, date.min)
        for staff_id, name, outlet, roles in _STAFF:
            enrol_staff(w, staff_id, name, date.min, login() if staff_id == USER else "")
            for role in roles:
                give_post(w, staff_id, role, outlet, date.min)
        give_post(w, SUPERVISORS["03"], SUPERVISOR, "03", date.min)
    book.staff = USER


def succeed(book: SharedBook, day: date) -> None:
    """The successor of the relationship manager who will leave begins."""
    staff_id, name, outlet, roles = _NEWCOMER
    with book.writing(by=MANAGERS[outlet]) as w:
        enrol_staff(w, staff_id, name, day)
        for role in roles:
            give_post(w, staff_id, role, outlet, day)


def hand_over(book: SharedBook, day: date) -> None:
    """All customers and open affairs of the leaver go to the successor, and the leaver leaves."""
    from guanhu.projections.handover import plan_handover
    from guanhu.store.applying import apply_handover
    from guanhu.store.posts import depart

    book.settle()
    with book.reading() as cursor:
        plan = plan_handover(cursor, LEAVER, SUCCESSOR, day)
    apply_handover(book, plan, by=MANAGERS["02"], command=book.next_command())
    depart(book, LEAVER, day, by=MANAGERS["02"])


def go_on_leave(book: SharedBook, today: date) -> None:
    """The diligent one is away for some days, and the user stands in."""
    from guanhu.store.posts import arrange_leave

    first, last = today - timedelta(days=1), today + timedelta(days=6)
    arrange_leave(book, DILIGENT, USER, first, last, by=MANAGERS["01"])


def writing_up(rng: Random, staff_id: str) -> int:
    """How many days after the act somebody writes it up."""
    how = style(staff_id)
    return rng.randrange(1, how.days_late + 1) if how.days_late and rng.random() < how.late else 0
