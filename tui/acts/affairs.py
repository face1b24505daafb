"""Promises, referrals and requests: taken up, and answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guanhu.domain.affairs import REQUESTS
from guanhu.language import N_, _, terms
from guanhu.projections.customers import page
from guanhu.store import affairs
from guanhu.store.book import Book
from guanhu.store.requests import request_help
from guanhu.store.withdrawing import withdraw
from guanhu.tui.acts.about import About
from guanhu.tui.acts.correcting import CHANGE, WITHDRAW
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words
from guanhu.tui.cells import day_month
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.upward import upward
from guanhu.tui.widgets.form_writes import shortened

KEPT, EXCUSED = "kept", "excused"
ACCEPTED, RETURNED = "accepted", "returned"
TEXT_CELLS, WHOLE = 40, 80
"""Cells of a text among others to choose from, and of one that stands alone."""


class PromiseForm(ActForm):
    """A promise to the customer."""

    def words(self) -> str:
        """What is done."""
        return _("Promise")

    def act_fields(self) -> Sequence[Field]:
        """What, and until when."""
        return (
            Field("text", _("Promise"), needed=True),
            Field("due_on", _("Until"), "day", needed=True, hint=_("tomorrow, next Wed, +7, 11-30")),
        )

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Owed from now on by who promised."""
        receipt = affairs.make_promise(
            book, self.about.customer_no, values["text"], values["due_on"], self.today, by=self.by, command=command
        )
        what = _("promise until {day}", day=day_month(values["due_on"], self.today))
        return Done(act_words(self.about.name, what), take_back(receipt, self.by))


class PromiseCorrectForm(ActForm):
    """What an open promise should have said, or that it should not be there."""

    def __init__(self, about: About, position: int) -> None:
        self._position = position
        self._says: dict[str, str] = {}
        super().__init__(about, entry=position)

    def words(self) -> str:
        """What is done."""
        return _("Correct the promise")

    def act_fields(self) -> Sequence[Field]:
        """What it should say; its text stands first, for that is what one comes for."""
        return (
            Field("text", _("Promise"), needed=True, only_with=("how", CHANGE)),
            Field("due_on", _("Until"), "day", needed=True, hint=_("tomorrow, next Wed, +7, 11-30"),
                  only_with=("how", CHANGE)),
            Field("how", _("How"), "choice", ((CHANGE, _("correct it")), (WITHDRAW, _("take it out")))),
            Field("reason", _("Reason"), needed=True),
        )  # fmt: skip

    def prepare(self, ground: Ground) -> Prepared:
        """What it says now; a promise that was kept or excused is corrected no more."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no).affairs
        for each in found:
            if each["position"] == self._position and each["closed_on"] is None:
                self._says = {"text": str(each["text"]), "due_on": each["due"].isoformat()}
                return Prepared()
        return Prepared(nothing=_("This promise is not open: take back its answer first."))

    def _prepared(self, found: Prepared) -> None:
        super()._prepared(found)
        if not found.nothing:
            for name, value in self._says.items():
                self.fill(name, value)

    def writes(self, values: Values) -> str:
        """Only what differs from the promise as it stands."""
        if values["how"] == WITHDRAW:
            return _("Writes: the promise is taken out. It stays in the history.")
        said = {"text": values["text"], "due_on": values["due_on"].isoformat()}
        labels = [each.label for each in self.fields if said.get(each.id) != self._says.get(each.id)]
        if not labels:
            return _("Nothing differs yet.")
        return _("Writes: a correction of {fields}", fields=_(", ").join(labels))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """A new event that names the promise."""
        if values["how"] == WITHDRAW:
            withdraw(book, self._position, values["reason"], by=self.by, command=command)
            return Done(act_words(self.about.name, _("taken back: {what}", what=terms.topic("promise"))))
        receipt = affairs.correct_promise(
            book, self._position, values["reason"], text=values["text"], due_on=values["due_on"], by=self.by,
            command=command,
        )  # fmt: skip
        return Done(act_words(self.about.name, terms.topic("promise_corrected")), take_back(receipt, self.by))


class OpenAffairForm(ActForm):
    """The answer to something open: which, how, and a note."""

    KIND = ""
    NOTHING = ""
    ONLY_ONE = "which"

    def act_fields(self) -> Sequence[Field]:
        """Which and how are chosen by digits."""
        return (
            Field("which", _("Which"), "choice", (("", ""),)),
            Field("how", _("How"), "choice", self.ways(), needed=True),
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
        only = _("The only one open: {what}", what=affair_line(still[0], ground, WHOLE)) if len(still) == 1 else ""
        options = tuple((str(each["position"]), affair_line(each, ground)) for each in still)
        return Prepared(only, options={"which": options})


class PromiseAnswerForm(OpenAffairForm):
    """A promise is kept, or the customer is told why not."""

    KIND = "promise"
    NOTHING = N_("No promise to this customer is open.")

    def words(self) -> str:
        """What is done."""
        return _("Promise kept or excused")

    def ways(self) -> tuple[tuple[str, str], ...]:
        """Kept, or why not; nobody has said so until a key says it."""
        return ((KEPT, _("kept")), (EXCUSED, _("excused, the customer was told why")))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Closed; an excuse wants its reason."""
        ref = int(values["which"])
        if values["how"] == KEPT:
            receipt = affairs.keep_promise(book, ref, self.today, note=values["note"], by=self.by, command=command)
            return Done(act_words(self.about.name, terms.topic("promise_kept")), take_back(receipt, self.by))
        receipt = affairs.excuse_promise(book, ref, values["note"], self.today, by=self.by, command=command)
        return Done(act_words(self.about.name, terms.topic("promise_excused")), take_back(receipt, self.by))


class ReferForm(ActForm):
    """A customer passed upward (转介)."""

    def words(self) -> str:
        """What is done."""
        return _("Refer")

    def act_fields(self) -> Sequence[Field]:
        """To whom, and what to know."""
        return (Field("to_staff", _("To"), "choice", (), needed=True), Field("note", _("Note")))

    def prepare(self, ground: Ground) -> Prepared:
        """The relationship managers who are there: one who is proposed first; why not the customer's own."""
        found = upward(ground, page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no))
        proposed = {"to_staff": found.proposed} if found.proposed else {}
        options = {"to_staff": tuple(found.managers)}
        return Prepared(last=found.away, values=proposed, options=options, nothing=found.hindered)

    def written(self, field: Field, value: Any) -> str:
        """Whom it goes to is not who writes."""
        words = super().written(field, value)
        return _("referred to {name}", name=words) if words and field.id == "to_staff" else words

    def save(self, book: Book, values: Values, command: str) -> Done:
        """The relationship manager answers in three working days."""
        to_staff = values["to_staff"]
        receipt = affairs.refer(
            book, self.about.customer_no, to_staff, self.today, note=values["note"], by=self.by, command=command
        )
        name = self.option_words("to_staff").get(to_staff, to_staff)
        return Done(act_words(self.about.name, _("referred to {name}", name=name)), take_back(receipt, self.by))


class ReferralAnswerForm(OpenAffairForm):
    """A referral is accepted or returned."""

    KIND = "referral"
    NOTHING = N_("No referral of this customer waits for your answer.")

    def words(self) -> str:
        """What is done."""
        return _("Answer a referral")

    def ways(self) -> tuple[tuple[str, str], ...]:
        """Accepted or returned; neither is the rule."""
        return ((ACCEPTED, _("accept")), (RETURNED, _("return")))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Answered; accepting takes the seats that are free."""
        accept = values["how"] == ACCEPTED
        receipt = affairs.answer_referral(
            book, int(values["which"]), accept, self.today, note=values["note"], by=self.by, command=command
        )
        what = _("referral accepted") if accept else _("referral returned")
        return Done(act_words(self.about.name, what), take_back(receipt, self.by))


class RequestForm(ActForm):
    """Help asked of the department."""

    def words(self) -> str:
        """What is done."""
        return _("Ask the department for help")

    def act_fields(self) -> Sequence[Field]:
        """What help, and when."""
        return (
            Field("kind", _("What"), "choice", tuple((each, terms.request(each)) for each in REQUESTS), needed=True),
            Field("due_on", _("Until"), "day", hint=_("needed for a joint visit"), needed_with=("kind", "joint_visit")),
            Field("note", _("Note")),
        )

    def save(self, book: Book, values: Values, command: str) -> Done:
        """The department owes an answer, or a visit."""
        receipt = request_help(
            book, self.about.customer_no, values["kind"], self.today, due_on=values["due_on"], note=values["note"],
            by=self.by, command=command,
        )  # fmt: skip
        return Done(act_words(self.about.name, terms.request(values["kind"])), take_back(receipt, self.by))


def affair_line(affair: Mapping[str, Any], ground: Ground, cells: int = TEXT_CELLS) -> str:
    """A promise, a referral or a request in words, its text in at most so many cells."""
    who = ground.names.staff(str(affair["staff"]))
    due = f" {_('until {day}', day=day_month(affair['due'], ground.day))}" if affair["due"] else ""
    text = shortened(str(affair["text"]), cells)
    return f"{day_month(affair['on'], ground.day)} {who}{due} {text}".rstrip()


def open_promises(ground: Ground, about: About) -> list[tuple[str, str]]:
    """A question: the customer's open promises as (position, words), the one under the cursor first, then by date."""
    found = page(ground.cursor, ground.policy, ground.calendar, ground.day, about.customer_no).affairs
    still = [each for each in found if each["kind"] == "promise" and each["closed_on"] is None]
    under = about.occurrence if about.duty == "promise" else ""
    still.sort(key=lambda each: (str(each["position"]) != under, each["due"]))
    return [(str(each["position"]), affair_line(each, ground)) for each in still]
