"""A customer opened from wherever one stands: the page comes over the screen, and steps along the list it came from."""

from typing import TYPE_CHECKING

from textual.dom import DOMNode

if TYPE_CHECKING:
    from guanhu.tui.customer_source import Order


def open_customer(node: DOMNode, customer_no: str) -> None:
    """Open a customer's page; on a desk without screens nothing opens."""
    from guanhu.tui.app import GuanhuApp

    if isinstance(node.app, GuanhuApp):
        node.app.open_customer(customer_no, order_of(node.screen.focused))


def order_of(focused: object) -> "Order | None":
    """The order of the list that has the focus, for next and previous on the page; None where it holds no customers."""
    from guanhu.tui.customer_source import CustomerSource, GivenOrder
    from guanhu.tui.widgets.long_list import LongList
    from guanhu.tui.widgets.pages import ListSource

    if not isinstance(focused, LongList):
        return None
    source = focused.source
    if isinstance(source, CustomerSource):
        return source
    if not isinstance(source, ListSource):
        return None
    found = (getattr(row.item, "customer_no", None) for row in source.page(0, source.count()))
    numbers = [number for number in found if number]
    return GivenOrder(numbers) if numbers else None
