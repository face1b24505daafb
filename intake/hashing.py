"""The hash of a file that stays where it is: it is named by it, and not read."""

import hashlib
from pathlib import Path

from guanhu.intake.refusal import UnreadableFile


def sha256_of(file: str) -> str:
    """SHA-256 in hexadecimal; UnreadableFile("file_missing", "not_readable")."""
    try:
        with Path(file).expanduser().open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        raise UnreadableFile("file_missing", file=file) from None
    except OSError:
        raise UnreadableFile("not_readable", file=file) from None
