"""The texts of a form that was left: they stand there again when it opens, are said to be old, and can be dropped."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from rich.text import Text
from textual.widgets import Input, Static

from guanhu.domain.branch_time import branch_time
from guanhu.language import _
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Draft, Field
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.form_writes import FormWrites


def draft_of(texts: Mapping[str, str], untouched: Mapping[str, str]) -> Draft:
    """Texts that are left here now."""
    return Draft(texts, untouched, branch_time(datetime.now(UTC)))


def continued(draft: Draft, today: date) -> str:
    """Since when texts stand here, and the key that drops them."""
    left = draft.left_at
    shown = f"{left:%H:%M}" if left.date() == today else f"{left:%m-%d %H:%M}"
    return _("Continued from {time}. ^r begins anew.", time=shown)


class FormDrafts(FormWrites):
    """A form with a place for its texts; `draft_name` is "" where they are not kept."""

    draft_name = ""
    untouched: dict[str, str]
    """What stood in the fields before anybody touched them, be it the last time."""
    opened_with: dict[str, str]
    """What stood in the fields when the form opened."""

    @property
    def draft(self) -> Draft | None:
        """What was left here the last time."""
        return desk_of(self).drafts.get(self.draft_name) if self.draft_name else None

    def kept(self, field: Field) -> str:
        """What stands in a field at first: what was left there, else what is proposed."""
        return self.draft.texts.get(field.id, field.value) if self.draft else field.value

    def keep(self) -> None:
        """Keep the texts for the next time."""
        desk_of(self).drafts[self.draft_name] = draft_of(self.texts, self.untouched)
        self.app.notify(_("What you entered is kept: the form opens with it next time."), markup=False)

    def forget(self) -> None:
        """Keep nothing."""
        desk_of(self).drafts.pop(self.draft_name, None)

    def remember(self) -> None:
        """The form opens: what stands there, and what of it somebody has typed the last time."""
        self.opened_with = self.texts
        self.untouched = self.opened_with | dict(self.draft.untouched if self.draft else {})

    @property
    def touched(self) -> bool:
        """Whether something would be lost: a text, and of a form with a draft a choice too."""
        fields = [field for field in self.fields if field.kind != "choice" or self.draft_name]
        return any(
            self.text_of(field) not in (self.untouched.get(field.id, ""), self.opened_with.get(field.id, ""))
            for field in fields
        )

    def kept_line(self) -> Static:
        """The line that says that the texts are old."""
        line = Static(id="kept")
        if self.draft is not None:
            line.update(Text(continued(self.draft, desk_of(self).today)))
        line.set_class(self.draft is None, "-empty")
        return line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Anew begins what was continued."""
        return self.draft is not None if action == "form_anew" else True

    def action_form_anew(self) -> None:
        """Drop what was left here, and stand as at first."""
        self.forget()
        for field in self.fields:
            widget = self.query_one(f"#field-{field.id}")
            if isinstance(widget, Choice):
                widget.value = widget.first(field.value)
            elif isinstance(widget, Input):
                widget.value = field.value
        self.remember()
        self.query_one("#kept", Static).update("")
        self.begun_anew()
        self.call_after_refresh(self.fit)

    def begun_anew(self) -> None:
        """The fields stand as at first: what the form proposes can be filled in again."""
