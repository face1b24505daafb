"""Arguments and options of `guanhu inspect`."""

from typing import Annotated, Any, TypeAlias

import typer

from guanhu.commands import words
from guanhu.commands.completing import inspections, sampled
from guanhu.language import N_
from guanhu.language.inspection_words import (
    CHECKS,
    CLASSES,
    FINDING_KINDS,
    SHORT_CHECKS,
    SHORT_FINDING_KINDS,
    STATES,
    SUBJECTS,
    VERDICTS,
)
from guanhu.language.log_words import KINDS

Number: TypeAlias = Annotated[
    str, typer.Argument(metavar="ID", help=N_("The inspection's number."), autocompletion=inspections)
]
Item: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="ITEM", help=N_("The sampled entry's or customer's number."), autocompletion=sampled),
]
FindingNumber: TypeAlias = Annotated[
    int, typer.Argument(metavar="FINDING", parser=words.count, help=N_("The finding's number."))
]
Subject: TypeAlias = Annotated[
    str,
    typer.Option(
        "--of", parser=words.one_of(SUBJECTS), metavar="WHAT", autocompletion=lambda: list(SUBJECTS),
        help=N_("What the sample is of: entries or customers."),
    ),
]  # fmt: skip
Kinds: TypeAlias = Annotated[
    Any,
    typer.Option(
        "--kind", parser=words.some_of(KINDS), metavar="KIND,...", autocompletion=lambda: list(KINDS),
        help=N_("Only entries of these kinds, such as contact,visit."),
    ),
]  # fmt: skip
States: TypeAlias = Annotated[
    Any,
    typer.Option(
        "--state", parser=words.some_of(STATES), metavar="STATE,...", autocompletion=lambda: list(STATES),
        help=N_("Only those in these states: open, answering, ready, closed."),
    ),
]  # fmt: skip
Verdict: TypeAlias = Annotated[
    str,
    typer.Option(
        "--verdict", parser=words.one_of(VERDICTS), metavar="VERDICT", autocompletion=lambda: list(VERDICTS),
        help=N_("ok, doubtful, false or cannot_tell."),
    ),
]  # fmt: skip
Checks: TypeAlias = Annotated[
    Any,
    typer.Option(
        "--check", parser=words.some_of(CHECKS, SHORT_CHECKS), metavar="CHECK,...", autocompletion=lambda: list(CHECKS),
        help=N_("What was done: called_back, call_record, message_receipt, core_system, documents, on_site."),
    ),
]  # fmt: skip
Grade: TypeAlias = Annotated[
    str,
    typer.Option(
        "--class", parser=words.one_of(CLASSES), metavar="CLASS", autocompletion=lambda: list(CLASSES),
        help=N_("minor, serious or grave."),
    ),
]  # fmt: skip
FindingKind: TypeAlias = Annotated[
    str,
    typer.Option(
        "--kind", parser=words.one_of(FINDING_KINDS, SHORT_FINDING_KINDS), metavar="KIND",
        autocompletion=lambda: list(FINDING_KINDS),
        help=N_(
            "false_record, late_record, poor_record, not_maintained, not_responsible, profile, promise, privacy or"
            " other."
        ),
    ),
]  # fmt: skip
Text: TypeAlias = Annotated[str, typer.Option("--text", metavar="TEXT", help=N_("What there is to say."))]
