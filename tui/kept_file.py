"""A file that somebody asked for: which one is meant by what was typed, and in its place only when it is whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from guanhu.domain.errors import Refused
from guanhu.store.errors import translated_files


def checked_path(text: str, endings: Sequence[str]) -> Path:
    """Where the file goes: a name without an ending takes the first one. Refused("unknown_ending")."""
    path = Path(text.strip()).expanduser()
    path = path if path.suffix else path.with_suffix(endings[0])
    if path.suffix.lower() not in endings:
        raise Refused("unknown_ending", value=path.suffix, allowed=", ".join(endings))
    return path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The file to write, which takes the place of what stood at `path` when all of it is there; what files refuse."""
    unfinished = path.with_name(f".{path.name}.part")
    with translated_files(path):
        try:
            yield unfinished
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
