"""Whether a command may write over a file that is there: only where that was said."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from guanhu.language import N_

Overwrite: TypeAlias = Annotated[bool, typer.Option("--yes", help=N_("Overwrite a file that is there."))]


def check_free(path: Path, *, yes: bool) -> None:
    """BookExists("file_exists") where a file stands that may not be overwritten: asked before a look is recorded."""
    from guanhu.store.errors import BookExists

    if not yes and path.exists():
        raise BookExists("file_exists", path=str(path))
