"""What every table of a scheme file is: frozen, strict about its keys, silent about its defaults."""

import msgspec


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a scheme file: keys that it does not know are refused."""
