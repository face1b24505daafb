"""Lines of tiers: figures, and moves with the rule that made them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.frame import Question
from guanhu.commands.output import Column
from guanhu.language import _, terms

if TYPE_CHECKING:
    from guanhu.projections.tier_story import TierMove

UNTIERED = "untiered"
"""What stands for no tier where a word is needed; in JSON it is null."""


def summary_columns(q: Question) -> list[Column]:
    """The columns of the figures."""
    return [
        Column("tier", _("tier"), show=q.names.tier),
        Column("customers", _("customers"), "number"),
        Column("aum_fen", _("AUM, yuan"), "fen"),
    ]


def move_columns() -> list[Column]:
    """The columns of moves between tiers, whose lines are `move_lines`; CSV keeps the ids."""
    return [
        Column("on", _("date")),
        Column("from_tier", _("from tier")),
        Column("to_tier", _("to tier")),
        Column("basis_fen", _("decided by, yuan"), "fen"),
        Column("rule", _("rule"), show=terms.tier_rule, least=12),
        Column("provisional", _("remarks"), show=lambda provisional: _("not yet decided") if provisional else ""),
    ]


def move_lines(q: Question, moves: "Iterable[TierMove]") -> list[dict[str, Any]]:
    """Moves for people: their tiers have the names of the scheme that decided them, whatever has governed since."""
    lines = []
    for move in moves:
        name = q.names.of_scheme(move.scheme, move.version)
        tiers = {"from_tier": name(move.from_tier), "to_tier": name(move.to_tier)}
        lines.append({**msgspec.structs.asdict(move), **tiers})
    return lines
