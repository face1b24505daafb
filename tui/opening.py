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


def customer_under(focused: object) -> str:
    """The number of the customer under the cursor of the list in focus; "" where there is none, or several."""
    from guanhu.tui.widgets.long_list import LongList

    item = focused.row.item if isinstance(focused, LongList) and focused.row is not None else None
    several = getattr(item, "customers", ())
    if isinstance(several, tuple | list):
        return str(getattr(item, "customer_no", None) or (several[0] if len(several) == 1 else ""))
    return str(getattr(item, "customer_no", None) or "")


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
