"""A step of a replay as data, for JSON and JSON Lines."""

from typing import Any

import msgspec

from guanhu.projections.replay_step import Step
from guanhu.tui.names import Names
from guanhu.tui.replay_words import step_words


def step_document(step: Step, names: Names) -> dict[str, Any]:
    """A step; `changes` of a balance are fen. A step without a position tells what days that went by have changed."""
    return {
        "position": step.position,
        "recorded_at": step.recorded_at,
        "occurred_on": step.occurred_on,
        "by": step.by,
        "event": step.topic,
        "summary": step_words(step, names),
        "corrects": step.corrects,
        "customers": step.customers,
        "changes": [
            {
                "what": change.what, "customer_no": change.customer_no, "before": change.before,
                "after": change.after, **change.detail,
            }
            for change in step.changes
        ],
    }  # fmt: skip


def step_line(step: Step, names: Names) -> str:
    """A step as a line of JSON Lines."""
    return msgspec.json.encode(step_document(step, names)).decode()
