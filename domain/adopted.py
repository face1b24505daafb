"""A scheme read back from the book: all its values were checked when it was adopted, and are not checked again.

Reading it so takes a third of the time, and every command that asks the book pays for it.
"""

import tomllib

import msgspec

from guanhu.domain.scheme import Scheme


def adopted_scheme(text: str) -> Scheme:
    """The scheme in a text that `read_scheme` has accepted before; SchemeInvalid for one that can't be read."""
    try:
        return msgspec.convert(tomllib.loads(text.removeprefix("\ufeff")), Scheme)
    except ValueError:  # of a later version, or damaged: the long way says what is wrong
        from guanhu.domain.scheme_file import read_scheme

        return read_scheme(text)
