"""What the tabs of a customer's page share: each shows a `View`, and asks for more only when it is looked at."""

from typing import ClassVar

import msgspec
from textual.containers import Vertical

from guanhu.domain.scheme import Scheme
from guanhu.projections.customers import CustomerPage
from guanhu.tui.asking import Asking
from guanhu.tui.because import Known
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.widgets.customer_card import Card, card_of


class View(msgspec.Struct, frozen=True):
    """A customer on a day, with the names and the scheme that words are made of."""

    card: Card
    scheme: Scheme

    @property
    def page(self) -> CustomerPage:
        """All that is known of the customer."""
        return self.card.page

    @property
    def known(self) -> Known:
        """What the reasons of duties are made of."""
        return self.card.known

    @property
    def names(self) -> Names:
        """Ids in words."""
        return self.card.known.names

    @property
    def no(self) -> str:
        """The customer's number."""
        return self.card.page.customer_no


def view_of(ground: Ground, customer_no: str, *, uncovered: bool = False) -> View:
    """A question: a customer; NotFound("unknown_customer"). `uncovered`: with whole identity and card numbers."""
    return View(card_of(ground, customer_no, uncovered=uncovered), ground.scheme)


class Pane(Vertical, Asking):
    """A tab. `show` gets the view whenever it changed or the tab comes to the front."""

    NAME: ClassVar[str] = ""
    """The tab's name, N_() marked."""

    def show(self, view: View) -> None:
        """Show the customer."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Focus what the keys are for."""
        for widget in self.query("*"):
            if widget.can_focus:
                widget.focus()
                return
