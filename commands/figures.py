"""`guanhu figures`: coverage, reach, on time and the like; what is behind each; how each is defined."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guanhu.commands import days
from guanhu.commands.app import Group, command
from guanhu.commands.choices import chosen_option
from guanhu.commands.failing import UsageError
from guanhu.commands.figure_lines import (
    TITLES,
    case_columns,
    case_document,
    case_line,
    long_columns,
    long_lines,
    parts_table,
    row_document,
    whole_table,
)
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.meaning import scope_meant
from guanhu.commands.options import (
    LIMIT,
    AsOf,
    Csv,
    Json,
    KnownAt,
    Limit,
    Offset,
    OfOutlet,
    OfStaff,
    first_day,
    last_day,
)
from guanhu.commands.output import Column, csv_table, document, facts, heading, items, say, shape
from guanhu.commands.provisional import note_provisional
from guanhu.domain.dates import last_of_month, parse_day
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.figures import FIGURES
from guanhu.domain.paging import paged
from guanhu.domain.periods import months_until
from guanhu.domain.text import fold
from guanhu.language import N_, _, current
from guanhu.tui.figure_words import definition, name_of

if TYPE_CHECKING:
    from guanhu.projections.figures.asking import By

SHOW = "show"
MONTHS = 12
"""So many of them unless the first is named."""


class FiguresGroup(Group):
    """`guanhu figures NAME` shows them; only another word that is a command is one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As a group's, with `show` where no command is named."""
        if not args or args[0] not in (*self.commands, *ctx.help_option_names):
            args = [SHOW, *args]
        rest: list[str] = super().parse_args(ctx, args)
        return rest


app = typer.Typer(
    cls=FiguresGroup, help=N_("The figures of the care of customers, and what is behind them."), rich_markup_mode=None,
    add_completion=False,
)  # fmt: skip


def _month(text: str) -> date:
    """The first of a month written like 2026-10; typer.BadParameter."""
    try:
        return parse_day(f"{text.strip()}-01")
    except Refused:
        raise typer.BadParameter(_("{value} is no month like 2026-10", value=text)) from None


def _figure(text: str) -> str:
    """A figure by id or by its name in either language; NotFound("unknown_figure") with all there are."""
    wanted = fold(text.strip())
    for figure in FIGURES.values():
        if wanted in (figure.id, fold(figure.names.zh), fold(figure.names.en)):
            return figure.id
    named = (f"{figure.id} {name_of(figure.id)}" if current() == "zh" else figure.id for figure in FIGURES.values())
    raise NotFound("unknown_figure", value=text, allowed=", ".join(named))


def _known_figures(incomplete: str) -> list[str]:
    return [figure for figure in FIGURES if figure.startswith(incomplete)]


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...", help=N_("Figures, by id or name; else all."), autocompletion=_known_figures
    ),
]  # fmt: skip
Name = Annotated[
    str, typer.Argument(metavar="NAME", help=N_("The figure, by id or name."), autocompletion=_known_figures)
]
First = Annotated[date | None, first_day(N_("From this date ..."))]
Last = Annotated[date | None, last_day(N_("... to this one; else today."))]
Month = Annotated[
    date | None,
    typer.Option("--month", parser=_month, metavar="MONTH", help=N_("The month, like 2026-10; else this one.")),
]
OfTier = Annotated[str, typer.Option("--tier", metavar="TIER", help=N_("Of this tier, by id or name."))]


@command(
    app,
    SHOW,
    N_("The figures of a period; also without the word show."),
    "guanhu figures",
    "guanhu figures reach on_time --by staff --outlet 01 --month 2026-10",
    "guanhu figures coverage --by month --from 2026-01-01",
)
def show(
    context: typer.Context,
    names: Names = None,
    by: Annotated[
        str | None,
        chosen_option("--by", "PART", TITLES, N_("By staff, outlet, tier or month.")),
    ] = None,
    month: Month = None,
    first: First = None,
    last: Last = None,
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    tier: OfTier = "",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:  # fmt: skip
    """`figures`."""
    from guanhu.projections.figures import figures

    asked = shape(as_json, as_csv)
    with frame_of(context).asking("figures", as_of, known_at) as q:
        begin, end = _period(q, month, first, last)
        if by == "month" and not (month or first):
            begin = months_until(end, MONTHS)[0][0]
        parts: By = by or ""  # type: ignore[assignment]
        found = figures(
            q.cursor, q.policy, q.book.calendar, first=begin, last=end, by=parts, as_of=q.day,
            ids=[_figure(name) for name in names or ()], **_scope(q, staff, outlet, tier),
        )  # fmt: skip
        if asked == "json":
            rows = [row_document(row, found) for row in found.rows]
            period = {"from": begin, "to": end, "until": found.until, "provisional": found.provisional}
            document({**q.asked, **period, "by": by or None, "figures": rows})
        elif asked == "csv":
            csv_table(long_columns(), long_lines(found))
        else:
            say(_("{first} to {last}", first=begin.isoformat(), last=found.until.isoformat()))
            (parts_table if by else whole_table)(q, found)
            if found.provisional:
                note_provisional(q, found.until, duties=False)


@command(
    app,
    "behind",
    N_("The customers, duties or entries that a figure counts, or those that it misses."),
    "guanhu figures behind reach --missing --staff 1002 --month 2026-10",
)
def behind(
    context: typer.Context,
    name: Name,
    missing: Annotated[bool, typer.Option("--missing", help=N_("Those that are not counted."))] = False,
    every: Annotated[bool, typer.Option("--all", help=N_("All out of which it is counted."))] = False,
    month: Month = None,
    first: First = None,
    last: Last = None,
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    tier: OfTier = "",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`figures behind`."""
    from guanhu.projections.figures import behind as ask

    if missing and every:
        raise UsageError(_("Of --missing and --all only one can be had."))
    asked = shape(as_json, as_csv)
    figure = _figure(name)
    with frame_of(context).asking("figures behind", as_of, known_at) as q:
        begin, end = _period(q, month, first, last)
        found = ask(
            q.cursor, q.policy, q.book.calendar, figure, first=begin, last=end, as_of=q.day,
            side="missing" if missing else "denominator" if every else "numerator",
            **_scope(q, staff, outlet, tier),
        )  # fmt: skip
        page = paged(found, limit, offset)
        text = asked == "text"
        rows = [case_line(q, figure, line) if text else case_document(figure, line) for line in page]
        columns = case_columns(figure, text=text)
        until = min(end, q.day)
        if text:  # the same days as above the figures
            say(_("{first} to {last}", first=begin.isoformat(), last=until.isoformat()))
        head = {**q.asked, "figure": figure, "from": begin, "to": end, "until": until}
        items(asked, head, rows, columns, total=len(found), offset=offset)


@command(app, "define", N_("What a figure means: what is counted, out of what, and whose it is."))
def define(context: typer.Context, names: Names = None, as_json: Json = False, as_csv: Csv = False) -> None:
    """`figures define`."""
    from guanhu.projections.figures.asking import known

    asked = shape(as_json, as_csv)
    found = [FIGURES[known(_figure(name))] for name in names or FIGURES]
    rows = [
        {
            "figure": figure.id, "name": name_of(figure.id), "unit": figure.unit, "better": figure.better,
            "counted": figure.counted.to(current()), "of": figure.of.to(current()), "whose": figure.whose.to(current()),
        }
        for figure in found
    ]  # fmt: skip
    if asked == "json":
        document({"figures": rows})
    elif asked == "csv":
        csv_table([Column(key, key) for key in rows[0]], rows)
    else:
        for figure in found:
            heading(f"{name_of(figure.id)}  {figure.id}")
            facts(definition(figure))


def _period(q: Question, month: date | None, first: date | None, last: date | None) -> tuple[date, date]:
    """The first and the last day asked about; UsageError where there is no such period yet."""
    if month and (first or last):
        raise UsageError(_("Of --month and --from, --to only one can be had."))
    begin = month or first or (last or q.day).replace(day=1)
    end = last_of_month(begin) if month or not (first or last) else last or q.day
    days.check_order(begin, end)
    if begin > q.day:
        raise UsageError(_("The period begins after the date that is asked about."))
    return begin, end


def _scope(q: Question, staff: str, outlet: str, tier: str) -> dict[str, str | None]:
    """Of whom; NotFound("unknown_staff", "unknown_outlet")."""
    from guanhu.commands.tier import tier_meant

    whose, at = scope_meant(q.cursor, staff, outlet)
    return {"staff": whose or None, "outlet": at or None, "tier": (tier_meant(q, tier) or "") if tier else None}
