"""A branch put together from its decoded events alone, with no table of the read model: what slow counts count on."""

import zlib
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from sqlite3 import Cursor

import msgspec

from guanhu.domain import affairs as a
from guanhu.domain import contact as c
from guanhu.domain import customer as cu
from guanhu.domain import staff as s
from guanhu.domain import statement as st
from guanhu.domain.balances import MOVED, STATED, Entry, insert, steps
from guanhu.domain.customer import PersonalData
from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.facts import EVER, Act, Affair, Facts, Product, Seat
from guanhu.domain.responsibility import Care
from guanhu.domain.scheme import Policy
from guanhu.domain.scheme_file import read_scheme
from guanhu.domain.withdrawing import ActWithdrawn
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.tests.projections.slow_rows import Bought, Customer, Entered, Mark, Post, Sat, Taken


def written(event: Event) -> int:
    """The day, in China, on which an event was written down."""
    return (event.recorded_at + timedelta(hours=8)).date().toordinal()


class Branch:
    """The whole book, put together from its events."""

    def __init__(self, book: Book) -> None:
        self.calendar = book.calendar
        self.customers: dict[str, Customer] = {}
        self.posts: list[Post] = []
        adopted: dict[int, str] = {}
        with book.reading() as cursor:
            rows = cursor.execute("SELECT rowid, topic, state FROM stored_events ORDER BY rowid").fetchall()
            events = [(position, decode(topic, state)) for position, topic, state in rows]
            withdrawn = [event for _, event in events if isinstance(event, ActWithdrawn)]
            taken_back = {ref for event in withdrawn for ref in (event.ref, *event.moves)}
            for position, event in events:
                if position in taken_back:
                    continue
                if isinstance(event, s.SchemeAdopted):
                    adopted[event.occurred_on.toordinal()] = event.text
                self.take(position, event, partial(self._opened, book, cursor, TOPIC_OF[type(event)]))
        self.policy = Policy(tuple((date.fromordinal(day), read_scheme(text)) for day, text in sorted(adopted.items())))

    @staticmethod
    def _opened(book: Book, cursor: Cursor, topic: str, no: str, blob: bytes) -> PersonalData:
        (plain,) = book.keyring.unseal_many(cursor, [(no, blob)], topic)
        return msgspec.msgpack.decode(plain, type=PersonalData) if plain is not None else PersonalData()

    def take(self, position: int, event: Event, opened: Callable[[str, bytes], PersonalData]) -> None:
        """One event."""
        day = event.occurred_on.toordinal()
        match event:
            case cu.CustomersRegistered():
                for no, outlet, blob in zip(event.customer_nos, event.outlets, event.sealed, strict=True):
                    facts = opened(no, blob).facts
                    self.customers[no] = Customer(no, outlet, {fact: (value, 1) for fact, value in facts.items()})
            case cu.ProfileRecorded():
                self._profile(event, day, opened(event.customer_no, event.sealed))
            case st.BalancesReported():
                self._balances(position, event, day)
            case st.Deposited() | st.Withdrawn():
                fen = event.fen if isinstance(event, st.Deposited) else -event.fen
                self._entry(event.customer_no, (day, MOVED, fen, position))
            case st.TiersChanged():
                for no, tier in zip(event.customer_nos, event.to_tiers, strict=True):
                    self.customers[no].tiers.append((day, tier))
            case cu.CustomerMarked():
                self.customers[event.customer_no].marks.append(Mark(event.mark, day))
            case cu.CustomerErased():
                self.customers[event.customer_no].erased = True
            case cu.CustomerUnmarked():
                for mark in self.customers[event.customer_no].marks:
                    if mark.mark == event.mark and mark.end == EVER:
                        mark.end = day
            case _:
                self._people(event, day)
                self._work(position, event, day)

    def _profile(self, event: cu.ProfileRecorded, day: int, data: PersonalData) -> None:
        person = self.customers[event.customer_no]
        person.outlet = event.outlet if event.outlet is not None else person.outlet
        for fact, value in data.facts.items():
            before = person.known.get(fact, ("", 0))
            person.known[fact] = (value, before[1] if before[0] else day)

    def _entry(self, no: str, entry: Entry) -> None:
        person = self.customers[no]
        person.entries = insert(person.entries, entry)

    def _balances(self, position: int, event: st.BalancesReported, day: int) -> None:
        for no, fen in zip(event.customer_nos, event.fens, strict=True):
            self._entry(no, (day, STATED, fen, position))
        bits = zlib.decompress(event.unchanged) if event.unchanged else b""
        for n, person in enumerate(self.customers.values(), 1):
            at = n - event.first_id
            if 0 <= at < len(bits) * 8 and bits[at >> 3] & (1 << (at & 7)):
                known = person.aum(day)
                assert known is not None
                self._entry(person.no, (day, STATED, known, position))

    def _people(self, event: Event, day: int) -> None:
        match event:
            case s.RoleGiven():
                self.posts.append(Post(event.staff_id, event.role, event.outlet, day))
            case s.RoleTaken():
                taken = (event.staff_id, event.role, event.outlet, EVER)
                for post in self.posts:
                    if (post.staff, post.role, post.outlet, post.end) == taken:
                        post.end = day
            case s.StaffLeft():
                for post in self.posts:
                    if post.staff == event.staff_id and post.end > day:
                        post.end = day
            case s.CustomersAssigned():
                for no, former in zip(event.customer_nos, event.replaces, strict=True):
                    if former:
                        self._vacate(no, event.seat, former, day)
                    self.customers[no].seats.append(Sat(event.staff_id, event.role, event.seat, day, event.bulk))
            case s.CustomersReleased():
                for no in event.customer_nos:
                    self._vacate(no, event.seat, event.staff_id, day)
            case s.AffairsHandedOver():
                for affair in (x for person in self.customers.values() for x in person.affairs.values()):
                    in_hand = affair.kind in ("promise", "request", "referral") and affair.closed is None
                    if in_hand and affair.staff == event.staff_id:
                        affair.staff = event.to_staff

    def _vacate(self, no: str, seat: str, staff: str, day: int) -> None:
        for each in self.customers[no].seats:
            if each.seat == seat and each.staff == staff and each.end > day:
                each.end = day

    def _work(self, position: int, event: Event, day: int) -> None:
        person = self.customers.get(getattr(event, "customer_no", ""))
        if person is None:
            return
        match event:
            case c.ContactLogged():
                who = tuple(filter(None, (event.staff_id,)))
                roles = self.roles_all(who, day)
                act = Entered(day, who, written(event), "contact", event.outcome, roles, event.imported)
                person.acts[position] = act
            case c.VisitLogged():
                who = tuple(dict.fromkeys((event.staff_id, *event.companions)))
                roles = self.roles_all(who, day)
                person.acts[position] = Entered(day, who, written(event), "visit", event.outcome, roles)
            case c.EntryCorrected():
                act = person.acts[event.corrects]
                act.day, act.outcome = day, event.outcome
                act.staff = tuple(dict.fromkeys((*act.staff[:1], *event.companions)))
                act.roles = self.roles_all(act.staff, day)
                act.kind = "withdrawn" if event.withdrawn else act.kind
            case a.ProductHeld():
                start = (event.opened_on or event.occurred_on).toordinal()
                matures = event.matures_on.toordinal() if event.matures_on else None
                person.products[event.product_no] = Bought(event.product, event.amount_fen, matures, start, position)
            case a.ProductEnded():
                person.products[event.product_no].end = day
            case a.DutyWaived():
                person.waived[event.duty, event.occurrence] = day
                person.log.append(Entered(day, (event.by,), written(event), "waiver"))
            case _:
                self._affair(position, event, day, person)

    def _affair(self, position: int, event: Event, day: int, person: Customer) -> None:
        opened: tuple[str, str, str, str, date | None] | None = None
        match event:
            case a.PromiseMade():
                opened = ("promise", "", event.staff_id, event.staff_id, event.due_on)
            case a.ImportantEventNoted():
                opened = ("event", event.kind, event.by, event.by, None)
            case a.OpinionVoiced():
                opened = ("opinion", "", event.staff_id, event.staff_id, None)
            case a.CustomerReferred():
                opened = ("referral", "", event.to_staff, event.from_staff, None)
            case a.HelpRequested():
                opened = ("request", event.kind, event.staff_id, event.staff_id, event.due_on)
            case a.PromiseKept() | a.PromiseExcused() | a.ReferralAnswered() | a.HelpAnswered():
                person.affairs[event.ref].closed = day
                person.log.append(Entered(day, (event.by,), written(event), "closing"))
        if opened:
            kind, subject, staff, opener, due = opened
            person.affairs[position] = Taken(kind, subject, day, staff, due.toordinal() if due else None)
            person.log.append(Entered(day, (opener,), written(event), kind))

    # ------------------------------------------------------------ what the rules are asked with
    def roles_of(self, staff: str, day: int) -> frozenset[str]:
        """The roles that somebody holds on a day."""
        return frozenset(post.role for post in self.posts if post.staff == staff and post.start <= day < post.end)

    def roles_all(self, staff: tuple[str, ...], day: int) -> frozenset[str]:
        """The roles of all who took part."""
        return frozenset(role for each in staff for role in self.roles_of(each, day))

    def facts(self, person: Customer) -> Facts:
        """A customer as the duties look at one."""
        known = {fact: since for fact, (value, since) in person.known.items() if value}
        if "lunar_birthday" in known:
            known["birthday"] = min(known["lunar_birthday"], known.get("birthday", known["lunar_birthday"]))
        weights = self.policy.adopted[-1][1].profile.weights
        days = sorted({since for fact, since in known.items() if fact in weights})
        acts = [
            Act(x.day, x.kind, x.outcome, x.roles, position, x.day if x.imported else x.recorded)
            for position, x in person.acts.items()
        ]
        for position, affair in person.affairs.items():
            if affair.kind == "referral":
                acts.append(Act(affair.day, "referral", "", frozenset(), position, affair.day))
        return Facts(
            customer_no=person.no,
            steps=steps(person.entries),
            reported=[(day, fen) for day, kind, fen, _ in person.entries if kind == STATED],
            tiers=[(day, tier or None) for day, tier in person.tiers],
            marks=[(mark.mark, mark.start, mark.end) for mark in person.marks],
            birthday=person.known.get("birthday", ("", 0))[0],
            lunar_birthday=person.known.get("lunar_birthday", ("", 0))[0],
            known=known,
            scores=[(day, person.score(weights, day)) for day in days],
            acts=sorted(acts, key=lambda act: (act.day, act.position)),
            seats=[
                Seat(x.staff, x.role, x.seat, x.start, x.end, x.bulk)
                for x in sorted(person.seats, key=lambda seat: seat.start)
            ],
            products=[
                Product(no, x.product, x.fen, x.matures, x.start, x.end) for no, x in person.products.items()
            ],
            affairs=[
                Affair(x.kind, x.subject, position, x.day, x.staff, x.due, x.closed)
                for position, x in person.affairs.items()
            ],
        )

    def care(self, person: Customer, day: int) -> Care:
        """Who looks after a customer on a day, the lead first."""
        order = [role for tier in self.policy.on_ordinal(day).tiers for role in tier.roles]
        owners = sorted(person.owners(day), key=lambda owner: order.index(owner[1]) if owner[1] in order else 99)
        system = [x.staff for x in person.seats if x.seat == "system" and x.start <= day < x.end]
        posts = sorted((p for p in self.posts if p.start <= day < p.end), key=lambda post: post.start)
        managers = [post.staff for post in posts if (post.role, post.outlet) == ("outlet_manager", person.outlet)]
        department = tuple(post.staff for post in posts if post.role == "department")
        return Care(tuple(owners), system[-1] if system else None, managers[0] if managers else None, department)
