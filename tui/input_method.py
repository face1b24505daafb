"""Makes Textual take what an input method commits, however long it is.

Under the kitty keyboard protocol a terminal sends a commit as one sequence, `CSI 0;;20320:22909:...u`, about six
characters for each that was written. Textual 8.2.8 gives up on a sequence after 32 and then types its digits, so that
five Chinese characters arrive as garbage. The limit is a constant of its parser; it is raised here, for a parser that
has it as it is known. iTerm2 drops such text altogether, so there the protocol is not asked for.
"""

import os

LIMIT_NAME = "_MAX_SEQUENCE_SEARCH_THRESHOLD"
KNOWN_LIMIT = 32
LIMIT = 1024
"""Characters of a sequence: about 170 Chinese characters in one commit."""


def before_textual() -> None:
    """What must be set before textual is imported for the first time."""
    if os.environ.get("TERM_PROGRAM") == "iTerm.app":
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def widen_parser() -> bool:
    """Raise the limit; False where the parser is not the one that has it, and is left alone."""
    from textual import _xterm_parser

    if getattr(_xterm_parser, LIMIT_NAME, None) not in (KNOWN_LIMIT, LIMIT):
        return False
    setattr(_xterm_parser, LIMIT_NAME, LIMIT)
    return True
