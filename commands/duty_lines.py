"""Lines of duties: as documents of DESIGN 7, and as rows for people."""

from datetime import date
from typing import TYPE_CHECKING, Any

from guanhu.commands.frame import Question
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


def duty_line(item: "DutyItem", q: Question) -> dict[str, Any]:
    """The row for people: the daily duties of staff have no customer, those of the department name an outlet."""
    row = duty_document(item)
    if item.customer_no is None:
        row["name"] = q.names.outlet_name(item.occurrence.partition(":")[2])
    return row


def duty_columns(q: Question, staff: str = "") -> list[Column]:
    """The columns of a list of duties; those in which `staff` stands in for somebody say for whom."""
    from guanhu.projections.posts import posts_on

    away = posts_on(q.cursor, q.day.toordinal()).stood_in_for(staff) if staff else ()

    def owed_by(owner: str | None) -> str:
        name = q.names.staff(owner)
        return _("for {staff}", staff=name) if owner in away else name

    return [
        Column("due", _("due"), show=due_text),
        Column("status", _("state"), show=terms.status),
        Column("duty", _("duty"), show=q.names.duty, least=12),
        Column("customer_no", _("number")),
        Column("name", _("name"), least=6),
        Column("tier", _("tier"), show=lambda tier: q.names.tier(tier) if tier else "", spare=3),
        Column("aum_fen", _("AUM, yuan"), "fen", spare=1),
        Column("owner", _("owed by"), show=owed_by, least=6, spare=2),
    ]


def duty_csv_columns() -> list[Column]:
    """The columns of the same list as CSV: all fields of the contract."""
    return [Column(field, field, "fen" if field.endswith("_fen") else "text") for field in FIELDS[:12]]
