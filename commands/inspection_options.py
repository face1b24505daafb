"""Arguments and options of `guanhu inspect`."""

from typing import Annotated, Any, TypeAlias

import typer

from guanhu.commands import words
from guanhu.commands.choices import chosen_option, several_chosen
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
    str, chosen_option("--of", "WHAT", SUBJECTS, N_("What the sample is of: entries or customers."))
]
Kinds: TypeAlias = Annotated[
    Any, several_chosen("--kind", "KIND,...", KINDS, N_("Only entries of these kinds, such as contact,visit."))
]
States: TypeAlias = Annotated[
    Any,
    several_chosen(
        "--state", "STATE,...", STATES, N_("Only those in these states: open, answering, judging, ready, closed.")
    ),
]  # fmt: skip
Verdict: TypeAlias = Annotated[
    str, chosen_option("--verdict", "VERDICT", VERDICTS, N_("ok, doubtful, false or cannot_tell."))
]
Checks: TypeAlias = Annotated[
    Any,
    several_chosen(
        "--check", "CHECK,...", CHECKS,
        N_("What was done: called_back, call_record, message_receipt, core_system, documents, on_site."),
        short=SHORT_CHECKS,
    ),
]  # fmt: skip
Grade: TypeAlias = Annotated[str, chosen_option("--class", "CLASS", CLASSES, N_("minor, serious or grave."))]
FindingKind: TypeAlias = Annotated[
    str,
    chosen_option(
        "--kind", "KIND", FINDING_KINDS,
        N_(
            "false_record, late_record, poor_record, not_maintained, not_responsible, profile, promise, privacy or"
            " other."
        ),
        short=SHORT_FINDING_KINDS,
    ),
]  # fmt: skip
Text: TypeAlias = Annotated[str, typer.Option("--text", metavar="TEXT", help=N_("What there is to say."))]
