"""The card beside a list: of the customer on whose row the cursor rests; where it is on nobody's, empty at once."""

from guanhu.tui.asking import Asking
from guanhu.tui.widgets.customer_card import Card, CustomerCard, card_of

CARD_DELAY = 0.08
"""Seconds that the cursor rests on a row before its card is asked for."""


class CardBeside(Asking):
    """For a screen with one `CustomerCard`, which its key hides (the class `-no-card`)."""

    def ask_card(self, customer_no: str | None) -> None:
        """Show the card of a customer, or none: then a card that is still on its way must not come either."""
        if customer_no is None:
            self.give_up("card")
            self._show_card(None)
        else:
            self.ask("card", lambda ground: card_of(ground, customer_no), self._show_card, delay=CARD_DELAY)

    def _show_card(self, card: Card | None) -> None:
        self.query_one(CustomerCard).show(card)

    def action_view_card(self) -> None:
        """Show the card, or hide it."""
        self.toggle_class("-no-card")
