"""The tiers a customer was in: every move with the rule and the balances that decided it, and what would come next."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.language import N_, _, terms
from guanhu.projections.tier_story import TierMove, TierWhy, tier_history, tier_why
from guanhu.tui.cells import fit, wan
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.signs import Signs, signs_of
from guanhu.tui.widgets.breaking import HANG
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose

SHOWN_BALANCES = 12
AMOUNT = 16
"""Cells of an amount among others."""


class Tiers(Pane):
    """The moves, newest first, with the reason of the highlighted one below; above, how things stand."""

    NAME: ClassVar[str] = N_("Tiers")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """How it stands, the moves, the reason."""
        yield Prose(id="tier-now")
        yield LongList(id="moves", markable=False)
        with VerticalScroll(classes="panel", id="tier-why", can_focus=True):
            yield Prose(id="tier-text")

    def show(self, view: View) -> None:
        """Ask for the moves."""
        self._view = view
        self.query_one(LongList).empty = _("no balance yet")

        def question(ground: Ground) -> tuple[list[TierMove], TierWhy]:
            return tier_history(ground.cursor, view.no), tier_why(ground.cursor, ground.policy, ground.day, view.no)

        self.ask("moves", question, lambda answer: self._show(*answer))

    def _show(self, moves: list[TierMove], why: TierWhy) -> None:
        if self._view is None:
            return
        names, rank, day = self._view.names, self._view.scheme.rank, self._view.card.day
        self.query_one("#tier-now", Static).update(Content("\n").join(standing_lines(why, names)))
        listing = self.query_one(LongList)
        listing.set_columns(_columns(names, rank, signs_of(self.app), day))
        rows = rows_of(list(reversed(moves)), lambda move: f"{move.on}{move.from_tier}{move.to_tier}")
        listing.show(ListSource(rows))

    @on(LongList.Highlighted, "#moves")
    def _explain(self, event: LongList.Highlighted) -> None:
        event.stop()
        view, move = self._view, event.row.item
        if view is None:
            return

        def question(ground: Ground) -> TierWhy:
            return tier_why(ground.cursor, ground.policy, move.on, view.no)

        def show(why: TierWhy) -> None:
            self.query_one("#tier-text", Static).update(Content("\n").join(move_lines(move, why, view.names)))

        self.ask("move", question, show, delay=0.05)


def standing_lines(why: TierWhy, names: Names) -> Iterator[Content]:
    """The tier now, the floors on both sides, what comes if nothing changes."""
    if why.aum_fen is None:
        yield Content.styled(_("no balance yet"), "$muted")
        return
    measure = _("balance of the day") if why.measure == "balance" else _("month's average")
    highest = _("this month's highest {amount}", amount=_wan(why.month_highest_fen))
    yield Content.assemble(
        (names.tier(why.tier), "bold"), f"  {measure} {_wan(why.measure_fen)}", (f"  {highest}", "$muted")
    )
    parts = []
    if why.floor_fen is not None:
        parts.append((_("floor {amount}", amount=_wan(why.floor_fen)), "$muted"))
    if why.next_floor_fen is not None and why.measure_fen is not None and why.next_floor_fen > why.measure_fen:
        lacking = _("{amount} short of the next tier", amount=_wan(why.next_floor_fen - why.measure_fen))
        parts.append((lacking, "$key"))
    if parts:
        yield Content("  ").join(Content.styled(*part) for part in parts)
    if why.next_move is not None:
        move = why.next_move
        words = _("Without another balance: {tier} on {day}", tier=names.tier(move.to_tier), day=move.on.isoformat())
        yield Content.styled(words, "$soon")


def move_lines(move: TierMove, why: TierWhy, names: Names) -> Iterator[Content]:
    """Why one move was made: the rule, the amount that decided, the scheme, the balances behind it."""
    moved = _("from {before} to {after}", before=names.tier(move.from_tier), after=names.tier(move.to_tier))
    yield Content.styled(f"{move.on.isoformat()}  {moved}", "bold")
    entry = _("not decided yet") if move.position is None else _("entry {position}", position=move.position)
    told = (
        (_("Rule"), f"{terms.tier_rule(move.rule)}  {names.scheme(move.scheme, move.version)}"),
        (_("Decided by"), f"{_wan(move.basis_fen)}  {entry}"),
    )
    for title, words in told:
        yield Content.assemble((f"{title}  ", "$muted"), HANG, words)
    yield Content.styled(_("Balances that counted:"), "$muted")
    for fact in why.balances[-SHOWN_BALANCES:]:
        source = _("entry {position}", position=fact.position)
        amount = fit(_wan(fact.aum_fen), AMOUNT, "right")
        yield Content.assemble(f"  {fact.date.isoformat()}  {amount}", (f"  {source}", "$muted"))


def _wan(fen: int | None) -> str:
    return "-" if fen is None else _("{amount} wan", amount=wan(fen, 2))


def _columns(names: Names, rank: dict[str | None, int], signs: Signs, today: date) -> list[Column]:
    def way(move: TierMove) -> Cell:
        up = rank.get(move.to_tier, 0) > rank.get(move.from_tier, 0)
        return (f"{signs.up} " + _("up"), "good") if up else (f"{signs.down} " + _("down"), "late")

    def note(move: TierMove) -> Cell:
        return (f"{signs.provisional} " + _("to come"), "soon") if move.on > today else ""

    return [
        Column("on", _("Date"), lambda move: move.on.isoformat(), 10),
        Column("way", _("Way"), way, 7),
        Column("from", _("Former tier"), lambda move: names.tier(move.from_tier), 11, 16, flex=1),
        Column("to", _("New tier"), lambda move: (names.tier(move.to_tier), "strong"), 11, 16, flex=1),
        Column("basis", _("Decided by, wan"), lambda move: wan(move.basis_fen, 2), 15, 17, flex=1, align="right"),
        Column("rule", _("Rule"), lambda move: terms.tier_rule(move.rule), 12, 24, flex=2),
        Column("note", "", note, 8, priority=1),
    ]
