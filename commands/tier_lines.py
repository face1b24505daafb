"""Lines of tiers: figures, and moves with the rule that made them."""

from guanhu.commands.frame import Question
from guanhu.commands.output import Column
from guanhu.language import N_, _

UNTIERED = "untiered"
"""What stands for no tier where a word is needed; in JSON it is null."""

RULES = {
    "first_balance": N_("first balance"),
    "up_at_once": N_("up at once"),
    "up_month_end": N_("up at the month's end"),
    "down_full_month": N_("down after full months below"),
    "scheme_change": N_("another scheme took over"),
}


def summary_columns(q: Question) -> list[Column]:
    """The columns of the figures."""
    return [
        Column("tier", _("tier"), show=q.names.tier),
        Column("customers", _("customers"), "number"),
        Column("aum_fen", _("AUM, yuan"), "fen"),
    ]


def move_columns(q: Question) -> list[Column]:
    """The columns of moves between tiers."""
    return [
        Column("on", _("date")),
        Column("from_tier", _("from"), show=q.names.tier),
        Column("to_tier", _("to"), show=q.names.tier),
        Column("basis_fen", _("decided by, yuan"), "fen"),
        Column("rule", _("rule"), show=rule),
        Column("provisional", "", show=lambda provisional: _("not yet decided") if provisional else ""),
    ]


def rule(rule_id: str) -> str:
    """The name of the rule that moved a customer."""
    return _(RULES[rule_id]) if rule_id in RULES else rule_id
