"""Promises, referrals and requests: taken up, and answered."""

from collections.abc import Iterable, Sequence
from typing import Any

from guanhu.domain.affairs import REQUESTS
from guanhu.language import N_, _, terms
from guanhu.projections.customers import page
from guanhu.projections.posts import posts_on
from guanhu.store import affairs
from guanhu.store.book import Book
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import said_of
from guanhu.tui.cells import day_month
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground

KEPT, EXCUSED = "kept", "excused"
ACCEPTED, RETURNED = "accepted", "returned"


class PromiseForm(ActForm):
    """A promise to the customer."""

    def words(self) -> str:
        """What is done."""
        return _("Promise")

    def act_fields(self) -> Sequence[Field]:
        """What, and until when."""
        return (
            Field("text", _("Promise"), needed=True),
            Field("due_on", _("Until"), "day", needed=True, hint=_("tomorrow, next wed, +7, 11-30")),
        )

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Owed from now on by who promised."""
        receipt = affairs.make_promise(
            book, self.about.customer_no, values["text"], values["due_on"], self.today, by=self.by, command=command
        )
        what = _("promise until {day}", day=day_month(values["due_on"], self.today))
        return Done(said_of(self.about.name, what), take_back(receipt, self.by))


class OpenAffairForm(ActForm):
    """The answer to something open: which, how, and a note."""

    KIND = ""
    NOTHING = ""

    def act_fields(self) -> Sequence[Field]:
        """Which and how are chosen by digits."""
        return (
            Field("which", _("Which"), "choice", (("", ""),)),
            Field("how", _("How"), "choice", self.ways()),
            Field("note", _("Note")),
        )

    def ways(self) -> tuple[tuple[str, str], ...]:
        """The answers there are."""
        raise NotImplementedError

    def open_for(self, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of the open affairs that can be answered."""
        return [each for each in found if each["kind"] == self.KIND and each["closed_on"] is None]

    def prepare(self, ground: Ground) -> Prepared:
        """What is open; the one that the highlighted duty came from first."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        still = self.open_for(found.affairs)
        if not still:
            return Prepared(nothing=_(self.NOTHING))
        still.sort(key=lambda each: (str(each["position"]) != self.about.occurrence, each["on"]))
        return Prepared(options={"which": tuple((str(each["position"]), self.line(each, ground)) for each in still)})

    def line(self, affair: dict[str, Any], ground: Ground) -> str:
        """One of them in words."""
        who = ground.names.staff(str(affair["staff"]))
        due = f" {_('until {day}', day=day_month(affair['due'], ground.day))}" if affair["due"] else ""
        text = " ".join(str(affair["text"]).split())[:40]
        return f"{day_month(affair['on'], ground.day)} {who}{due} {text}".rstrip()


class PromiseAnswerForm(OpenAffairForm):
    """A promise is kept, or the customer is told why not."""

    KIND = "promise"
    NOTHING = N_("No promise to this customer is open.")

    def words(self) -> str:
        """What is done."""
        return _("Promise kept or excused")

    def ways(self) -> tuple[tuple[str, str], ...]:
        """Kept is the rule."""
        return ((KEPT, _("kept")), (EXCUSED, _("excused, the customer was told why")))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Closed; an excuse wants its reason."""
        ref = int(values["which"])
        if values["how"] == KEPT:
            receipt = affairs.keep_promise(book, ref, self.today, note=values["note"], by=self.by, command=command)
            return Done(said_of(self.about.name, terms.topic("promise_kept")), take_back(receipt, self.by))
        receipt = affairs.excuse_promise(book, ref, values["note"], self.today, by=self.by, command=command)
        return Done(said_of(self.about.name, terms.topic("promise_excused")), take_back(receipt, self.by))


class ReferForm(ActForm):
    """A customer passed upward (转介)."""

    def words(self) -> str:
        """What is done."""
        return _("Refer")

    def act_fields(self) -> Sequence[Field]:
        """To whom, and what to know."""
        return (Field("to_staff", _("To"), "choice", (("", ""),)), Field("note", _("Note")))

    def prepare(self, ground: Ground) -> Prepared:
        """The relationship managers: the customer's own first, then those of one's outlet."""
        posts = posts_on(ground.cursor, ground.day.toordinal())
        role = ground.scheme.system_owner_role
        own = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no).system_owner
        here = posts.outlets.get(self.by)
        able = [each for each in posts.roles if role in posts.roles[each] and each not in (self.by, *posts.away)]
        able.sort(key=lambda each: (each != own, posts.outlets.get(each) != here, each))
        if not able:
            return Prepared(nothing=_("There is nobody to refer to."))
        return Prepared(options={"to_staff": tuple((each, ground.names.staff(each)) for each in able)})

    def save(self, book: Book, values: Values, command: str) -> Done:
        """The relationship manager answers in three working days."""
        to_staff = values["to_staff"]
        receipt = affairs.refer(
            book, self.about.customer_no, to_staff, self.today, note=values["note"], by=self.by, command=command
        )
        name = self.option_words("to_staff").get(to_staff, to_staff)
        return Done(said_of(self.about.name, _("referred to {name}", name=name)), take_back(receipt, self.by))


class ReferralAnswerForm(OpenAffairForm):
    """A referral is accepted or returned."""

    KIND = "referral"
    NOTHING = N_("No referral of this customer waits for your answer.")

    def words(self) -> str:
        """What is done."""
        return _("Answer a referral")

    def ways(self) -> tuple[tuple[str, str], ...]:
        """Accepting is the rule."""
        return ((ACCEPTED, _("accept")), (RETURNED, _("return")))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Answered; accepting takes the seats that are free."""
        accept = values["how"] == ACCEPTED
        receipt = affairs.answer_referral(
            book, int(values["which"]), accept, self.today, note=values["note"], by=self.by, command=command
        )
        what = _("referral accepted") if accept else _("referral returned")
        return Done(said_of(self.about.name, what), take_back(receipt, self.by))


class RequestForm(ActForm):
    """Help asked of the department."""

    def words(self) -> str:
        """What is done."""
        return _("Ask the department for help")

    def act_fields(self) -> Sequence[Field]:
        """What help, and when."""
        return (
            Field("kind", _("What"), "choice", tuple((each, terms.request(each)) for each in REQUESTS)),
            Field("due_on", _("Until"), "day", hint=_("needed for a joint visit")),
            Field("note", _("Note")),
        )

    def save(self, book: Book, values: Values, command: str) -> Done:
        """The department owes an answer, or a visit."""
        receipt = affairs.request_help(
            book, self.about.customer_no, values["kind"], self.today, due_on=values["due_on"], note=values["note"],
            by=self.by, command=command,
        )  # fmt: skip
        return Done(said_of(self.about.name, terms.request(values["kind"])), take_back(receipt, self.by))
