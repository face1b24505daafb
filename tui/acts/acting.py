"""The acts that a screen offers on the customer under its cursor: one key each, the same on every screen.

A screen names `Acting` among its bases and `*ACT_KEYS` among its bindings, and says whom an act is for by `about()`,
and by `marked()` where customers can be selected.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from guanhu.language import _
from guanhu.tui.acts.about import About
from guanhu.tui.asking import Asking
from guanhu.tui.keys import bindings

if TYPE_CHECKING:
    from guanhu.tui.acts.form import ActForm

FORMS = {
    "act.call": "contacts:ContactForm",
    "act.visit": "visits:VisitForm",
    "act.message": "contacts:MessageForm",
    "act.promise": "affairs:PromiseForm",
    "act.kept": "affairs:PromiseAnswerForm",
    "act.refer": "affairs:ReferForm",
    "act.accept": "affairs:ReferralAnswerForm",
    "act.request": "affairs:RequestForm",
    "act.event": "tellings:EventForm",
    "act.opinion": "tellings:OpinionForm",
    "act.product": "tellings:ProductForm",
    "act.mark": "settling:MarkForm",
    "act.tag": "keeping:TagForm",
    "act.link": "keeping:LinkForm",
    "act.deposit": "money:DepositForm",
    "act.withdraw": "money:WithdrawForm",
    "act.waive": "settling:WaiveForm",
    "act.correct": "correcting:CorrectForm",
}
"""The form of each act: module and class in this folder, imported when its key is pressed."""

LOG = "log"
"""To be corrected is an entry of the log, not a promise."""

ACT_KEYS = bindings(*FORMS, "act.profile")


class Acting(Asking):
    """The actions; each opens its form over the screen."""

    def about(self) -> About | None:
        """The customer that an act would be for; None where the cursor is on none."""
        raise NotImplementedError

    def marked(self) -> Sequence[str] | Callable[[], Sequence[str]]:
        """The numbers of the customers selected; a function where finding them reads the book (called in a thread)."""
        return ()

    def acted(self) -> None:
        """An act was saved: a screen may clear its selection."""

    def act(self, name: str) -> None:
        """Open the form of an act by its stable name."""
        marked = self.marked() if name == "act.message" else ()
        if callable(marked):
            find = marked
            self.ask("marked", lambda _ground: list(find()), lambda numbers: self._open_form(name, numbers))
        else:
            self._open_form(name, marked)

    def _open_form(self, name: str, marked: Sequence[str]) -> None:
        about = self.about()
        if about is None and marked:
            about = About(marked[0], "")
        if about is None:
            self.nobody()
            return
        form = form_class(name)
        self.app.push_screen(form(about, marked) if form.MANY else form(about), self._act_closed)

    def nobody(self) -> None:
        """Say that there is nobody for whom an act would be."""
        self.app.notify(_("There is no customer under the cursor."), severity="warning", markup=False)

    def _act_closed(self, saved: bool | None) -> None:
        if saved:
            self.acted()

    # One method an action: Textual finds them by name.
    def action_act_call(self) -> None:
        """Log a contact."""
        self.act("act.call")

    def action_act_visit(self) -> None:
        """Log a visit."""
        self.act("act.visit")

    def action_act_message(self) -> None:
        """Log a message, to all that are selected."""
        self.act("act.message")

    def action_act_promise(self) -> None:
        """Note a promise."""
        self.act("act.promise")

    def action_act_kept(self) -> None:
        """Say that a promise was kept, or excuse it."""
        self.act("act.kept")

    def action_act_refer(self) -> None:
        """Pass the customer upward."""
        self.act("act.refer")

    def action_act_accept(self) -> None:
        """Accept a referral, or return it."""
        self.act("act.accept")

    def action_act_request(self) -> None:
        """Ask the department for help."""
        self.act("act.request")

    def action_act_event(self) -> None:
        """Note an important event."""
        self.act("act.event")

    def action_act_opinion(self) -> None:
        """Note an opinion."""
        self.act("act.opinion")

    def action_act_product(self) -> None:
        """Note a product, or its end."""
        self.act("act.product")

    def action_act_mark(self) -> None:
        """Set a mark, or take it off."""
        self.act("act.mark")

    def action_act_tag(self) -> None:
        """Put a tag on, or take it off."""
        self.act("act.tag")

    def action_act_link(self) -> None:
        """Note a relation, or its end."""
        self.act("act.link")

    def action_act_deposit(self) -> None:
        """Key in money paid in."""
        self.act("act.deposit")

    def action_act_withdraw(self) -> None:
        """Key in money paid out."""
        self.act("act.withdraw")

    def action_act_profile(self) -> None:
        """Open the customer's page at the profile, which is filled in there."""
        from guanhu.tui.opening import order_of
        from guanhu.tui.screens.customer import CustomerScreen
        from guanhu.tui.screens.customer.profile import Profile

        if (about := self.about()) is None:
            self.nobody()
        else:
            self.app.push_screen(CustomerScreen(about.customer_no, order_of(self.screen.focused), tab=Profile))

    def action_act_waive(self) -> None:
        """Waive a duty."""
        self.act("act.waive")

    def action_act_correct(self) -> None:
        """Correct an entry of the customer's log, or a promise that is open: which, where there is one."""
        if (about := self.about()) is None:
            self.nobody()
            return
        from guanhu.tui.acts.affairs import open_promises

        self.ask(
            "promises", lambda ground: open_promises(ground, about), lambda found: self._correct(about, found),
        )  # fmt: skip

    def _correct(self, about: About, promises: Sequence[tuple[str, str]]) -> None:
        from guanhu.tui.acts.affairs import PromiseCorrectForm
        from guanhu.tui.widgets.dialogs import choose

        def chosen(what: str) -> None:
            if what == LOG:
                self.app.push_screen(form_class("act.correct")(about), self._act_closed)
            else:
                self.app.push_screen(PromiseCorrectForm(about, int(what)), self._act_closed)

        if not promises:
            chosen(LOG)
            return
        under = about.occurrence if about.duty == "promise" else ""
        options = [(position, _("promise: {promise}", promise=words)) for position, words in promises]
        options.insert(1 if under else 0, (LOG, _("an entry of the log")))
        choose(self, _("Correct what?"), options, options[0][0], chosen)


def form_class(name: str) -> "type[ActForm]":
    """The form of an act by its stable name."""
    module, _colon, found = FORMS[name].partition(":")
    found_class: Any = getattr(import_module(f"guanhu.tui.acts.{module}"), found)
    return found_class  # type: ignore[no-any-return]
