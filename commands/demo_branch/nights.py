"""What the core system sends by night: new customers, products, balances; and what staff do about it in the morning."""

from datetime import date, time, timedelta
from functools import partial

from guanhu.commands.demo_branch import branch
from guanhu.commands.demo_branch.holdings import Holding
from guanhu.commands.demo_branch.life import Life
from guanhu.commands.demo_branch.money import Path
from guanhu.domain.money import YUAN
from guanhu.store import affairs, import_kinds, rating
from guanhu.store.registering import link, register_many
from guanhu.store.statements import report


class Nights:
    """The feeds of the core system, in the order in which they come."""

    def __init__(self, life: Life, paths: dict[str, Path], holdings: list[Holding]) -> None:
        self.life = life
        self.paths = paths
        self.coming = sorted(holdings, key=lambda held: (held.opened_on, held.customer_no), reverse=True)
        self.changes: dict[date, dict[str, int]] = {}
        """Balances that scenes set, by the date of the statement."""

    def month_end(self, month: int, day: date) -> None:
        """The night after a month's last day: who is new, what was bought, all balances."""
        self._register(month, day)
        for no, path in self.paths.items():
            fen = path.balances[month]
            if fen is not None:
                self.life.balance[no] = fen
        self._products(day)
        self._statement(day, watched=month > 0)

    def weekday(self, day: date) -> None:
        """The night after a working day of the last two weeks."""
        self.life.balance.update(self.changes.get(day, {}))
        self._products(day)
        self._statement(day, watched=True)

    def open_today(self) -> None:
        """The book moves on to today."""
        with self.life.book.writing(by=branch.DEPARTMENT[0]) as w:
            rating.open_day(w, self.life.today)

    def _register(self, month: int, day: date) -> None:
        new = [c for c in self.life.people.values() if c.joined == month]
        if not new:
            return
        with self.life.book.writing(by=branch.DEPARTMENT[0]) as w:
            register_many(w, f"registration:{w.command}", [(c.no, c.outlet, c.data) for c in new], day)
        for c in new:
            if c.relative:
                told = partial(self._related, c.no, c.relative, branch.MANAGERS[c.outlet])
                self.life.enter(self.life.later(day, 1), told, time(8, 50))

    def _related(self, no: str, relative: str, manager: str) -> None:
        link(self.life.book, no, relative, "family", self.life.diary.day, add=True, by=manager)

    def _products(self, day: date) -> None:
        records = []
        while self.coming and self.coming[-1].opened_on <= day:
            held = self.coming.pop()
            if held.customer_no not in self.life.balance:
                continue
            records.append(held.record)
            if held.matures_on <= day:  # known only now, and over
                continue
            self._mature(held)
        if records:
            with self.life.book.writing(by=branch.DEPARTMENT[0]) as w:
                import_kinds.products(w, records, w.book_day, import_kinds.Context(day))

    def _mature(self, held: Holding) -> None:
        """A contact some days before, and the end of the product in the night after."""
        life, rng = self.life, self.life.rng
        step = life.people[held.customer_no].step
        if held.matures_on >= life.today:
            chance = 0.25  # most of what matures in these days is still to be done
        else:
            life.enter(held.matures_on + timedelta(days=1), partial(self._end, held), time(0, 20))
            chance = 1.0 if step >= 2 else 0.5
        ahead = held.matures_on - timedelta(days=rng.randrange(0, 7))
        if ahead < life.today and life.book.calendar.is_working_day(ahead):
            life.enter(ahead, partial(self._remind, held, ahead, chance), time(8, 35))

    def _remind(self, held: Holding, day: date, chance: float) -> None:
        life, no = self.life, held.customer_no
        staff = life.keeper(no) if life.step.get(no, 0) >= 3 else life.lead(no)
        if staff and life.rng.random() < chance * branch.style(staff).does:
            life.write(no, staff, day, "phone", "reached_other", "maturity", product=held.product)

    def _end(self, held: Holding) -> None:
        day = self.life.diary.day
        affairs.end_product(self.life.book, held.customer_no, held.product_no, day, by=branch.DEPARTMENT[0])

    def _statement(self, day: date, *, watched: bool) -> None:
        life = self.life
        rows = [(0, no, fen, day.toordinal()) for no, fen in life.balance.items()]
        before = self._known() if watched else {}
        with life.book.writing(by=branch.DEPARTMENT[0]) as w:
            report(w, "core", rows, w.book_day)
        if watched:
            for no, fen in life.balance.items():
                if no in before and fen != before[no]:
                    self._watch(no, before[no], fen, life.later(day, 1))

    def _known(self) -> dict[str, int]:
        life = self.life
        life.book.settle()
        with life.book.reading() as cursor:
            return dict(cursor.execute("SELECT no, aum FROM customer JOIN account ON customer_id = id").fetchall())

    def _watch(self, no: str, before: int, after: int, day: date) -> None:
        """The relationship manager sees the change next morning, and in most cases asks (SCHEMES.md 1, fund_change)."""
        life = self.life
        rule = life.scheme.duty["fund_change"].change
        larger = max(before, after)
        if rule is None or larger < rule.either_from * YUAN:
            return
        threshold = rule.thresholds.get(life.scheme.tier_of(larger) or "")
        staff = life.keeper(no)
        if threshold is None or abs(after - before) < threshold * YUAN or not staff:
            return
        if life.rng.random() < branch.style(staff).does * 0.85:
            kind = "inflow" if after > before else "outflow"
            life.enter(day, partial(life.write, no, staff, day, "phone", "reached_other", kind), time(8, 40))
