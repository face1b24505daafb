"""What is wrong in a scheme's file, a line each."""

from typing import TYPE_CHECKING

from guanhu.commands.output import note
from guanhu.language import N_, _, current

if TYPE_CHECKING:
    from guanhu.domain.scheme_file import Problem, SchemeInvalid

PROBLEMS = {
    "bad_id": N_("this is not an id"),
    "bad_name": N_("this is not a name"),
    "bad_toml": N_("this is not TOML"),
    "duplicate_id": N_("this id is there twice"),
    "empty": N_("this must not be empty"),
    "empty_band": N_("this band holds nothing"),
    "missing_key": N_("this is missing"),
    "nobody_owes": N_("this says nobody who owes the duty"),
    "not_ascending": N_("floors of tiers must ascend"),
    "not_for_trigger": N_("this means nothing with this trigger"),
    "out_of_range": N_("this is out of range"),
    "too_few_roles": N_("together takes two roles at least"),
    "trigger_needs": N_("this trigger needs it"),
    "unknown_fact": N_("this fact is not known"),
    "unknown_key": N_("this key is not known"),
    "unknown_kind": N_("this kind is not known"),
    "unknown_mark": N_("this mark is not known"),
    "unknown_role": N_("this role is not known"),
    "unknown_tier": N_("this tier is not known"),
    "unknown_festival": N_("this festival is not known"),
    "unknown_word": N_("this word is not known"),
    "weights_total": N_("weights must add up to 100"),
    "wrong_type": N_("this is of the wrong type"),
}


TYPES = {
    "string": N_("a text"),
    "integer": N_("a whole number"),
    "boolean": N_("true or false"),
    "array": N_("a list"),
    "table": N_("a table"),
    "number": N_("a number"),
    "date": N_("a date"),
}
"""What a value must be, by the words of scheme_file.py."""


def tell_problems(error: "SchemeInvalid") -> None:
    """Each problem on a line of its own, on stderr."""
    for problem in error.problems:
        note(_line(problem))


def _line(problem: "Problem") -> str:
    reason = _(PROBLEMS[problem.reason]) if problem.reason in PROBLEMS else problem.reason
    where = _("line {line}", line=problem.line) if problem.line else ""
    # What the reader of TOML says is English, and the line shows what is meant.
    allowed = () if problem.reason == "bad_toml" and current() == "zh" else problem.allowed
    said = _(": ").join(part for part in (where, problem.key, reason, problem.value) if part)
    wanted = _(", ").join(_(TYPES[word]) if word in TYPES else word for word in allowed)
    return _("{said} ({wanted})", said=said, wanted=wanted) if wanted else said
