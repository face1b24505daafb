"""The group `guanhu audit`: its commands stand in a file for each subject, gathered by `commands/auditing.py`."""

from guanhu.commands.app import group
from guanhu.language import N_

app = group(N_("Prove that nothing was changed since, and see how it came about."))
