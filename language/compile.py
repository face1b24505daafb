"""Keep the Chinese catalogue in step with the code: `python -m guanhu.language.compile`.

For developers: it needs babel and the source tree, and is not in the wheel. Sentences that the code says and
`zh.po` does not have come into it as empty entries; those that nobody says any more go out; `zh.mo`, which the
program reads, is made anew. Entries stand in the order of their English and name the files that say them, without
line numbers, so that two people's changes rarely meet.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path(__file__).with_name("zh.po")
COMPILED = Path(__file__).with_name("zh.mo")
MARKS = ("_", "N_")


def program_files() -> Iterator[Path]:
    """Yield the Python files of the rooms that the wheel is made of, as pyproject.toml names them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for name in project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]:
        place = ROOT / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def sentences(code: str) -> Iterator[str]:
    """Yield what a file says or marks. By its syntax tree: babel's reader overlooks what stands inside f-strings."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(message)), *_]) if name in MARKS:
                yield message


def said() -> dict[str, list[str]]:
    """Return every sentence that the code says or marks, with the files that say it."""
    found: dict[str, list[str]] = {}
    for path in program_files():
        place = path.relative_to(ROOT).as_posix()
        for message in sentences(path.read_text("utf-8")):
            places = found.setdefault(message, [])
            if place not in places:
                places.append(place)
    return found


def catalogue() -> Catalog:
    """Read the Chinese catalogue as it stands."""
    with SOURCE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def bring_up_to_date(chinese: Catalog, sentences: dict[str, list[str]]) -> None:
    """Give `chinese` exactly the entries of `sentences`; translations that are there stay."""
    chinese.obsolete.clear()
    for message in [entry.id for entry in chinese if entry.id and entry.id not in sentences]:
        chinese.delete(message)
    for message, places in sentences.items():
        entry = chinese.get(message)
        chinese.delete(message)
        chinese.add(message, entry.string if entry else "", flags=entry.flags if entry else ())
        chinese[message].locations = [(place, 0) for place in places]


def main() -> None:
    """Write `zh.po` and `zh.mo`, and name what still has no Chinese."""
    chinese = catalogue()
    bring_up_to_date(chinese, said())
    with SOURCE.open("wb") as file:
        write_po(file, chinese, width=0, sort_output=True, include_lineno=False)
    with COMPILED.open("wb") as file:
        write_mo(file, chinese)
    for entry in chinese:
        if entry.id and (not entry.string or entry.fuzzy):
            print(f"no Chinese yet: {entry.id}", file=sys.stderr)


if __name__ == "__main__":
    main()
