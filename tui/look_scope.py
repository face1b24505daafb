"""What somebody who looked had asked for, in words: conditions by title, ids by name. Loads no Textual."""

from collections.abc import Callable, Mapping

from guanhu.language import N_, _, terms
from guanhu.language.flag_words import flag_name
from guanhu.tui.names import Names, listed

TITLES: Mapping[str, str] = {
    "customer_no": N_("customer"),
    "staff": N_("staff"),
    "outlet": N_("outlet"),
    "tier": N_("tier"),
    "duty": N_("duty"),
    "status": N_("state"),
    "every": N_("of the whole branch"),
    "first": N_("from"),
    "last": N_("to"),
    "month": N_("birthday month"),
    "kind": N_("kind"),
    "flag": N_("red flag"),
    "by": N_("grouped by"),
    "limit": N_("rows at most"),
    "offset": N_("rows left out first"),
    "inspection": N_("inspection"),
}
"""What an event of looking keeps of a question (commands/witness.py), by its name in the code."""

_SAID: Mapping[str, Callable[[Names, str], str]] = {
    "staff": lambda names, id_: names.staff(id_),
    "outlet": lambda names, id_: names.outlet(id_),
    "tier": lambda names, id_: names.tier(id_),
    "duty": lambda names, id_: names.duty(id_),
    "status": lambda names, id_: terms.status(id_),
    "kind": lambda names, id_: terms.topic(id_),
    "flag": lambda names, id_: flag_name(id_),
}


def asked_words(scope: Mapping[str, str], names: Names) -> str:
    """The conditions in a line; a name that is not known is shown as it is."""
    return listed(_part(name, value, names) for name, value in scope.items())


def _part(name: str, value: str, names: Names) -> str:
    title = _(TITLES[name]) if name in TITLES else name
    if value == "True":
        return title
    say = _SAID.get(name)
    # A text on the line may be a name already, which no id is.
    said = [(say(names, each) or each) if say else each for each in value.split(",")]
    return f"{title} {listed(said)}"
