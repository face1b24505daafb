"""How figures are laid out: as a table of shares, as lines for programs, and the cases behind one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guanhu.commands.frame import Question
from guanhu.commands.output import Column, table
from guanhu.domain.figures import FIGURES
from guanhu.language import N_, _
from guanhu.tui.figure_words import DAYS, FIELDS, amount, day_of, name_of, part_name, percent, told, unit

if TYPE_CHECKING:
    from guanhu.projections.figures import Line, Row, Share, Table

TITLES = {"staff": N_("staff"), "outlet": N_("outlet"), "tier": N_("tier"), "month": N_("month")}
"""What the parts are parts by."""
WHOLE = "*"
"""Stands for all together among the parts."""


def whole_table(q: Question, found: "Table") -> None:
    """Each figure with its numbers."""
    rows = []
    for row in found.rows:
        figure = FIGURES[row.figure]
        counted, of = amount(row.whole.numerator, figure), amount(row.whole.denominator, figure)
        numbers = {"counted": counted, "of": of, "unit": unit(figure)}
        rows.append({"figure": row.figure, "name": name_of(row.figure), "share": percent(row.whole), **numbers})
    columns = [
        Column("name", _("figure"), least=8),
        Column("share", _("share"), "number", show=str),
        Column("counted", _("counted"), "number", show=str),
        Column("of", _("out of"), "number", show=str),
        Column("unit", _("unit"), spare=1),
        Column("figure", _("name on the line"), spare=2),
    ]
    table(columns, rows)


def parts_table(q: Question, found: "Table") -> None:
    """A line for all and one for each part, a column for each figure."""
    rows: list[dict[str, str]] = []
    for key in (WHOLE, *found.keys):
        name = _("in all") if key == WHOLE else part_name(found.by, key, q.names)
        shares = {row.figure: percent(_share(row, key)) for row in found.rows}
        rows.append({"part": name, **shares})
    columns = [Column("part", _(TITLES[found.by]), least=6)]
    last = len(found.rows)
    columns += [
        Column(row.figure, name_of(row.figure), "number", show=str, spare=n if last > 1 else 0)
        for n, row in enumerate(found.rows)
    ]
    table(columns, rows)


def _share(row: "Row", key: str) -> "Share":
    from guanhu.projections.figures import Share

    return row.whole if key == WHOLE else row.parts.get(key, Share())


def _numbers(share: "Share") -> dict[str, Any]:
    return {"numerator": share.numerator, "denominator": share.denominator, "per_mille": share.per_mille}


def row_document(row: "Row", found: "Table") -> dict[str, Any]:
    """A figure as a document; money in fen."""
    figure = FIGURES[row.figure]
    head = {"figure": row.figure, "unit": figure.unit, "better": figure.better, **_numbers(row.whole)}
    if not found.by:
        return head
    return {**head, "parts": [{found.by: key or None, **_numbers(_share(row, key))} for key in found.keys]}


def long_columns() -> list[Column]:
    """The columns of `long_lines`."""
    return [Column(key, key) for key in ("figure", "part", "numerator", "denominator", "unit", "percent")]


def long_lines(found: "Table") -> Iterator[dict[str, Any]]:
    """A line for each figure and part; `part` is "" for all together, "-" for nobody and the untiered."""
    for row in found.rows:
        for key in (WHOLE, *found.keys):
            share = _share(row, key)
            part = "" if key == WHOLE else key or "-"
            yield {
                "figure": row.figure, "part": part, "numerator": share.numerator, "denominator": share.denominator,
                "unit": FIGURES[row.figure].unit, "percent": share.percent.removesuffix("%"),
            }  # fmt: skip


# ---------------------------------------------------------------- the cases behind one
def case_document(figure: str, line: "Line") -> dict[str, Any]:
    """A case as a document, with what its figure tells of it."""
    case = line.case
    own = {
        name: day_of(value) if field in DAYS else value or None if field == "to" else value
        for field, name in FIELDS[figure].items()
        for value in (getattr(case, field),)
    }
    money = "_fen" if FIGURES[figure].unit == "fen" else ""
    return {
        "customer_no": line.customer_no, "name": line.name, "outlet": case.outlet, "tier": case.tier or None,
        "staff": case.staff, f"numerator{money}": case.part, f"denominator{money}": case.whole, **own,
        "positions": case.positions,
    }  # fmt: skip


def case_line(q: Question, figure: str, line: "Line") -> dict[str, Any]:
    """A case for people."""
    return {
        "customer_no": line.customer_no, "name": line.name, "tier": q.names.tier(line.case.tier or None),
        "staff": q.names.staff_list(line.case.staff), "told": told(figure, line, q.names),
        "positions": line.case.positions,
    }  # fmt: skip


def case_columns(figure: str, *, text: bool) -> list[Column]:
    """The columns of a case, for people or for programs."""
    if text:
        return [
            Column("customer_no", _("number")),
            Column("name", _("name"), least=6),
            Column("tier", _("tier"), least=6, spare=1),
            Column("staff", _("counts for"), least=6, spare=2),
            Column("told", _("what it is"), least=16),
            Column("positions", _("entry"), spare=3),
        ]
    money = "_fen" if FIGURES[figure].unit == "fen" else ""
    keys = ["customer_no", "name", "outlet", "tier", "staff", f"numerator{money}", f"denominator{money}"]
    keys += [*FIELDS[figure].values(), "positions"]
    return [Column(key, key, "fen" if key.endswith("_fen") else "text") for key in keys]
