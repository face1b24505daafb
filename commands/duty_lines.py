"""Lines of duties: as documents of DESIGN 7, and as rows for people."""

from datetime import date
from typing import TYPE_CHECKING, Any

from guanhu.commands.names import Names
from guanhu.commands.output import Column
from guanhu.language import _, terms

if TYPE_CHECKING:
    from guanhu.projections.queue import DutyItem

FIELDS = (
    "customer_no", "name", "tier", "aum_fen", "duty", "occurrence", "roles", "owner", "owners", "opens", "due",
    "status", "soft_due", "done_on", "done_by", "acts_done", "acts_needed",
)  # fmt: skip


def duty_document(item: "DutyItem") -> dict[str, Any]:
    """The JSON of one duty; the fields after `status` are beside the contract."""
    return {field: getattr(item, field) for field in FIELDS}


def due_text(due: date | None) -> str:
    """A due date for people; without one, a dash."""
    return due.isoformat() if due else "-"


def duty_columns(names: Names) -> list[Column]:
    """The columns of a list of duties."""
    return [
        Column("due", _("due"), show=due_text),
        Column("status", _("state"), show=terms.status),
        Column("duty", _("duty"), show=names.duty),
        Column("customer_no", _("number")),
        Column("name", _("name")),
        Column("tier", _("tier"), show=lambda tier: names.tier(tier) if tier else ""),
        Column("aum_fen", _("AUM, yuan"), "fen"),
        Column("owner", _("owed by"), show=names.staff),
    ]


def duty_csv_columns() -> list[Column]:
    """The columns of the same list as CSV: all fields of the contract."""
    return [Column(field, field, "fen" if field.endswith("_fen") else "text") for field in FIELDS[:12]]
