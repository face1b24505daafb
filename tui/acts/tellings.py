"""What a customer's life and words bring: important events, opinions, products."""

from collections.abc import Sequence

from guanhu.domain.affairs import EVENT_KINDS
from guanhu.domain.money import format_wan
from guanhu.language import _, terms
from guanhu.projections.customers import page
from guanhu.store import affairs
from guanhu.store.book import Book
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words, when
from guanhu.tui.cells import day_month
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground

NEW = "new"


class EventForm(ActForm):
    """Something important in the customer's life."""

    def words(self) -> str:
        """What is done."""
        return _("Important event")

    def act_fields(self) -> Sequence[Field]:
        """What, and when it was."""
        return (
            Field("kind", _("What"), "choice", tuple((each, terms.important_event(each)) for each in EVENT_KINDS),
                  needed=True),
            Field("note", _("Note")),
            Field("on", _("Date"), "day", hint=_("today")),
        )  # fmt: skip

    def save(self, book: Book, values: Values, command: str) -> Done:
        """It raises the duty to congratulate or to help."""
        on = values["on"] or self.today
        receipt = affairs.note_event(
            book, self.about.customer_no, values["kind"], on, note=values["note"], by=self.by, command=command
        )
        said = act_words(self.about.name, terms.important_event(values["kind"]), when(on, self.today))
        return Done(said, take_back(receipt, self.by))


class OpinionForm(ActForm):
    """What the customer thinks or proposes."""

    def words(self) -> str:
        """What is done."""
        return _("Opinion")

    def act_fields(self) -> Sequence[Field]:
        """The customer's words."""
        return (Field("text", _("Opinion"), needed=True, hint=_("what the customer thinks or proposes")),)

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Carried to those who should hear it."""
        receipt = affairs.voice_opinion(
            book, self.about.customer_no, values["text"], self.today, by=self.by, command=command
        )
        return Done(act_words(self.about.name, terms.topic("opinion")), take_back(receipt, self.by))


class ProductForm(ActForm):
    """A product that the customer holds, or no longer holds."""

    ONLY_ONE = "which"

    def words(self) -> str:
        """What is done."""
        return _("Product")

    def act_fields(self) -> Sequence[Field]:
        """A new one, or which one ended."""
        new = ("which", NEW)
        return (
            Field("which", _("Which"), "choice", ((NEW, _("a new one")),)),
            Field("product", _("Product name"), needed_with=new, only_with=new),
            Field("amount", _("Amount, yuan"), "money", only_with=new),
            Field("matures_on", _("Matures"), "day", hint=_("6 months later, 2027-05-24"), only_with=new),
            Field("opened_on", _("Opened"), "day", only_with=new),
            Field("product_no", _("Product number"), only_with=new),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """What is held can be ended."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        options = [(NEW, _("a new one"))]
        for held in found.products:
            ends = held["matures_on"]
            matures = f" {_('matures {day}', day=day_month(ends, ground.day))}" if ends else ""
            words = f"{held['product']} {_amount(held['amount_fen'])}{matures}"
            options.append((f"={held['product_no']}", _("ended: {product}", product=words)))
        return Prepared("" if found.products else _("No products yet."), options={"which": tuple(options)})

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Known from now on; a day of maturity raises its duty."""
        no, today, by = self.about.customer_no, self.today, self.by
        if values["which"] != NEW:
            receipt = affairs.end_product(book, no, values["which"][1:], today, by=by, command=command)
            return Done(act_words(self.about.name, terms.topic("product_ended")), take_back(receipt, by))
        receipt = affairs.hold_product(
            book, no, values["product"], values["amount"] or 0, today, product_no=values["product_no"],
            opened_on=values["opened_on"], matures_on=values["matures_on"], by=by, command=command,
        )  # fmt: skip
        said = act_words(self.about.name, f"{values['product']} {_amount(values['amount'] or 0)}")
        return Done(said, take_back(receipt, by))


def _amount(fen: int) -> str:
    return _("{amount} wan", amount=format_wan(fen))
