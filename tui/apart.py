"""Who only supervises or inspects has no customers: an outlet is shown to them first, and others are offered."""

from guanhu.domain.facts import OF_DEPARTMENT
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list
from guanhu.tui.ground import Ground


def stands_apart(ground: Ground) -> bool:
    """Whether who acts holds posts of the department or of inspectors, and no others (SCHEMES.md 1)."""
    roles = posts_on(ground.cursor, ground.day.toordinal()).roles_of(ground.staff)
    return bool(roles) and roles <= OF_DEPARTMENT


def outlet_first(ground: Ground) -> str:
    """The outlet that is shown first: the own one, else the first that is open; "" where there is none."""
    own = posts_on(ground.cursor, ground.day.toordinal()).outlets.get(ground.staff, "")
    return own or next((each.outlet for each in outlet_list(ground.cursor, ground.day) if not each.closed), "")
