"""A step of a replay as data, for JSON and JSON Lines."""

from typing import Any

import msgspec

from guanhu.projections.queue import DutyItem
from guanhu.projections.replay_step import Step
from guanhu.projections.replay_story import Story
from guanhu.tui.names import Names
from guanhu.tui.replay_story import joined, sentences, standing
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


def story_chapters(story: Story, names: Names) -> list[dict[str, Any]]:
    """The months of a story, oldest first: the paragraph and what it is told from; amounts in fen.

    `balances`: the AUM before the month and at its end, where a report came. `settled` and `missed`: duties.
    """
    return [
        {
            "customer_no": story.page.customer_no,
            "month": f"{chapter.month:%Y-%m}",
            "text": joined(sentences(chapter, names)),
            "from_fen": chapter.balances[0] if chapter.balances else None,
            "to_fen": chapter.balances[1] if chapter.balances else None,
            "beats": [
                {
                    "position": beat.position, "occurred_on": beat.on, "by": beat.by, "event": beat.code,
                    "details": beat.details, "settled": [_duty(item) for item in beat.settled],
                }
                for beat in chapter.beats
            ],
            "missed": [_duty(item) for item in chapter.missed],
        }
        for chapter in story.chapters
    ]  # fmt: skip


def story_document(story: Story, names: Names) -> dict[str, Any]:
    """A story whole, with how the customer stands on its day."""
    return {
        "customer_no": story.page.customer_no,
        "name": story.page.name,
        "as_of": story.day,
        "chapters": story_chapters(story, names),
        "stands": joined(standing(story, names)),
    }


def _duty(item: DutyItem) -> dict[str, Any]:
    return {"duty": item.duty, "occurrence": item.occurrence, "due": item.due, "status": item.status}
