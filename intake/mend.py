"""The refused rows as a file of their own, to be mended in a spreadsheet and imported again."""

import csv
import os
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from guanhu.domain.errors import Refused
from guanhu.domain.text import csv_safe
from guanhu.intake.refusal import Refusal
from guanhu.intake.source import Source


def _code(refusal: Refusal) -> str:
    return refusal.reason


def write_refused(
    source: Source,
    refusals: Sequence[Refusal],
    target: IO[bytes],
    *,
    row_title: str = "guanhu_row",
    reason_title: str = "guanhu_reason",
    explain: Callable[[Refusal], str] = _code,
) -> int:
    """Write the refused rows below the file's own header, each after its line and the reason; the count of rows.

    CSV in UTF-8 with BOM, which spreadsheets want. The two columns are passed over when the file is imported again,
    if they are called 行号 and 原因 or as the defaults are. They stand first, because a refused row may be too long
    or too short. A title row that states the unit is kept, since amounts would otherwise mean something else.
    Raises UnreadableFile as `Source.chunks`.
    """
    reasons: dict[int, str] = {}
    for refusal in refusals:
        reasons.setdefault(refusal.row, explain(refusal))
    written = 0
    with TextIOWrapper(target, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        if source.header.unit_title:
            writer.writerow(["", "", *map(csv_safe, source.header.unit_title)])
        writer.writerow([row_title, reason_title, *map(csv_safe, source.header.cells)])
        for row, cells in source.rows():
            if row in reasons:
                writer.writerow([str(row), csv_safe(reasons[row]), *map(csv_safe, cells)])
                written += 1
    return written


def check_not_source(source: Source, path: Path) -> None:
    """Refused("not_writable", file) where refused rows would go over the file that they come from."""
    if source.path != "-" and path.exists() and os.path.samefile(path, source.path):
        raise Refused("not_writable", file=str(path))
