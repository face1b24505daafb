"""The report of an inspection, a page to print or a workbook, and its scope in words: for screens and commands."""

from typing import IO

from guanhu.domain.inspection import Scope
from guanhu.domain.scheme import Scheme
from guanhu.language import _, current
from guanhu.language.inspection_words import named
from guanhu.projections.inspection_report import Report, report
from guanhu.projections.inspection_view import Inspection
from guanhu.tui.names import Names, day_text, listed

FORMS = ("html", "xlsx")


def scope_text(scope: Scope, names: Names) -> str:
    """What is inspected, in a line."""
    where = names.outlet(scope.outlet) if scope.outlet else "" if scope.staff_id else _("the whole branch")
    when = _("{first} to {last}", first=day_text(scope.first), last=day_text(scope.last))
    kinds = listed(named("kind", kind) for kind in scope.kinds)
    return listed([named("subject", scope.subject), where, names.staff(scope.staff_id), when, kinds])


def figures_of(found: Inspection, scheme: Scheme) -> Report:
    """The figures of the report, tiers in the order of a scheme."""
    rank = scheme.rank
    return report(found, lambda tier: rank.get(tier or None, len(rank)))


def write_report(target: IO[bytes], form: str, found: Inspection, names: Names, scheme: Scheme, day: str) -> None:
    """Write the report in one of FORMS, in the language in force; `day`: as of which it is, in words."""
    from guanhu.language.inspection_report_words import report_labels
    from guanhu.projections.inspection_page import page
    from guanhu.projections.inspection_sheet import write_workbook

    outlets = {found.line.scope.outlet, *(finding.outlet for finding in found.findings)}
    labels = report_labels(names.labels() | {f"outlet.{code}": names.outlet(code) for code in outlets})
    figures, scope = figures_of(found, scheme), scope_text(found.line.scope, names)
    if form == "xlsx":
        write_workbook(target, found, figures, scope, day, labels)
        return
    for piece in page(found, figures, scope, day, labels, current()):
        target.write(piece.encode())
