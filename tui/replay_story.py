"""A customer's story in plain sentences, a paragraph for each month."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby

from guanhu.domain.money import format_wan, format_yuan
from guanhu.language import _, current, terms
from guanhu.projections.queue import DutyItem
from guanhu.projections.replay_story import Beat, Chapter, Story
from guanhu.tui.history_words import summary
from guanhu.tui.names import Names, listed, month_text
from guanhu.tui.replay_words import duty_words


def paragraphs(story: Story, names: Names) -> Iterator[tuple[str, str]]:
    """(heading, paragraph) of every month, and of how the customer stands at the end.

    Months in which the same was missed and nothing happened have one paragraph together.
    """
    told = [(chapter, joined(sentences(chapter, names))) for chapter in story.chapters]
    for _key, alike in groupby(enumerate(told), lambda each: _run(*each)):
        run = [(chapter, text) for _n, (chapter, text) in alike if text]
        if len(run) > 1:
            first, last = (month_text(run[n][0].month) for n in (0, -1))
            missed = _duties(run[0][0].missed, names, run[0][0].month)
            yield _("{first} to {last}", first=first, last=last), _("Missed every month: {duties}.", duties=missed)
        elif run:
            yield month_text(run[0][0].month), run[0][1]
    yield _("As it stands on {day}", day=story.day.isoformat()), joined(standing(story, names))


def _run(n: int, told: tuple[Chapter, str]) -> tuple[bool, int, str]:
    """The same for months one after the other in which the same was missed and nothing happened."""
    chapter, text = told
    quiet = not chapter.beats and chapter.balances is None
    return quiet, chapter.month.year * 12 + chapter.month.month - n if quiet else n, text


def joined(parts: Iterable[str]) -> str:
    """Sentences one after the other, in Chinese without a blank between them."""
    return ("" if current() == "zh" else " ").join(part for part in parts if part)


def sentences(chapter: Chapter, names: Names) -> Iterator[str]:
    """The sentences of a month: how the balance moved, what happened, what was missed."""
    if chapter.balances is not None:
        yield _balance(*chapter.balances)
    taken = {(beat.details["staff"], beat.on) for beat in chapter.beats if _is_seat(beat, "owner")}
    for beat in chapter.beats:
        if _is_seat(beat, "system") and (beat.details["staff"], beat.on) in taken:
            continue  # who takes a customer on keeps the record too
        yield _TOLD.get(beat.code, _other)(beat, names)
        yield _free(beat)
        settled = [duty for duty in beat.settled if duty.duty != "promise"]
        if settled:
            yield _("This settled: {duties}.", duties=_duties(settled, names, chapter.month))
    if chapter.missed:
        yield _("Missed: {duties}.", duties=_duties(chapter.missed, names, chapter.month))


def _is_seat(beat: Beat, seat: str) -> bool:
    return beat.code == "assigned" and bool(beat.details["seat"] == seat)


# ---------------------------------------------------------------- words
def _day(day: date) -> str:
    """A day within its year, as it is said."""
    return f"{day.month}月{day.day}日" if current() == "zh" else f"{day:%m-%d}"


def _ends(text: str) -> str:
    """A free text as a sentence."""
    text = " ".join(text.split())
    if not text or text[-1] in ".!?。！？…":
        return text
    return f"{text}{'。' if current() == 'zh' else '.'}"


def _free(beat: Beat) -> str:
    """What was noted, where the sentence has not told it."""
    return _ends(str(beat.details.get("text", ""))) if beat.code in _NOTED else ""


_NOTED = frozenset({
    "contact", "visit", "promise_kept", "important_event", "referred", "referral_accepted", "referral_returned",
    "requested", "request_answered", "marked", "unmarked",
})  # fmt: skip
"""Beats whose free text is a sentence of its own."""


def _wan(fen: int) -> str:
    return _("{amount} wan", amount=format_wan(fen, 2))


def _duties(items: Iterable[DutyItem], names: Names, month: date | None = None) -> str:
    """Duties by name; which one of a month's own is clear in a chapter of that month."""
    own = f"{month:%Y-%m}" if month else ""
    return listed(
        names.duty(item.duty) if item.occurrence == own else duty_words(item.duty, item.occurrence, item.opens, names)
        for item in items
    )


def _balance(before: int | None, after: int) -> str:
    if before is None:
        return _("The AUM is {amount}.", amount=_wan(after))
    if before == after:
        return _("The AUM stays at {amount}.", amount=_wan(after))
    words = {"before": _wan(before), "after": _wan(after)}
    return _("The AUM rises from {before} to {after}.", **words) if after > before else _(
        "The AUM falls from {before} to {after}.", **words
    )


# ---------------------------------------------------------------- what happened
def _registered(beat: Beat, names: Names) -> str:
    return _("{day}: registered at {outlet}.", day=_day(beat.on), outlet=names.outlet(beat.details["outlet"]))


def _profile(beat: Beat, names: Names) -> str:
    facts = listed(map(terms.fact, beat.details["facts"]))
    if facts:
        return _("{day}: learned of the customer: {facts}.", day=_day(beat.on), facts=facts)
    return _other(beat, names)


def _tier(beat: Beat, names: Names) -> str:
    d = beat.details
    named = names.of_scheme(d["scheme"], d["version"])
    words = {"day": _day(beat.on), "after": named(d["to_tier"]), "amount": _wan(d["basis_fen"])}
    match d["rule"]:
        case "first_balance":
            return _("{day}: the first balance, {amount}, gives the tier {after}.", **words)
        case "up_at_once":
            return _("{day}: up from {before} to {after}: the balance came to {amount}.",
                     before=named(d["from_tier"]), **words)  # fmt: skip
        case "down_full_month":
            return _(
                "{day}: down from {before} to {after}: the balance had stayed below the floor for a full month, with"
                " {amount} at most.",
                before=named(d["from_tier"]), **words,
            )  # fmt: skip
    return _("{day}: from {before} to {after}, at {amount} ({rule}).",
             before=named(d["from_tier"]), rule=terms.tier_rule(d["rule"]), **words)  # fmt: skip


def _assigned(beat: Beat, names: Names) -> str:
    d = beat.details
    words = {"day": _day(beat.on), "staff": names.staff(d["staff"]), "role": names.role(d["role"])}
    if d["seat"] != "owner":
        return _("{day}: {staff} becomes system owner.", day=words["day"], staff=words["staff"])
    if d["replaces"]:
        return _("{day}: {staff} ({role}) takes the customer over from {former}.",
                 former=names.staff(d["replaces"]), **words)  # fmt: skip
    return _("{day}: {staff} ({role}) takes the customer on.", **words)


def _released(beat: Beat, names: Names) -> str:
    words = {"day": _day(beat.on), "staff": names.staff(beat.details["staff"])}
    if beat.details["seat"] != "owner":
        return _("{day}: {staff} is no longer system owner.", **words)
    return _("{day}: {staff} no longer looks after the customer.", **words)


def _contact(beat: Beat, names: Names) -> str:
    d = beat.details
    words = {"day": _day(beat.on), "channel": terms.channel(d["channel"]), "outcome": terms.outcome(d["outcome"])}
    if not d["staff"]:
        return _("{day}: a contact ({channel}: {outcome}).", **words)
    return _("{day}: {staff} gets in touch ({channel}: {outcome}).", staff=names.staff(d["staff"]), **words)


def _visit(beat: Beat, names: Names) -> str:
    d = beat.details
    who = names.staff_list([d["staff"], *d["companions"]])
    return _("{day}: {staff} visits the customer ({outcome}).", day=_day(beat.on), staff=who,
             outcome=terms.outcome(d["outcome"], "visit"))  # fmt: skip


def _promise(beat: Beat, names: Names) -> str:
    d = beat.details
    words = {"day": _day(beat.on), "staff": names.staff(d["staff"]), "due": _day(d["due_on"])}
    if not d["text"]:
        return _("{day}: {staff} makes a promise, to be kept by {due}.", **words)
    return _("{day}: {staff} promises, by {due}: {text}", text=_ends(d["text"]), **words)


def _kept(beat: Beat, names: Names) -> str:
    made = beat.about
    if made is None:
        return _("{day}: a promise is kept.", day=_day(beat.on))
    words = {"day": _day(beat.on), "made": _day(made.occurred_on)}
    due: date | None = made.details.get("due_on")
    if due is not None and beat.on > due:
        return _("{day}: the promise of {made} is kept, {days} days late.", days=(beat.on - due).days, **words)
    return _("{day}: the promise of {made} is kept.", **words)


def _excused(beat: Beat, names: Names) -> str:
    made = _day(beat.about.occurred_on) if beat.about else ""
    told = _("{day}: the promise of {made} can't be kept, and the customer is told why.", day=_day(beat.on), made=made)
    return joined([told, _ends(beat.details["text"])])


def _waived(beat: Beat, names: Names) -> str:
    d = beat.details
    duty = duty_words(d["duty"], d["occurrence"], None, names)
    told = _("{day}: {staff} waives the duty {duty}.", day=_day(beat.on), staff=names.staff(beat.by), duty=duty)
    return joined([told, _ends(d["text"])])


def _product(beat: Beat, names: Names) -> str:
    d = beat.details
    words = {"day": _day(beat.on), "product": d["product"], "amount": _wan(d["amount_fen"])}
    if d["matures_on"] is None:
        return _("{day}: the customer holds {product}, {amount}.", **words)
    return _("{day}: the customer holds {product}, {amount}, until {matures}.",
             matures=d["matures_on"].isoformat(), **words)  # fmt: skip


def _ended(beat: Beat, names: Names) -> str:
    product = beat.details["product"] or beat.details["product_no"]
    return _("{day}: {product} ends.", day=_day(beat.on), product=product)


def _money(paid_in: bool, beat: Beat, names: Names) -> str:
    words = {"day": _day(beat.on), "amount": format_yuan(beat.details["fen"])}
    if paid_in:
        return _("{day}: {amount} yuan are paid in at the counter.", **words)
    return _("{day}: {amount} yuan are drawn at the counter.", **words)


def _event(beat: Beat, names: Names) -> str:
    event = terms.important_event(beat.details["kind"])
    return _("{day}: an important event is noted: {event}.", day=_day(beat.on), event=event)


def _opinion(beat: Beat, names: Names) -> str:
    text = _ends(beat.details["text"])
    return _("{day}: the customer's opinion is passed on: {text}", day=_day(beat.on), text=text)


def _referred(beat: Beat, names: Names) -> str:
    d = beat.details
    one, other = names.staff(d["staff"]), names.staff(d["to_staff"])
    return _("{day}: {one} refers the customer to {other}.", day=_day(beat.on), one=one, other=other)


def _answered(accepted: bool, beat: Beat, names: Names) -> str:
    words = {"day": _day(beat.on), "staff": names.staff(beat.by)}
    if accepted:
        return _("{day}: {staff} accepts the referral.", **words)
    return _("{day}: {staff} returns the referral.", **words)


_TOPICS = {
    "untagged": "tagged", "unlinked": "linked", "unrestricted": "restricted",
    "inspection_sampled": "inspection_opened", "inspection_withheld": "inspection_opened",
    "inspection_accepted": "inspection_judged", "inspection_sent_back": "inspection_judged",
}  # fmt: skip
"""Under which topic the event of a code stands, where that is another word."""


def _other(beat: Beat, names: Names) -> str:
    """Whatever has no sentence of its own, as the history tells it."""
    topic = _TOPICS.get(beat.code, beat.code)
    told = summary(beat.code, beat.details if beat.code not in _NOTED else {**beat.details, "text": ""}, names)
    return _ends(_("{day}: {what}", day=_day(beat.on), what=listed([terms.topic(topic), told])))


_TOLD: Mapping[str, Callable[[Beat, Names], str]] = {
    "registered": _registered, "profile": _profile, "tier": _tier, "assigned": _assigned, "released": _released,
    "contact": _contact, "visit": _visit, "promise": _promise, "promise_kept": _kept, "promise_excused": _excused,
    "waived": _waived, "product": _product, "deposit": partial(_money, True), "withdrawal": partial(_money, False),
    "product_ended": _ended, "important_event": _event, "opinion": _opinion, "referred": _referred,
    "referral_accepted": partial(_answered, True), "referral_returned": partial(_answered, False),
}  # fmt: skip


# ---------------------------------------------------------------- the end
def standing(story: Story, names: Names) -> Iterator[str]:
    page = story.page
    owners = names.staff_list(owner.staff_id for owner in page.owners) or _("nobody")
    if page.aum_fen is None:
        yield _("No balance is known. Owner: {owners}.", owners=owners)
    else:
        yield _("Tier {tier}, AUM {amount}, owner: {owners}.",
                tier=names.tier(page.tier), amount=_wan(page.aum_fen), owners=owners)  # fmt: skip
    overdue = [item for item in page.duties if item.status == "overdue"]
    waiting = [item for item in page.duties if item.status == "open"]
    if overdue:
        yield _("Overdue: {duties}.", duties=_duties(overdue, names))
    if waiting:
        yield _("To do: {duties}.", duties=_duties(waiting, names))
    if not overdue and not waiting:
        yield _("Nothing is owed.")
