"""Outside evidence about entries of the log, as the read model keeps it."""

from guanhu.domain.evidence import EvidenceAttached
from guanhu.projections.of_work import opened, seconds
from guanhu.projections.projection import Projection, projects


@projects(EvidenceAttached)
def evidence(p: Projection, position: int, event: EvidenceAttached) -> None:
    """It stands beside the entry and changes nothing of it."""
    text = opened(p, event, event.customer_no, event.text)
    p.cursor.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
        position, p.id(event.customer_no), event.entry, event.occurred_on.toordinal(), event.kind, event.seconds,
        event.reached, text, event.sha256, event.by, seconds(event.recorded_at),
    ))  # fmt: skip
