"""Whose work there is to look at: all, an outlet's, a member of staff's; for every screen that lets one choose."""

from guanhu.language import _
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import staff_list
from guanhu.tui.ground import Ground


def whose_options(ground: Ground) -> list[tuple[str, str]]:
    """A question: "all:", "outlet:<code>" and "staff:<id>" with their names, the own outlet's people first."""
    own = posts_on(ground.cursor, ground.day.toordinal()).outlets.get(ground.staff, "")
    members = sorted(staff_list(ground.cursor, ground.day), key=lambda member: member.outlet != own)
    options = [("all:", _("all outlets"))]
    outlets = dict.fromkeys([own, *(member.outlet for member in members)])
    options += [(f"outlet:{code}", ground.names.outlet(code)) for code in outlets if code]
    mine = ground.names.outlet(own)
    for member in members:
        place = ground.names.outlet(member.outlet)
        words = member.name if place == mine else f"{member.name}  {place}"
        options.append((f"staff:{member.staff_id}", words))
    return options
