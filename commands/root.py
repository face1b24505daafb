"""The root of the commands: what there is, by the work it belongs to, and the options that stand before it."""

from typing import Annotated, Any

import typer

from guanhu.commands.app import Entry, LazyGroup
from guanhu.language import N_, _

CATALOGUE = {
    N_("To begin"): {
        "demo": Entry("demo", "app", N_("Make up a branch and show its day.")),
        "init": Entry("init", "app", N_("Make a new book.")),
        "import": Entry("importing", "app", N_("Take in a file of the bank.")),
        "serve": Entry("serve", "app", N_("Show the interface in a browser.")),
    },
    N_("Customers"): {
        # The last of the group's modules: it builds on the others.
        "customer": Entry("customer_marks", "app", N_("Find, show, register and mark customers.")),
        "assign": Entry("assign", "app", N_("Say who looks after whom.")),
        "tier": Entry("tier", "app", N_("Tiers: figures, lists, and why.")),
        "deposit": Entry("movement", "deposit_app", N_("Key in money that a customer paid in.")),
        "withdraw": Entry("movement", "withdraw_app", N_("Key in money that a customer took out.")),
        "product": Entry("product", "app", N_("Products that customers hold.")),
    },
    N_("The day's work"): {
        "duty": Entry("duty", "app", N_("What is owed to customers, to whom and why.")),
        "contact": Entry("contact", "app", N_("Log contacts.")),
        "visit": Entry("visit", "app", N_("Log visits.")),
        "promise": Entry("promise", "app", N_("Promises made to customers.")),
        "refer": Entry("refer", "app", N_("Pass customers upward.")),
        "request": Entry("request", "app", N_("Ask the department for help.")),
        "event": Entry("event", "app", N_("Important events in customers' lives.")),
        "opinion": Entry("opinion", "app", N_("What customers think and propose.")),
        "entry": Entry("entry_show", "app", N_("An entry of the log, whole; correct it by a new one.")),
        "log": Entry("log", "app", N_("The log: who did what for whom.")),
    },
    N_("The branch and its book"): {
        "staff": Entry("staff", "app", N_("Members of staff and their posts.")),
        "outlet": Entry("meeting", "app", N_("Outlets.")),
        "scheme": Entry("whatif", "app", N_("Schemes: tiers, duties and rules as data.")),
        "day": Entry("opening", "app", N_("Move the book's day on.")),
        "figures": Entry("figures", "app", N_("The figures of the care of customers, and what is behind them.")),
        "audit": Entry("auditing", "app", N_("Prove that nothing was changed since, and see how it came about.")),
        "inspect": Entry(
            "inspection_report", "app", N_("Inspect the log: a sample, worksheets, findings, answers, a report.")
        ),
        "store": Entry("store", "app", N_("The book as a file: check, copy, restore.")),
    },
}


class Root(LazyGroup):
    """`guanhu`."""

    catalogue = CATALOGUE


app = typer.Typer(
    cls=Root,
    help=N_("Look after the customers of a bank branch by tier."),
    rich_markup_mode=None,
    invoke_without_command=True,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"guanhu {version('guanhu')}")
        raise typer.Exit


def _language(text: str) -> str:
    """The language's code, also as locales write it (zh_CN.UTF-8)."""
    if text and not text.casefold().startswith(("zh", "en")):
        raise typer.BadParameter(_("{value} is none of: {allowed}", value=text, allowed="zh, en"))
    return text


@app.callback()
def _before(
    context: typer.Context,
    book: Annotated[
        str, typer.Option(metavar="PATH", envvar="GUANHU_BOOK", help=N_("The book; else the one in your data folder."))
    ] = "",
    staff: Annotated[
        str, typer.Option(metavar="ID", envvar="GUANHU_STAFF", help=N_("Who acts; else the system's user."))
    ] = "",
    lang: Annotated[
        str, typer.Option(metavar="zh|en", envvar="GUANHU_LANG", parser=_language, help=N_("The language."))
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=N_("Say the version."))
    ] = False,
) -> None:
    from guanhu.commands.frame import Frame

    # The language was chosen from the same words before any help text was made.
    frame = Frame(book, staff)
    context.obj = frame
    context.call_on_close(frame.close)
    if context.invoked_subcommand is None:
        from guanhu.commands.bare import bare

        bare(frame, lang or None)


def root() -> Any:
    """The root command, ready to be called."""
    return typer.main.get_command(app)
