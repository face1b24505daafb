"""What goes wrong, in one sentence and one exit code (DESIGN 7); a traceback only for who asks by GUANHU_DEBUG=1."""

import errno
import os
import re
import sys
from collections.abc import Callable
from typing import Any

from guanhu.commands.streams import hush
from guanhu.domain.errors import NotFound, Refused
from guanhu.language import N_, _

REFUSED, USAGE, NOT_FOUND, BUSY, DAMAGED, FAULT, STOPPED = 1, 2, 3, 4, 5, 70, 130
"""Exit codes; FAULT, a fault of the program, is EX_SOFTWARE of sysexits.h, STOPPED 128 and the signal's number."""

GLOBAL_OPTIONS = ("--book", "--staff", "--lang", "--version")


class UsageError(Exception):
    """The line can't be understood; `message` is the sentence that says why."""

    def __init__(self, message: str, context: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.context = context


def guarded(act: Callable[[], int], *, as_json: bool) -> int:
    """The exit code of an act, whatever becomes of it; errors are told on stderr."""
    try:
        code = act()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Who closed the pipe has read enough (`| head`).
        hush()
        return 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return STOPPED
    except Exception as error:
        return told(error, as_json=as_json)


def told(error: Exception, *, as_json: bool) -> int:
    """Tell an error on stderr and return its exit code; typer's own exits pass."""
    code = getattr(error, "exit_code", None)
    name = type(error).__name__
    if name == "Exit" and isinstance(code, int):
        return code
    if name == "Abort":
        _tell(_("Nothing was done."), "aborted", {}, as_json)
        return REFUSED
    if os.environ.get("GUANHU_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    if isinstance(error, Refused):
        from guanhu.language.reasons import sentence

        # A scheme's file can be wrong in many places: a document names them all.
        details = error.details | {"problems": error.problems} if hasattr(error, "problems") else error.details
        _tell(sentence(error.code, error.details), error.code, details, as_json)
        return exit_code(error)
    if isinstance(error, UsageError) or hasattr(error, "format_message"):
        if name == "NoArgsIsHelpError":
            print(error, file=sys.stderr)
            return USAGE
        _tell(usage_sentence(error), "usage", {}, as_json)
        if not as_json:
            _tell_usage(getattr(error, "context", None) or getattr(error, "ctx", None))
        return USAGE
    if isinstance(error, UnicodeEncodeError):
        # Bytes of the line that are no text come as lone surrogates, which no book can hold or know.
        _tell(_("The line holds bytes that are not text."), "usage", {}, as_json)
        return USAGE
    if isinstance(error, OSError):
        # A full disk, a file that may not be read: the system's doing, and its own words.
        hush()
        _tell(_("The system refuses: {reason}", reason=_kind(error)), "system", {}, as_json)
        return REFUSED
    _tell(_("Guanhu could not go on: {kind}. GUANHU_DEBUG=1 shows where.", kind=_kind(error)), "fault", {}, as_json)
    return FAULT


def exit_code(error: Refused) -> int:
    """The exit code of a refusal."""
    from guanhu.intake.refusal import UnreadableFile
    from guanhu.store.errors import BookBusy, BookDamaged

    if isinstance(error, NotFound):
        return NOT_FOUND
    if isinstance(error, BookBusy):
        return BUSY
    if isinstance(error, BookDamaged):
        return DAMAGED
    return USAGE if isinstance(error, UnreadableFile) else REFUSED


def usage_sentence(error: Any) -> str:
    """Why a line can't be understood, in the language in force.

    Typer's classes are told by their names: it keeps them in a module of its own that is not public.
    """
    match type(error).__name__:
        case "NoSuchOption":
            return _no_such_option(error)
        case "MissingParameter":
            return _missing(error)
        case "BadParameter":
            return _("{what}: {message}", what=_what(error), message=error.message)
        case "BadOptionUsage" if "does not take" in error.message:
            return _("The option {name} takes no value.", name=error.option_name)
        case "BadOptionUsage":
            return _("The option {name} wants a value.", name=error.option_name)
        case "UsageError" if found := re.search(r"extra argument\S* \((.*)\)", error.message):
            return _("This is too much: {words}", words=found[1])
    return str(error.message)


def _no_such_option(error: Any) -> str:
    name = error.option_name
    if name[1:2].isdigit():
        return _("A number can't be negative here.")
    if name in GLOBAL_OPTIONS:
        return _("The option {name} stands before the command: guanhu {name} ...", name=name)
    if error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        return _("There is no option {name}; perhaps {near}?", name=name, near=near)
    return _("There is no option {name}.", name=name)


def _missing(error: Any) -> str:
    """What is missing and, where its page lists what may be written, that list."""
    said = _("{what} is missing.", what=_what(error))
    about = getattr(error.param, "help", "") or ""
    listed = ", " in about and getattr(error.param, "param_type_name", "") == "option"
    return _("{said} {more}", said=said, more=_(about)) if listed else said


def _what(error: Any) -> str:
    if error.param is None:
        return str(error.param_hint or "?")
    from guanhu.commands.help import metavar

    opts = [opt for opt in error.param.opts if opt.startswith("--")]
    return opts[0] if opts else metavar(str(error.param.human_readable_name))


def _tell_usage(context: Any) -> None:
    if context is not None:
        from guanhu.commands.help import usage_line

        print(usage_line(context.command, context), file=sys.stderr)
        print(_("`{command} --help` says more.", command=context.command_path), file=sys.stderr)


def _kind(error: Exception) -> str:
    from guanhu.domain.text import visible

    if isinstance(error, OSError):
        return _system(error)
    text = visible(str(error))
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


SYSTEM = {
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.ENOENT: N_("no such file or folder"),
    errno.ENOSPC: N_("no room left on the disk"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EISDIR: N_("this is a folder"),
    errno.ENOTDIR: N_("this is no folder"),
    errno.EMFILE: N_("too many open files"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}
"""The commonest of the system's words; it says the others itself."""


def _system(error: OSError) -> str:
    from guanhu.domain.text import visible

    known = SYSTEM.get(error.errno or 0)
    said = _(known) if known else visible(error.strerror or type(error).__name__)
    return f"{said}: {visible(str(error.filename))}" if error.filename else said


def _tell(message: str, code: str, details: dict[str, object], as_json: bool) -> None:
    from guanhu.domain.text import visible

    if not as_json:
        print(visible(message, multiline=True), file=sys.stderr)
        return
    import msgspec

    document = {"error": {"code": code, "message": message, "details": details}}
    print(msgspec.json.encode(document, enc_hook=str).decode(), file=sys.stderr)
