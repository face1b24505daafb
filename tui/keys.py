"""The one set of keys: every action of the interface with its stable name, its keys and what it is called.

A screen takes the actions it offers by name (`bindings("act.call", "list.down")`) and writes a method for each:
`act.call` runs `action_act_call`. One action has one key on every screen, and no two share one; a user's key file
(`keymap.py`) changes keys by these names. Words are English here and said in the language in force when shown.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from guanhu.language import N_

if TYPE_CHECKING:
    from textual.binding import Binding

FORM = "form"
"""The group of keys that work inside forms, where no other group's keys are reached."""


class Action(msgspec.Struct, frozen=True):
    """An action with a key: its stable name, its keys (comma-separated, as Textual names them), its name for people.

    `shown`: it stands in the footer. `anywhere`: it works inside inputs too.
    """

    id: str
    keys: str
    words: str
    shown: bool = False
    anywhere: bool = False

    @property
    def group(self) -> str:
        """The part of the name before the dot."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """What Textual calls the action: `act.call` is `act_call`; all screens are gone to by one, `go`."""
        return f"go({self.id.partition('.')[2]!r})" if self.group == "go" else self.id.replace(".", "_")


GROUPS: Mapping[str, str] = {
    "act": N_("Acts"),
    "list": N_("Lists"),
    "view": N_("View"),
    "go": N_("Screens"),
    "form": N_("Forms"),
    "app": N_("Everywhere"),
}
"""The groups of actions, in the order of the help screen."""

_ALL = (
    # What is done for a customer
    Action("act.call", "c", N_("Call"), shown=True),
    Action("act.visit", "v", N_("Visit"), shown=True),
    Action("act.message", "m", N_("Message"), shown=True),
    Action("act.promise", "p", N_("Promise")),
    Action("act.kept", "K", N_("Promise kept")),
    Action("act.refer", "r", N_("Refer")),
    Action("act.accept", "Y", N_("Accept referral")),
    Action("act.plan", "t", N_("Plan")),
    Action("act.event", "i", N_("Important event")),
    Action("act.opinion", "o", N_("Opinion")),
    Action("act.request", "R", N_("Ask for help")),
    Action("act.profile", "E", N_("Profile")),
    Action("act.product", "P", N_("Product")),
    Action("act.deposit", "plus", N_("Deposit")),
    Action("act.withdraw", "minus", N_("Withdrawal")),
    Action("act.mark", "M", N_("Mark")),
    Action("act.tag", "number_sign", N_("Tag")),
    Action("act.link", "L", N_("Relation")),
    Action("act.assign", "a", N_("Assign")),
    Action("act.handover", "A", N_("Hand over")),
    Action("act.share", "D", N_("Share out")),
    Action("act.waive", "W", N_("Waive")),
    Action("act.correct", "x", N_("Correct")),
    Action("act.register", "C", N_("New customer")),
    Action("act.evidence", "X", N_("Attach evidence")),
    Action("act.inspect", "J", N_("New inspection")),
    Action("act.sheet", "B", N_("Worksheet")),
    Action("act.finding", "exclamation_mark", N_("Raise finding")),
    Action("act.answer", "Q", N_("Answer or judge")),
    Action("act.close", "equals_sign", N_("Close inspection")),
    Action("act.looking", "ampersand", N_("Recording of looks")),
    # Lists
    Action("list.down", "j,down", N_("Down")),
    Action("list.up", "k,up", N_("Up")),
    Action("list.half_down", "ctrl+d", N_("Half a page down")),
    Action("list.half_up", "ctrl+u", N_("Half a page up")),
    Action("list.page_down", "pagedown,ctrl+f", N_("Page down")),
    Action("list.page_up", "pageup,ctrl+b", N_("Page up")),
    Action("list.first", "g,home", N_("First row")),
    Action("list.last", "G,end", N_("Last row")),
    Action("list.group_next", "right_square_bracket", N_("Next group")),
    Action("list.group_previous", "left_square_bracket", N_("Previous group")),
    Action("list.open", "enter", N_("Open"), shown=True),
    Action("list.mark", "space", N_("Select or not"), shown=True),
    Action("list.mark_range", "V", N_("Select up to here")),
    Action("list.mark_all", "asterisk", N_("Select all or none")),
    Action("list.sort", "s", N_("Sort")),
    Action("list.sort_back", "S", N_("Reverse order")),
    Action("list.next", "n", N_("Next match")),
    Action("list.previous", "N", N_("Previous match")),
    # How a screen is looked at
    Action("view.next", "l,right", N_("Next page")),
    Action("view.previous", "h,left", N_("Previous page")),
    Action("view.filter", "f", N_("Filter"), shown=True),
    Action("view.clear", "backspace", N_("Clear filter")),
    Action("view.why", "w", N_("Why"), shown=True),
    Action("view.day", "d", N_("Day")),
    Action("view.earlier", "less_than_sign,comma", N_("Earlier")),
    Action("view.later", "greater_than_sign,full_stop", N_("Later")),
    Action("view.card", "b", N_("Card")),
    Action("view.uncover", "f4", N_("Whole numbers")),
    Action("view.whose", "z", N_("Whose")),
    Action("view.whatif", "O", N_("What if")),
    Action("view.time", "T", N_("Time")),
    Action("view.looks", "at", N_("Who looked")),
    Action("view.proof", "U", N_("Proof")),
    # Screens
    Action("go.today", "1", N_("Today")),
    Action("go.customers", "2", N_("Customers")),
    Action("go.log", "3", N_("Log")),
    Action("go.outlet", "4", N_("Outlet")),
    Action("go.scheme", "5", N_("Scheme")),
    Action("go.counter", "6", N_("Counter")),
    Action("go.meeting", "7", N_("Meeting sheet")),
    Action("go.inspection", "8", N_("Inspections")),
    Action("go.figures", "9", N_("Figures")),
    Action("go.flags", "F", N_("Red flags")),
    Action("go.replay", "Z", N_("Replay")),
    # Forms
    Action("form.save", "ctrl+s", N_("Save"), shown=True, anywhere=True),
    Action("form.cancel", "escape", N_("Cancel"), shown=True, anywhere=True),
    Action("form.anew", "ctrl+r", N_("Begin anew"), anywhere=True),
    Action("form.present", "ctrl+t", N_("Back to the present"), anywhere=True),
    # Everywhere
    Action("app.find", "slash", N_("Find"), shown=True),
    Action("app.undo", "u", N_("Undo"), shown=True),
    Action("app.back", "escape,q", N_("Back"), shown=True),
    Action("app.jump", "semicolon,ctrl+o", N_("Jump")),
    Action("app.palette", "ctrl+p,colon", N_("Commands"), shown=True, anywhere=True),
    Action("app.help", "question_mark,f1", N_("Help"), shown=True),
    Action("app.settings", "f2", N_("Settings")),
    Action("app.refresh", "f5,ctrl+r", N_("Refresh")),
    Action("app.copy", "y", N_("Copy")),
    Action("app.export", "e", N_("Export")),
    Action("app.import", "I", N_("Import a file")),
    Action("app.print", "H", N_("Print")),
    Action("app.screenshot", "f12", N_("Picture of the screen")),
    Action("app.quit", "ctrl+q", N_("Quit"), anywhere=True),
)

ACTIONS: Mapping[str, Action] = {action.id: action for action in _ALL}
"""Every action by its stable name."""


def bindings(
    *ids: str, shown: tuple[str, ...] | None = None, words: Mapping[str, str] | None = None
) -> "list[Binding]":
    """Textual's bindings for these actions; KeyError for a name that is not in `ACTIONS`.

    `shown`: those of them for the footer, in place of the table's own choice. `words`: other names, N_() marked, for
    a screen where an action means something more special.
    """
    from textual.binding import Binding

    found = []
    for name in ids:
        action = ACTIONS[name]
        show = action.shown if shown is None else name in shown
        said = (words or {}).get(name, action.words)
        priority = action.anywhere and action.group == "app"
        found.append(Binding(action.keys, action.method, said, show=show, id=name, priority=priority))
    return found
