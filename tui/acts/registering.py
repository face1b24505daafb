"""A new customer registered at the counter or from the list."""

from collections.abc import Mapping, Sequence

from guanhu.language import _, terms
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list
from guanhu.store.book import Book, Receipt
from guanhu.store.registering import register
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.widgets.form_screen import FormScreen

FACTS = ("phone", "birthday", "identity_no", "address")
"""What is asked for at once; the rest is filled in on the profile."""

Outlets = tuple[Sequence[tuple[str, str]], str]
"""(code, name) of those that are open, and the asker's own."""


class Registering(Asking):
    """For a screen with the action `act.register`."""

    def registered(self, customer_no: str) -> None:
        """A customer was registered: a screen may show them."""

    def action_act_register(self) -> None:
        """Open the form, with the outlets there are."""
        self.ask("outlets", _outlets, self._open_registration)

    def _open_registration(self, found: Outlets) -> None:
        desk = desk_of(self)
        today, by, numbers = desk.today, desk.staff, list[str]()

        def save(book: Book, values: Values, command: str) -> Receipt:
            facts = {fact: str(values[fact]) for fact in FACTS if values[fact]}
            receipt = register(
                book, values["no"], values["name"], facts, values["outlet"], today, by=by, command=command
            )
            numbers.append(values["no"])
            return receipt

        form = FormScreen(
            _("New customer"), _fields(*found), save, said=_said, undo=lambda receipt: take_back(receipt, by),
            draft="register",
        )  # fmt: skip
        self.app.push_screen(form, lambda saved: self.registered(numbers[-1]) if saved else None)


def _outlets(ground: Ground) -> Outlets:
    there = [(each.outlet, each.name) for each in outlet_list(ground.cursor, ground.day) if not each.closed]
    return there, posts_on(ground.cursor, ground.day.toordinal()).outlets.get(ground.staff, "")


def _fields(outlets: Sequence[tuple[str, str]], own: str) -> list[Field]:
    hints: Mapping[str, str] = {"birthday": _("1980-05-06 or 19800506"), "identity_no": _("18 digits")}
    return [
        Field("no", _("Number"), needed=True, hint=_("as the core system has it")),
        Field("name", _("Name"), needed=True),
        *(Field(fact, terms.fact(fact), hint=hints.get(fact, "")) for fact in FACTS),
        Field("outlet", _("Outlet"), "choice", tuple((code, name or code) for code, name in outlets), value=own),
    ]


def _said(values: Values) -> str:
    return _("Registered: {name} {customer_no}", name=values["name"], customer_no=values["no"])
