"""`guanhu customer`: find, show, register, profile, history; marks and the like stand in `customer_marks`."""

from datetime import date, datetime
from typing import Annotated

import msgspec
import typer

from guanhu.commands import words
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import LIMIT, AsOf, CommandId, Csv, Customer, Json, KnownAt, Limit, Offset, On
from guanhu.commands.output import Column, document, facts, items, shape
from guanhu.commands.witness import leave_look
from guanhu.domain.text import fold
from guanhu.language import N_, _, chinese, terms

app = group(N_("Find, show, register and mark customers."))

Name = Annotated[str, typer.Option("--name", metavar="TEXT", help=N_("The customer's name."))]
Outlet = Annotated[
    str, typer.Option("--outlet", metavar="CODE", help=N_("The outlet, by code or name; else the first one."))
]
Birthday = Annotated[str, typer.Option("--birthday", metavar="DATE", help=N_("The birthday."))]
Lunar = Annotated[
    str,
    typer.Option(
        "--lunar-birthday", metavar="MM-DD", help=N_("The birthday by the lunar calendar; L before it in a leap month.")
    ),
]  # fmt: skip
Phone = Annotated[str, typer.Option("--phone", metavar="NUMBER", help=N_("The telephone number."))]
Address = Annotated[str, typer.Option("--address", metavar="TEXT", help=N_("The address."))]
Facts = Annotated[
    list[str],
    typer.Option(
        "--fact", metavar="FACT=VALUE", help=N_("Any other fact, such as occupation=teacher; may be repeated.")
    ),
]


@command(
    app,
    "find",
    N_("Find customers by number, name, pinyin or its initials, telephone or identity number."),
    "guanhu customer find zw",
    "guanhu customer find 8000",
)
def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What is known of the customer."))],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`customer find`."""
    from guanhu.projections.finding import find

    with frame_of(context).asking("customer find", as_of, known_at) as q:
        total, found = find(q.cursor, q.policy, q.book.calendar, q.day, text, limit=limit, offset=offset)
        columns = [
            Column("customer_no", _("number")),
            Column("name", _("name"), least=6),
            Column("tier", _("tier"), show=lambda tier: q.names.tier(tier) if tier else "", spare=2),
            Column("aum_fen", _("AUM, yuan"), "fen", spare=1),
            Column("outlet", _("outlet"), show=q.names.outlet, least=8, spare=3),
            Column("owner", _("owner"), show=q.names.staff, least=6),
        ]
        rows = [msgspec.structs.asdict(each) for each in found]
        items(shape(as_json, as_csv), q.asked, rows, columns, total=total, offset=offset)


@command(app, "show", N_("Show all that is known of a customer."))
def show(
    context: typer.Context,
    customer_no: Customer,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help=N_("Identity and card numbers whole; that you looked is recorded."))
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """`customer show`."""
    from guanhu.commands.customer_page import page_document, page_text
    from guanhu.projections import customers

    with frame_of(context).asking("customer show", as_of, known_at) as q:
        page = customers.page(q.cursor, q.policy, q.book.calendar, q.day, customer_no, uncovered=unmasked)
        kind, form = "unmasked" if unmasked else "page", "json" if as_json else "text"
        leave_look(q, kind, "customer show", form, rows=1, customers=(customer_no,))
        if as_json:
            document({**page_document(page, q.day), **q.known})
        else:
            page_text(page, q)


@command(
    app,
    "register",
    N_("Register a customer."),
    'guanhu customer register 20009999 --name "..." --phone 13800138000',
)
def register(
    context: typer.Context,
    customer_no: Annotated[str, typer.Argument(metavar="NO", help=N_("The new customer's number."))],
    name: Name = "",
    outlet: Outlet = "",
    birthday: Birthday = "",
    lunar_birthday: Lunar = "",
    phone: Phone = "",
    address: Address = "",
    fact: Facts = [],  # noqa: B006 - Typer copies it
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`customer register`."""
    from guanhu.store import registering

    known = _facts(fact, birthday=birthday, lunar_birthday=lunar_birthday, phone=phone, address=address)
    frame = frame_of(context)
    at = frame.outlet_meant(outlet)
    frame.write(
        "customer register",
        lambda book, by: registering.register(
            book, customer_no, name, known, at, on or today(), by=by, command=command_id
        ),
        _("Customer {customer_no} was registered.", customer_no=customer_no),
        as_json=as_json,
    )


@command(
    app,
    "profile",
    N_("Show a customer's profile, or record what was learned."),
    "guanhu customer profile 20001234 --birthday 1980-05-01 --fact occupation=teacher",
)
def profile(
    context: typer.Context,
    customer_no: Customer,
    name: Name = "",
    outlet: Annotated[
        str, typer.Option("--outlet", metavar="CODE", help=N_("The customer's new outlet, by code or name."))
    ] = "",
    birthday: Birthday = "",
    lunar_birthday: Lunar = "",
    phone: Phone = "",
    address: Address = "",
    fact: Facts = [],  # noqa: B006 - Typer copies it
    forget: Annotated[
        list[str], typer.Option("--forget", metavar="FACT", help=N_("Take a fact back; may be repeated."))
    ] = [],  # noqa: B006
    on: On = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`customer profile`."""
    from guanhu.store import registering

    learned = _facts(fact, birthday=birthday, lunar_birthday=lunar_birthday, phone=phone, address=address)
    learned |= dict.fromkeys(map(_fact_meant, forget), "")
    if not (learned or name or outlet):
        _show_profile(context, customer_no, as_of, known_at, as_json=as_json)
        return
    frame = frame_of(context)
    at = frame.outlet_meant(outlet)
    frame.write(
        "customer profile",
        lambda book, by: registering.record_profile(
            book, customer_no, name, learned, at, on or today(), by=by, command=command_id
        ),
        _("The profile of customer {customer_no} was recorded.", customer_no=customer_no),
        as_json=as_json,
    )


def _show_profile(
    context: typer.Context, customer_no: str, as_of: date | None, known_at: datetime | None, *, as_json: bool
) -> None:
    from guanhu.projections import customers

    with frame_of(context).asking("customer profile", as_of, known_at) as q:
        page = customers.page(q.cursor, q.policy, q.book.calendar, q.day, customer_no)
        if as_json:
            head = {"customer_no": page.customer_no, **q.asked, "name": page.name, "score": page.profile_score}
            document({**head, "facts": page.profile, "missing": page.missing})
            return
        facts([
            (_("number"), page.customer_no),
            (_("name"), page.name),
            (_("score"), str(page.profile_score)),
            *((terms.fact(fact), terms.fact_value(fact, value)) for fact, value in page.profile.items()),
            (_("not known"), _(", ").join(map(terms.fact, page.missing))),
        ])  # fmt: skip


def _facts(extra: list[str], **named: str) -> dict[str, str]:
    """The facts that were given, those of `--fact` among them."""
    given = {fact: value for fact, value in named.items() if value}
    for pair in extra:
        fact, equals, value = pair.partition("=")
        if not equals or not fact.strip():
            raise typer.BadParameter(_("write it as FACT=VALUE: {value}", value=pair), param_hint="--fact")
        given[_fact_meant(fact)] = value
    return given


def _fact_meant(word: str) -> str:
    """The id of a fact that is named as pages name it; the names that files use are known to the book."""
    wanted = fold(word.strip())
    return next((id_ for id_, name in terms.FACTS.items() if wanted in (id_, fold(name), fold(chinese(name)))), word)


@command(app, "history", N_("Show everything that happened with a customer, oldest first."))
def history(
    context: typer.Context,
    customer_no: Customer,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Annotated[
        int, typer.Option("--limit", parser=words.count, metavar="N", help=N_("At most so many rows; 0 means all."))
    ] = 0,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`customer history`; not cut unless asked, since who asks for a history wants the whole of it."""
    from guanhu.commands.history import history_columns, history_items

    with frame_of(context).asking("customer history", as_of, known_at) as q:
        total, rows = history_items(q, customer_no, as_of, limit, offset)
        head = {"customer_no": customer_no, **q.known}
        items(shape(as_json, as_csv), head, rows, history_columns(q), total=total, offset=offset)
