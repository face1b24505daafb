"""The help page of a command, in the language in force: measured in cells, so that Chinese stands in columns.

Typer's own page is English, and drawing it imports all of rich, which would double the time of `guanhu --help`.
"""

from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import Any, TypeAlias

from guanhu.language import N_, _

Rows: TypeAlias = Sequence[tuple[str, str]]
Sections: TypeAlias = Sequence[tuple[str, Rows]]

INDENT = 2
NARROWEST, WIDEST = 40, 100
# What Typer says itself.
SAID_BY_TYPER = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
# What stands for a value in a line.
METAVARS = (
    N_("ADDRESS"), N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("BOOK"), N_("CHANNEL"), N_("CODE"), N_("DATE"),
    N_("DUTY"), N_("FACT"), N_("FACT=VALUE"), N_("FIELD"), N_("FILE"), N_("FORMAT"), N_("FROM"), N_("ID"), N_("KEY"),
    N_("KIND"), N_("FLAG"), N_("YES_OR_NO"), N_("MARK"), N_("HH:MM"),
    N_("MM-DD"), N_("N"), N_("NAME"), N_("NO"), N_("NUMBER"), N_("OTHER"), N_("OUTCOME"), N_("OUTLET"), N_("PATH"),
    N_("POSITION"), N_("PRODUCT"), N_("PRODUCT_NO"), N_("RELATION"), N_("ROLE"), N_("SCHEME"), N_("SEAT"),
    N_("SECONDS"), N_("STAFF"), N_("STAND_IN"), N_("STATUS,..."), N_("TAG"), N_("TEXT"), N_("TIER"), N_("TIME"),
    N_("TIER=YUAN"), N_("TO"),
    N_("USER"), N_("VKEY"), N_("YUAN"),
    N_("CHECK,..."), N_("CLASS"), N_("FINDING"), N_("ITEM"), N_("KIND,..."), N_("NO,..."), N_("POSITION,..."),
    N_("STATE,..."), N_("LEVEL"), N_("MONTH"), N_("PART"), N_("VERDICT"), N_("WHAT"),
)  # fmt: skip
# Chinese punctuation that must not begin a line.
_NOT_FIRST = "，。；：、！？）】》”"


def page(command: Any, context: Any) -> str:
    """The whole help page of a command or group."""
    lines = [usage_line(command, context), ""]
    room = min(max(get_terminal_size().columns, NARROWEST), WIDEST) - INDENT
    lines += [" " * INDENT + line for line in wrapped(said(command.help), room - INDENT)]
    sections: list[tuple[str, Rows]] = [
        (_("Arguments"), _records(command, context, "argument")),
        (_("Options"), _records(command, context, "option")),
    ]
    listing = getattr(command, "sections", None)
    if listing is not None:
        sections += listing(context)
    for title, rows in sections:
        if rows:
            lines += ["", f"{title}:", *_columns(rows, room)]
    if command.epilog:
        lines += ["", f"{_('Examples')}:", *(" " * INDENT + line for line in command.epilog.split("\n"))]
    return "\n".join(lines) + "\n"


def said(text: str | None) -> str:
    """A help text in the language in force; the library's catalogue has something else under no text at all."""
    return _(text) if text else ""


def usage_line(command: Any, context: Any) -> str:
    """How the command is written."""
    pieces = [context.command_path, metavar(command.options_metavar)]
    for param in command.get_params(context):
        if param.param_type_name == "argument" and not param.hidden:
            name = metavar(param.metavar or param.name)
            pieces.append(name if param.required or name.startswith("[") else f"[{name}]")
    pieces.append(metavar(getattr(command, "subcommand_metavar", "")))
    return _("Usage: {line}", line=" ".join(piece for piece in pieces if piece))


def _records(command: Any, context: Any, kind: str) -> list[tuple[str, str]]:
    rows = []
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if param.param_type_name == kind and record is not None:
            rows.append((_term(param, record[0]), _about(param)))
    return rows


def metavar(word: str) -> str:
    """What stands for a value in a line, in the language in force; `[NO...]` is said as NO is."""
    if word in METAVARS:
        return _(word)
    inner = word.strip("[].")
    return word.replace(inner, _(inner)) if inner in METAVARS else word


def _term(param: Any, record: str) -> str:
    """An argument, or an option with what stands for its value."""
    written = param.metavar or ""
    if record == written:
        return metavar(record)
    return record.removesuffix(written) + metavar(written) if written and record.endswith(written) else record


def _about(param: Any) -> str:
    parts = [said(param.help)]
    if param.required:
        parts.append(_("[required]"))
    elif param.default not in (None, "", False, (), []) and not callable(param.default):
        parts.append(_("[default: {value}]", value=param.default))
    if param.envvar:
        parts.append(_("[or {name}]", name=param.envvar))
    return " ".join(part for part in parts if part)


def _columns(rows: Rows, room: int) -> Iterator[str]:
    from rich.cells import cell_len

    left = min(max(cell_len(term) for term, _text in rows), room // 3) + INDENT
    for term, text in rows:
        lines = wrapped(text, room - INDENT - left)
        gap = left - cell_len(term)
        first = lines.pop(0) if gap >= INDENT and lines else ""
        yield (" " * INDENT + term + " " * gap + first).rstrip()
        yield from (" " * (INDENT + left) + line for line in lines)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; breaks at blanks and between Chinese characters."""
    from rich.cells import cell_len

    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """What can't be broken: a word with its blank, a Chinese character with the punctuation after it."""
    piece = ""
    for char in text:
        wide = ord(char) > 0x2E7F
        if piece and (piece[-1] == " " or (wide and char not in _NOT_FIRST) or (ord(piece[-1]) > 0x2E7F and not wide)):
            yield piece
            piece = ""
        piece += char
    yield piece
