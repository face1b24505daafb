"""What the form of a profile says: the facts in their order, the score with what saving makes of it, points by line."""

import msgspec
from textual.content import Content

from guanhu.domain.scheme import Profile as Weights
from guanhu.language import _, terms
from guanhu.tui.fact_values import shown
from guanhu.tui.screens.customer.pane import View
from guanhu.tui.signs import Signs

BAR = 12
"""Cells of the score's bar."""


class FactRow(msgspec.Struct, frozen=True):
    """A fact in the form: its value as known, what it adds to the score (0: nothing)."""

    fact: str
    value: str
    weight: int


def fact_rows(weights: Weights, known: dict[str, str]) -> list[FactRow]:
    """What counts by weight, then what else the catalogue names, then the bank's own facts."""
    counted = sorted(weights.weights, key=lambda fact: -weights.weights[fact])
    others = [fact for fact in terms.FACTS if fact not in weights.weights and fact != "name"]
    own = sorted(fact for fact in known if fact not in weights.weights and fact not in terms.FACTS)
    facts = (*counted, *others, *own)
    return [FactRow(fact, shown(fact, known.get(fact, "")), weights.weights.get(fact, 0)) for fact in facts]


def score_lines(view: View, changed: dict[str, str], signs: Signs, since: str) -> Content:
    """The score as number and bar, and what saving would make of it; `since` when it stands there."""
    weights = view.scheme.profile.weights
    score = view.page.profile_score
    known = {**view.page.profile, **changed}
    given = [fact for fact in weights if known.get(fact) or (fact == "birthday" and known.get("lunar_birthday"))]
    after = sum(weights[fact] for fact in given)
    full = score * BAR // 100
    bar = Content.assemble(("#" * full, "$good"), ("." * (BAR - full), "$muted"))
    parts: list[Content | str | tuple[str, str]] = [
        _("Profile {score} of 100", score=score), "  [", bar, "]  ", _standard(score, view.scheme.profile.full_score),
    ]  # fmt: skip
    if changed:
        words = _("not saved yet: {count} facts, then {score}", count=len(changed), score=after)
        parts += [(f"\n{words}", "bold $soon"), (f"\n{since}" if since else "", "$muted")]
    else:
        words = _("{sign} counts   + would add", sign=signs.done)
        parts.append((f"\n{words}", "$muted"))
    return Content.assemble(*parts)


def _standard(score: int, full: int) -> tuple[str, str]:
    """Whether the file is complete as the scheme wants it, which is not all that could be known."""
    if score < full:
        return _("not complete yet: {full} are wanted", full=full), "$soon"
    if score < 100:
        return _("complete: {full} are enough, the rest may be added", full=full), "$good"
    return _("complete, nothing is missing"), "$good"


def points_of(fact: str, text: str, weights: dict[str, int], signs: Signs, changed: bool) -> Content:
    """What a fact adds: a sign where it is known, what it would add where it is not."""
    weight = weights.get(fact, 0)
    mark = (" *", "bold $soon") if changed else ("", "")
    if not weight:
        return Content.assemble(("", ""), mark)
    return Content.assemble((f"{signs.done} {weight:>2}", "$good") if text else (f"+ {weight:>2}", "$muted"), mark)
