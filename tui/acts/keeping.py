"""What is kept of a customer beside the profile: tags, and the net of relations (SCHEMES.md 1, the profile)."""

from collections.abc import Sequence

from guanhu.domain.customer import RELATIONS
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.text import clean
from guanhu.language import _, terms
from guanhu.projections.customers import page
from guanhu.projections.finding import find
from guanhu.store.book import Book
from guanhu.store.registering import link, tag
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words
from guanhu.tui.asking import told
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground, standing

NEW = "new"
SPLIT = " "


class TagForm(ActForm):
    """A tag put on, or taken off."""

    ONLY_ONE = "which"

    def words(self) -> str:
        """What is done."""
        return _("Tag")

    def act_fields(self) -> Sequence[Field]:
        """A new one, or which one goes."""
        return (
            Field("which", _("Which"), "choice", ((NEW, _("add one")),)),
            Field("tag", _("Tag"), hint=_("1 to 40 characters"), needed_with=("which", NEW), only_with=("which", NEW)),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """The tags that can be taken off."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        off = tuple((f"-{each}", _("take off: {tag}", tag=each)) for each in found.tags)
        return Prepared(_tags_words(found.tags), options={"which": ((NEW, _("add one")), *off)})

    def save(self, book: Book, values: Values, command: str) -> Done:
        """What stands now; who set it is in the history."""
        add = values["which"] == NEW
        text = values["tag"] if add else values["which"][1:]
        receipt = tag(book, self.about.customer_no, text, self.today, add=add, by=self.by, command=command)
        what = _("tag: {tag}", tag=text) if add else _("tag taken off: {tag}", tag=text)
        return Done(act_words(self.about.name, what), take_back(receipt, self.by))


def _tags_words(tags: Sequence[str]) -> str:
    return _("Tags: {tags}", tags=_(", ").join(tags)) if tags else _("No tags yet.")


class LinkForm(ActForm):
    """A relation to another customer, or its end."""

    ONLY_ONE = "which"

    def words(self) -> str:
        """What is done."""
        return _("Relation")

    def act_fields(self) -> Sequence[Field]:
        """How, and to whom; or which one ends."""
        new, relations = ("which", NEW), tuple((each, terms.relation(each)) for each in RELATIONS)
        return (
            Field("which", _("Which"), "choice", ((NEW, _("add one")),)),
            Field("relation", _("Relation"), "choice", relations, needed_with=new, only_with=new),
            Field("other", _("Other customer"), hint=_("number, name, pinyin initials or phone tail"),
                  needed_with=new, only_with=new),
        )  # fmt: skip

    def prepare(self, ground: Ground) -> Prepared:
        """The relations that can end."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        options = [(NEW, _("add one"))]
        for each in found.links:
            no, relation = str(each["customer_no"]), str(each["relation"])
            words = f"{terms.relation(relation)} {each['name'] or no}"
            options.append((f"{no}{SPLIT}{relation}", _("no longer: {relation}", relation=words)))
        return Prepared("" if found.links else _("No relations yet."), options={"which": tuple(options)})

    def foresee(self, ground: Ground, values: Values) -> str:
        """Who was understood."""
        if values["which"] != NEW or not values["other"]:
            return ""
        try:
            no, name = _meant(ground, values["other"])
        except Refused as error:
            return told(error)
        return _("{relation}: {customer}", relation=terms.relation(values["relation"]), customer=f"{name} {no}".strip())

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Seen from both ends."""
        add, today = values["which"] == NEW, self.today
        if add:
            with standing(book, today, self.by) as ground:
                other, name = _meant(ground, values["other"])
            relation = values["relation"]
        else:
            other, _space, relation = values["which"].partition(SPLIT)
            name = ""
        receipt = link(book, self.about.customer_no, other, relation, today, add=add, by=self.by, command=command)
        words = f"{terms.relation(relation)} {name or other}"
        what = words if add else _("no longer: {relation}", relation=words)
        return Done(act_words(self.about.name, what), take_back(receipt, self.by))


def _meant(ground: Ground, text: str) -> tuple[str, str]:
    """The one customer that a text means: (number, name).

    NotFound("unknown_customer"); Refused("nothing_entered", "ambiguous_customer").
    """
    wanted = clean(text)
    if not wanted:
        raise Refused("nothing_entered", field=_("Other customer"))
    total, found = find(ground.cursor, ground.policy, ground.calendar, ground.day, wanted, limit=3)
    if not found:
        raise NotFound("unknown_customer", customer_no=wanted)
    if found[0].customer_no != wanted and total > 1:
        shown = _(", ").join(f"{each.name} {each.customer_no}".strip() for each in found)
        raise Refused("ambiguous_customer", value=wanted, count=total, customers=shown)
    return found[0].customer_no, found[0].name
