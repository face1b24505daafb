"""Refused rows put beside the working directory, to be mended there and imported again; no file is overwritten."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from filecmp import cmp
from pathlib import Path
from typing import TYPE_CHECKING

from guanhu.commands.output import note
from guanhu.domain.errors import Refused
from guanhu.language import _, current

if TYPE_CHECKING:
    from guanhu.intake.refusal import Refusal
    from guanhu.intake.source import Source

# Both pairs are passed over when the file is imported again.
_TITLES = {"zh": {"row_title": "行号", "reason_title": "原因"}, "en": {}}


def set_aside(
    source: "Source", kind: str, rejected: "Sequence[Refusal]", named: Path | None, explain: "Callable[[Refusal], str]"
) -> None:
    """Write the refused rows where they are asked for, else as `<name>.<kind>.refused.csv` in the working directory.

    A file that is there is somebody's, perhaps one that is being mended: the new one gets a number behind its name,
    unless it would say the same. A default name is only a convenience: where it can't be written, that is said.
    """
    from guanhu.intake.mend import write_refused

    path = named or Path(f"{_stem(source, kind)}.{kind}.refused.csv")
    place = None
    try:
        place = _new_file(path)
        with place.open("wb") as target:
            rows = write_refused(source, rejected, target, explain=explain, **_TITLES[current()])
    except (Refused, OSError):
        if place is not None:
            place.unlink(missing_ok=True)
        if named is not None:
            raise Refused("not_writable", file=str(named)) from None
        note(_("The refused rows could not be written to {file}.", file=str(path)))
        return
    place = _same_as_before(path, place)
    note(_("Refused rows are in {file} ({count}): mend them there and import it again.", file=str(place), count=rows))


def _stem(source: "Source", kind: str) -> str:
    """The name of the source, without what an earlier setting aside put behind it."""
    if source.path == "-":
        return "stdin"
    return re.sub(rf"\.{kind}\.refused(-[0-9]+)?$", "", Path(source.name).stem)


def _names(path: Path) -> Iterator[Path]:
    yield path
    n = 2
    while True:
        yield path.with_name(f"{path.stem}-{n}{path.suffix}")
        n += 1


def _new_file(path: Path) -> Path:
    """A file that was not there, empty and for its owner only: it will name customers. OSError."""
    for place in _names(path):
        try:
            os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            continue
        return place
    raise AssertionError("names never end")


def _same_as_before(path: Path, place: Path) -> Path:
    """The earlier file that says the same, if there is one; the new one is then taken away again."""
    for earlier in _names(path):
        if earlier == place:
            return place
        if cmp(earlier, place, shallow=False):
            place.unlink()
            return earlier
    raise AssertionError("names never end")
