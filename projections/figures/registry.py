"""Which function counts which figure."""

from collections.abc import Callable, Iterator, Mapping

from guanhu.projections.figures import between, in_care
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.figures.late_writing import late_writing
from guanhu.projections.figures.on_time import on_time
from guanhu.projections.figures.retention import maturity_retention

Count = Callable[[Inquiry], Iterator[Case]]

COUNTS: Mapping[str, Count] = {
    "coverage": in_care.coverage,
    "reach": in_care.reach,
    "on_time": on_time,
    "up_rate": between.up_rate,
    "down_rate": between.down_rate,
    "near_conversion": between.near_conversion,
    "maturity_retention": maturity_retention,
    "attrition": between.attrition,
    "late_writing": late_writing,
    "profile_completeness": in_care.profile_completeness,
    "profile_complete": in_care.profile_complete,
}
"""By the ids of `guanhu.domain.figures.FIGURES`; a test holds both together."""

BY_DAY = frozenset({"late_writing"})
"""Figures whose cases are found by day, whoever the customer is: these read few things at a time by themselves."""


def cases(figure: str, inquiry: Inquiry) -> Iterator[Case]:
    """The cases of a figure that are in scope."""
    scope = inquiry.scope
    found = COUNTS[figure](inquiry)
    if scope.staff is None and scope.outlet is None and scope.tier is None:  # ids are asked for in the question itself
        return found
    return (case for case in found if case.among(scope))
