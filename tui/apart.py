"""Who only supervises or inspects has no customers: an outlet is shown to them first, and others are offered."""

from guanhu.domain.facts import OF_DEPARTMENT
from guanhu.projections.posts import posts_on
from guanhu.tui.ground import Ground


def stands_apart(ground: Ground) -> bool:
    """Whether who acts holds posts of the department or of inspectors, and no others (SCHEMES.md 1)."""
    roles = posts_on(ground.cursor, ground.day.toordinal()).roles_of(ground.staff)
    return bool(roles) and roles <= OF_DEPARTMENT
