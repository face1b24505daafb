"""A month of the branch's work: customers assigned, contacted, greeted, visited, passed on; days reviewed."""

from datetime import date, time, timedelta
from functools import partial

from guanhu.commands.demo_branch import branch, notes
from guanhu.commands.demo_branch.life import Life
from guanhu.domain.facts import EVER
from guanhu.domain.lunar import lunar_birthdays_in, solar_birthday_in
from guanhu.domain.money import WAN
from guanhu.projections.auto_plan import Placement, plan_auto
from guanhu.store import affairs, assigning, posts, registering, requests
from guanhu.store.applying import apply_placements
from guanhu.store.outlets import supervise_outlet

_VISITED = (0.0, 0.0, 0.0, 0.03, 0.1, 0.2)
_CHANCE_CONTACT = (0.0, 0.012, 0.07)
REVIEWED_DAYS = 75
"""For how many days back the daily reviews stand in the book: the branch began with them only then."""


def assign_all(life: Life, *, at_first: bool) -> None:
    """The outlet managers give out who waits: singly to relationship managers, the others in one go."""
    life.book.settle()
    day = life.diary.day
    for outlet, manager in branch.MANAGERS.items():
        with life.book.reading() as cursor:
            plan = plan_auto(cursor, outlet, day.month, day)
        many: list[Placement] = []
        for placement in plan.placements:
            if at_first or life.scheme.rank[placement.tier] < 3:
                many.append(placement)
            else:
                _assign(life, placement, manager, day)
        if many:
            apply_placements(life.book, many, day, by=manager, command=life.book.next_command())
    life.refresh()


def _assign(life: Life, placement: Placement, manager: str, day: date) -> None:
    no = placement.customer_no
    for seat in sorted(placement.taken, key=lambda taken: taken.seat):
        if seat.seat == "system" and _has_system_owner(life, no):
            continue  # came with the owner's seat
        assigning.assign(life.book, no, seat.staff_id, day, role=seat.role, seat=seat.seat, by=manager)
        if seat.seat == "owner" and seat.role == branch.RM:
            first = life.later(day, life.rng.randrange(1, 8))
            if life.rng.random() < branch.style(seat.staff_id).does:
                life.contact(no, seat.staff_id, first, "first")


def _has_system_owner(life: Life, no: str) -> bool:
    with life.book.reading() as cursor:
        question = "SELECT 1 FROM care JOIN customer ON id = customer_id WHERE no = ? AND seat = 'system' AND end = ?"
        return cursor.execute(question, (no, EVER)).fetchone() is not None


def plan_month(life: Life, first: date, last: date, *, at_first: bool) -> None:
    """Enter what will be done from `first` to `last`."""
    days = life.working_days(first, min(last, life.yesterday))
    if not days:
        return
    if at_first:
        _first_contacts(life, days)
    for no in life.people:
        step = life.step.get(no, 0)
        if step and no not in life.silent:
            _work_on(life, no, step, days)
    until = life.later(last, 1) - timedelta(days=1)  # the next plan is made after a holiday that begins a month
    _birthdays(life, first, until)
    _festivals(life, first, until)
    _reviews(life, days)


def _first_contacts(life: Life, days: list[date]) -> None:
    """Who was given many customers at the beginning writes to them all, a page at a time."""
    mine: dict[str, list[str]] = {}
    for no, owners in life.owners.items():
        if life.step.get(no, 0) in (1, 2):
            mine.setdefault(owners[0][0], []).append(no)
    for staff, nos in mine.items():
        for n, start in enumerate(range(0, len(nos), 60)):
            text = notes.LINES["first_message"][1]
            life.message(nos[start : start + 60], staff, days[(2 + n) % len(days)], text)


def _work_on(life: Life, no: str, step: int, days: list[date]) -> None:
    """What a customer of this tier gets in a month."""
    rng = life.rng
    staff = life.keeper(no) if step >= 3 else life.lead(no)
    if not staff:
        return
    chance = branch.style(staff).does if step >= 3 else _CHANCE_CONTACT[step]
    if rng.random() < chance:
        # Most get round to it in the second half of the month.
        life.contact(no, staff, days[int(len(days) * rng.random() ** 0.75)], "care")
    if step == 3 and rng.random() < 0.12:
        life.write(no, branch.LOBBY[life.people[no].outlet], rng.choice(days), "counter", "reached_other", "lobby")
    if step >= 3 and rng.random() < _VISITED[step]:
        with_whom = (branch.SUPERVISORS[life.people[no].outlet],) if step >= 4 else ()
        life.visit(no, staff, with_whom, rng.choice(days), "visit")
    if rng.random() < 0.003 * step:
        _event(life, no, staff, rng.choice(days))
    if rng.random() < 0.0012 * step:
        _opinion(life, no, staff, rng.choice(days))
    if step == 2 and life.balance.get(no, 0) > 14 * WAN and rng.random() < 0.07:
        _refer(life, no, staff, rng.choice(days))
    if rng.random() < 0.006 * step:
        tag, day = rng.choice(notes.TAGS), rng.choice(days)
        life.enter(day, partial(registering.tag, life.book, no, tag, day, add=True, by=staff))
    if rng.random() < 0.001 * step:
        _relate(life, no, staff, rng.choice(days))
    if step >= 4 and rng.random() < 0.02:
        _request(life, no, rng.choice(days))


def _event(life: Life, no: str, staff: str, day: date) -> None:
    kind, said = notes.event(life.rng, life.who(no), life.people[no].age(life.today))
    by = life.acting(staff, day)
    life.enter(day, partial(affairs.note_event, life.book, no, kind, day, note=said, by=by))
    if life.rng.random() < branch.style(staff).does:
        life.write(no, staff, life.later(day, 1), "phone", "reached_other", "care")


def _relate(life: Life, no: str, staff: str, day: date) -> None:
    """Staff find out how two customers know each other."""
    other, relation = life.rng.choice(list(life.balance)), life.rng.choice(("introduced_by", "colleague", "other"))
    if other != no:
        life.enter(day, partial(registering.link, life.book, no, other, relation, day, add=True, by=staff))


def _opinion(life: Life, no: str, staff: str, day: date) -> None:
    said = notes.note(life.rng, "opinion", life.who(no))
    life.enter(day, partial(affairs.voice_opinion, life.book, no, said, day, by=staff))


def _refer(life: Life, no: str, staff: str, day: date) -> None:
    """A teller passes a customer on, and the relationship manager answers some days later (SCHEMES.md 1, referral)."""
    to_staff, rng = life.acting(life.system.get(no, ""), day), life.rng
    if not to_staff or to_staff == staff or no in life.referred:
        return
    life.referred.add(no)
    said = notes.note(rng, "refer", life.who(no))
    accepted = rng.random() < 0.7
    reply = notes.note(rng, "accept" if accepted else "return", life.who(no))
    answered = life.later(day, rng.randrange(1, 4) if to_staff != branch.LAZY else rng.randrange(4, 8))

    def answer(ref: int) -> None:
        day = life.diary.day
        affairs.answer_referral(life.book, ref, accepted, day, note=reply, by=life.acting(to_staff, day))

    def refer() -> None:
        receipt = affairs.refer(life.book, no, to_staff, day, note=said, by=staff)
        life.enter(answered, lambda: answer(receipt.positions[0]))

    life.enter(day, refer)


def _request(life: Life, no: str, day: date) -> None:
    """An outlet asks the department, which answers."""
    manager = branch.MANAGERS[life.people[no].outlet]
    said, reply = (notes.note(life.rng, kind, life.who(no)) for kind in ("request", "answered"))

    def ask() -> None:
        receipt = requests.request_help(life.book, no, "support", day, note=said, by=manager)
        ref = receipt.positions[0]
        by = life.rng.choice(branch.DEPARTMENT)
        answered = life.later(day, life.rng.randrange(1, 4))
        life.enter(answered, lambda: requests.answer_help(life.book, ref, life.diary.day, note=reply, by=by))

    life.enter(day, ask)


# ---------------------------------------------------------------- dates that come back
def _birthdays(life: Life, first: date, last: date) -> None:
    years = sorted({first.year, last.year})
    for no, person in life.people.items():
        step = life.step.get(no, 0)
        born, moon = person.facts.get("birthday", ""), person.facts.get("lunar_birthday", "")
        if not step or not (born or moon):
            continue
        for year in years:
            days = lunar_birthdays_in(year, moon) if moon else [solar_birthday_in(year, date.fromisoformat(born))]
            for day in days:
                if first <= day <= last:
                    _congratulate(life, no, step, day)


def _congratulate(life: Life, no: str, step: int, day: date) -> None:
    """A visit of two for those of a million and more, a message for the others (SCHEMES.md 1, birthdays)."""
    rng = life.rng
    staff = life.keeper(no) if step >= 3 else life.lead(no)
    if not staff or no in life.left_alone:
        return
    outlet = life.people[no].outlet
    if step >= 5 or life.balance.get(no, 0) >= 100 * WAN:
        goes = branch.MANAGERS[outlet] if step >= 5 else staff
        if rng.random() < branch.style(staff).does * 0.85:
            day -= timedelta(days=rng.randrange(0, 3))
            life.visit(no, goes, (branch.SUPERVISORS[outlet],), day, "birthday_visit")
    elif rng.random() < branch.style(staff).does * (0.95 if step >= 3 else 0.7):
        text = notes.note(rng, "birthday", life.who(no))
        life.message([no], staff, day, text, "sent" if rng.random() < 0.85 else "replied")


def _festivals(life: Life, first: date, last: date) -> None:
    """Relationship managers and outlet managers greet those whom they own, once they know them."""
    for year in sorted({first.year, last.year}):
        for name, day in life.book.calendar.festivals(year):
            if first <= day <= last:
                _greet(life, name, day)


def _greet(life: Life, name: str, day: date) -> None:
    mine: dict[str, list[str]] = {}
    for no, owners in life.owners.items():
        for staff, role in owners:
            if role in (branch.RM, branch.MANAGER) and no in life.contacted:
                mine.setdefault(staff, []).append(no)
    rich = [no for no, step in life.step.items() if step >= 5]
    for staff, nos in [*mine.items(), (branch.DEPARTMENT[0], rich)]:
        if staff != branch.LAZY or life.rng.random() < 0.5:
            text = notes.note(life.rng, "festival", "", festival=notes.FESTIVALS[name])
            life.message(nos, staff, day - timedelta(days=life.rng.randrange(0, 3)), text)


def _reviews(life: Life, days: list[date]) -> None:
    """Relationship managers go through the day's list, the department looks at each outlet (SCHEMES.md 1)."""
    since = life.today - timedelta(days=REVIEWED_DAYS)
    for day in days:
        if day < since:
            continue
        for staff in (branch.USER, branch.DILIGENT, branch.SUCCESSOR, branch.LAZY):
            if life.at_work(staff, day) and life.rng.random() < branch.style(staff).does:
                _review(life, staff, day)
        for outlet in branch.OUTLETS:
            if life.rng.random() < 0.9:
                _supervise(life, outlet, day)


def _review(life: Life, staff: str, day: date) -> None:
    at = time(8, life.rng.randrange(15, 59), life.rng.randrange(60))
    life.enter(day, partial(posts.review_day, life.book, staff, day, by=staff), at)


def _supervise(life: Life, outlet: str, day: date) -> None:
    by, said = life.rng.choice(branch.DEPARTMENT), notes.note(life.rng, "supervised", "")
    at = time(17, life.rng.randrange(0, 50), life.rng.randrange(60))
    life.enter(day, partial(supervise_outlet, life.book, outlet, by, said, day, by=by), at)
