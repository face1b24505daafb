"""Money keyed in at the counter: it changes the carried balance until the bank's next statement."""

from collections.abc import Sequence

from guanhu.domain.money import format_wan, format_yuan
from guanhu.language import _
from guanhu.projections.customers import page
from guanhu.store.book import Book
from guanhu.store.statements import deposit
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words, when
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground


class DepositForm(ActForm):
    """Money paid in."""

    SIGN = 1

    def words(self) -> str:
        """What is done."""
        return _("Deposit")

    def act_fields(self) -> Sequence[Field]:
        """How much, and when."""
        return (
            Field("amount", _("Amount, yuan"), "money", needed=True),
            Field("on", _("Date"), "day", hint=_("today")),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """The balance as it is carried."""
        return Prepared(_balance_words(self._aum(ground)))

    def foresee(self, ground: Ground, values: Values) -> str:
        """The balance afterwards; "" for a day before the newest one, where that can't be said so simply."""
        on = values["on"] or self.today
        if values["amount"] is None or on != self.today:
            return ""
        after = (self._aum(ground) or 0) + self.SIGN * values["amount"]
        return _("Balance afterwards: {amount} wan", amount=format_wan(after))

    def _aum(self, ground: Ground) -> int | None:
        return page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no).aum_fen

    def save(self, book: Book, values: Values, command: str) -> Done:
        """A higher tier is reached at once."""
        on, fen = values["on"] or self.today, values["amount"]
        receipt = deposit(book, self.about.customer_no, self.SIGN * fen, on, by=self.by, command=command)
        what = f"{self.words()} {_('{amount} yuan', amount=format_yuan(fen))}"
        return Done(act_words(self.about.name, what, when(on, self.today)), take_back(receipt, self.by))


class WithdrawForm(DepositForm):
    """Money paid out."""

    SIGN = -1

    def words(self) -> str:
        """What is done."""
        return _("Withdrawal")


def _balance_words(fen: int | None) -> str:
    return _("no balance yet") if fen is None else _("Balance: {amount} wan", amount=format_wan(fen))
