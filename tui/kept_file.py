"""Which file is meant by what was typed."""

from collections.abc import Sequence
from pathlib import Path

from guanhu.domain.errors import Refused


def checked_path(text: str, endings: Sequence[str]) -> Path:
    """Where the file goes: a name without an ending takes the first one. Refused("unknown_ending")."""
    path = Path(text.strip()).expanduser()
    path = path if path.suffix else path.with_suffix(endings[0])
    if path.suffix.lower() not in endings:
        raise Refused("unknown_ending", value=path.suffix, allowed=", ".join(endings))
    return path
