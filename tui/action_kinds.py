"""What an action leads to, by its name: an act of maintenance, or another, or none."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

INSPECTING = frozenset({
    "act_evidence", "act_inspect", "act_sheet", "act_finding", "act_answer", "act_close", "act_looking",
})  # fmt: skip
"""Actions of inspections and of looking: no maintenance."""


def writes(action: "str | ActionParseResult") -> bool:
    """Whether an action leads to an act."""
    name = named(action)
    return name.startswith("act_") or name in ("app_undo", "app_import")


def maintains(action: "str | ActionParseResult") -> bool:
    """Whether an action leads to what one who only inspects leaves to others (domain/maintaining.py)."""
    name = named(action)
    return name.startswith("act_") and name not in INSPECTING


def named(action: "str | ActionParseResult") -> str:
    """The action's name alone."""
    return action.partition("(")[0].rpartition(".")[2] if isinstance(action, str) else action[1]
