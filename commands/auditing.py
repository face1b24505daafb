"""All of `guanhu audit`: importing a subject's file adds its commands to the group, in this order of the help page."""

from guanhu.commands import (  # noqa: F401 - each adds its commands
    audit,
    known_since,
    looks,
    red_flags,
    replay,
)
from guanhu.commands.audit_group import app

__all__ = ["app"]
