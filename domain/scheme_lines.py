"""Where in its file each part of a scheme stands, so that a problem is told by its line; the parser keeps none."""

import re

Path = tuple[str | int, ...]
"""The keys, and places in lists from 0, that lead to a value."""
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\- ]+?)\s*\]")
_PAIR = re.compile(r"\s*([\w.\- ]+?)\s*=")


def lines_of(text: str) -> dict[Path, int]:
    """The line of each table, key and element of a list; what is deeper stands on the line of what holds it."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table, key = (), ()  # type: tuple[Path, Path]
    depth = element = 0
    for number, line in enumerate(text.split("\n"), 1):
        line = _QUOTED.sub(lambda found: "" if found[0].startswith("#") else "_", line)
        if not depth and (header := _HEADER.match(line)):
            table = _table(header[2], header[1] == "[[", counts)
            lines.setdefault(table, number)
            continue
        if not depth and (pair := _PAIR.match(line)):
            key, element, line = (*table, *pair[1].split(".")), 0, line[pair.end() :]
            lines.setdefault(key, number)
        for sign in line:
            depth -= sign in "]}"
            if sign == "," and depth == 1:
                element += 1
            elif depth == 1 and not sign.isspace() and sign not in "]}":
                lines.setdefault((*key, element), number)
            depth += sign in "[{"
    return lines


def _table(name: str, listed: bool, counts: dict[Path, int]) -> Path:
    """The path that a header opens: each list of tables on the way stands for its newest one."""
    path: Path = ()
    steps = [step.strip() for step in name.split(".")]
    for n, step in enumerate(steps, 1):
        path = (*path, step)
        if listed and n == len(steps):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
