"""The base of what stands in place of a book: a work that makes one, which can be stopped and leaves nothing behind."""

from guanhu.tui.working_screen import WorkingScreen

NOTHING_YET = frozenset({"app_undo", "app_copy", "app_export", "app_refresh", "form_cancel"})
"""What other screens offer: here is nothing to undo, to copy, to keep or to read anew, nor to stop."""


class MakingScreen(WorkingScreen):
    """A screen whose work makes a book."""

    STOPS = "form_cancel"

    def offers(self, action: str) -> bool:
        """As WorkingScreen."""
        return action not in NOTHING_YET

    def action_form_cancel(self) -> None:
        """Stop the work under way."""
        self.work.stop()
