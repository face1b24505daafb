"""The words of the meeting sheet (晨会/夕会), on screen, in the command's answer and on the printed page."""

from collections.abc import Mapping

from guanhu.language import N_, _

WORDS: Mapping[str, str] = {
    "title": N_("Meeting sheet"),
    "morning": N_("Morning meeting"),
    "evening": N_("Evening meeting"),
    "staff": N_("staff"),
    "post": N_("post"),
    "overdue": N_("overdue"),
    "due_today": N_("due today"),
    "due_week": N_("this week"),
    "first": N_("to do first"),
    "steps": N_("planned for today"),
    "done_today": N_("done today"),
    "done_before": N_("done the working day before"),
    "entries": N_("entries"),
    "contacts": N_("contacts"),
    "reached": N_("reached"),
    "visits": N_("visits"),
    "left": N_("overdue+today"),
    "missed": N_("newly missed"),
    "total": N_("outlet"),
    "unowed": N_("Nobody is there to owe: {count}"),
    "waiting": N_("Waiting to be assigned"),
    "nobody_waits": N_("Nobody waits to be assigned."),
    "leave": N_("On leave"),
    "nobody_away": N_("Nobody is away."),
    "stand_in": N_("stand-in"),
    "from": N_("from"),
    "to": N_("to"),
    "moves": N_("Tier changes since {day}"),
    "no_moves": N_("No tier changes."),
    "name": N_("name"),
    "number": N_("number"),
    "tier": N_("tier"),
    "before": N_("before"),
    "aum": N_("AUM, wan"),
    "missing": N_("missing"),
    "system": N_("system owner"),
    "since": N_("since"),
    "signed": N_("Signed"),
    "more": N_("and {count} more"),
}


def meeting_labels(named: Mapping[str, str]) -> dict[str, str]:
    """The words by id, with the book's own: `staff.<id>`, `tier.<id>`, `duty.<id>`, `role.<id>`."""
    # Sentences with places to fill in keep them: the page fills them.
    return {name: _(words, count="{count}", day="{day}") for name, words in WORDS.items()} | dict(named)
