"""`guanhu audit`: checkpoints for inspectors to keep away from the book, and what the book is worth against them."""

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from guanhu.commands import words
from guanhu.commands.app import command
from guanhu.commands.audit_group import app
from guanhu.commands.audit_words import key_lines, verdict_document
from guanhu.commands.failing import DAMAGED, UsageError
from guanhu.commands.frame import Frame, frame_of
from guanhu.commands.gate import let_through
from guanhu.commands.options import Json, Position
from guanhu.commands.output import document, facts, note, say
from guanhu.language import N_, _
from guanhu.tui.proof_words import findings_lines, verdict_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guanhu.store.proving import Kept

LONGEST = 1 << 20
"""Bytes that are read of a checkpoint's file; a real one has a few hundred."""

Out: TypeAlias = Annotated[str, typer.Option("--out", metavar="FILE", help=N_("The file that is written."))]
Against: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--against", metavar="FILE", help=N_("A checkpoint that was kept; several may be named.")),
]
Vkey: TypeAlias = Annotated[
    str,
    typer.Option("--vkey", metavar="VKEY", help=N_("The book's key as you noted it; else the one beside the book.")),
]


@command(app, "checkpoint", N_("Write a checkpoint of the log as it is now, to be kept away from the book."))
def checkpoint(context: typer.Context, out: Out, as_json: Json = False) -> None:
    """`audit checkpoint`: FILE, and FILE.leaves, which names the position should the book ever differ."""
    from guanhu.domain.checkpoint import parse
    from guanhu.store.keeping_checkpoints import keep_checkpoint
    from guanhu.store.signing import verifier_key

    frame = frame_of(context)
    _pass(frame, "audit checkpoint")
    kept = keep_checkpoint(frame.book, Path(out))
    made = parse(kept.text).checkpoint
    key = str(verifier_key(frame.book, made.origin))
    if as_json:
        root = b64encode(made.root).decode()
        written = {"file": out, "leaves": str(kept.companion), "vkey": key}
        document({"origin": made.origin, "size": made.size, "root": root, **written})
        return
    say(_("Checkpoint over {size} entries: {file}", size=f"{made.size:,}", file=out))
    say(_("Beside it stands {file}: keep both where nobody of the branch can write.", file=str(kept.companion)))


@command(app, "verify", N_("Prove the book an extension of each kept checkpoint, or say where it first differs."))
def verify(
    context: typer.Context,
    against: Against = None,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help=N_("More checkpoints that were kept."))
    ] = None,
    vkey: Vkey = "",
    bundle: Annotated[
        str, typer.Option("--bundle", metavar="FILE", help=N_("Verify this bundle instead; no book is needed."))
    ] = "",
    as_json: Json = False,
) -> None:
    """`audit verify`; exit 5 where anything is not proven that should be."""
    from guanhu.store.proving import verify_against

    kept = _kept([*(against or ()), *(more or ())])
    if bundle:
        _verify_bundle(bundle, kept, vkey, as_json)
        return
    frame = frame_of(context)
    _pass(frame, "audit verify")
    found = verify_against(frame.book, kept, vkey or None)
    if as_json:
        unproven = dict(zip(("first", "last"), found.unproven, strict=True)) if found.unproven else None
        document({
            "origin": found.origin, "size": found.size, "root": b64encode(found.root).decode(), "damage": found.damage,
            "checkpoints": [verdict_document(each) for each in found.verdicts], "proven": found.proven,
            "unproven": unproven, "good": found.good,
        })  # fmt: skip
    else:
        for line in findings_lines(found):
            say(line)
        for line in key_lines(vkey, bool(kept)):
            note(line)
    if not found.good:
        raise typer.Exit(DAMAGED)


def _verify_bundle(file: str, kept: "Sequence[Kept]", vkey: str, as_json: bool) -> None:
    from guanhu.store.bundle import read_bundle, verify_bundle

    let_through("audit verify", "", writing=False)
    bundle = read_bundle(_bytes(file))
    found = verify_bundle(bundle, kept, vkey or None)
    if as_json:
        document({
            "checkpoint": verdict_document(found.checkpoint), "entries": [verdict_document(e) for e in found.entries],
            "checkpoints": [verdict_document(e) for e in found.verdicts], "good": found.good,
        })  # fmt: skip
    else:
        if found.checkpoint.code != "proven":
            say(verdict_line(found.checkpoint, file))
        for entry, verdict in zip(bundle.entries, found.entries, strict=False):
            where = {"position": f"{entry.position:,}", "size": f"{found.checkpoint.size:,}"}
            if verdict.code == "proven":
                say(_("Entry {position} is in the log of {size} entries.", **where))
            else:
                say(_("Entry {position} is NOT in the log of {size} entries as the bundle shows it.", **where))
        for each in found.verdicts:
            say(verdict_line(each, _("a checkpoint in the bundle")))
        for line in key_lines(vkey, True):
            note(line)
    if not found.good:
        raise typer.Exit(DAMAGED)


@command(app, "prove", N_("Prove that the log holds an entry; --json gives a bundle that needs no book."))
def prove(context: typer.Context, position: Position, as_json: Json = False) -> None:
    """`audit prove`."""
    from guanhu.domain.checkpoint import parse
    from guanhu.store.bundle import make_bundle
    from guanhu.store.tree import leaf_hash

    frame = frame_of(context)
    _pass(frame, "audit prove")
    _check_to_be_taken(frame, [position])
    made = make_bundle(frame.book, [position])
    if as_json:
        document(made)
        return
    entry, head = made.entries[0], parse(made.checkpoint).checkpoint
    leaf = leaf_hash(entry.position, entry.stream, entry.version, entry.topic, entry.state)
    say(_("Entry {position} is in the log of {size} entries.", position=f"{position:,}", size=f"{head.size:,}"))
    facts([
        (_("stream"), f"{entry.stream} {entry.version}"),
        (_("event"), entry.topic),
        (_("its hash"), b64encode(leaf).decode()),
        (_("root"), b64encode(head.root).decode()),
        *((_("proof {n}", n=n), b64encode(each).decode()) for n, each in enumerate(entry.proof, 1)),
    ])  # fmt: skip


@command(app, "bundle", N_("Write entries with their proofs into a file that is verified without the book."))
def bundle(
    context: typer.Context,
    out: Out,
    positions: Annotated[
        list[int] | None,
        typer.Argument(metavar="[POSITION]...", parser=words.count, help=N_("Positions of entries.")),
    ] = None,
    against: Against = None,
    as_json: Json = False,
) -> None:
    """`audit bundle`: with --against it also holds the proof that the log only grew since."""
    import msgspec

    from guanhu.store.bundle import make_bundle
    from guanhu.store.database import new_private_file

    if not positions and not against:
        raise UsageError(_("Name entries by their positions, or checkpoints with --against."), context)
    frame = frame_of(context)
    _pass(frame, "audit bundle")
    _check_to_be_taken(frame, positions or [])
    kept = _kept(against or [])
    made = make_bundle(frame.book, list(dict.fromkeys(positions or ())), [each.text for each in kept])
    new_private_file(Path(out), msgspec.json.format(msgspec.json.encode(made), indent=1))
    counts: dict[str, Any] = {"entries": len(made.entries), "checkpoints": len(made.earlier)}
    if as_json:
        document({"file": out, **counts})
    else:
        say(_("Bundle with entries: {entries}, earlier checkpoints: {checkpoints}.", **counts))


@command(app, "key", N_("Show the key that checks the book's checkpoints; note it once."))
def key(context: typer.Context, as_json: Json = False) -> None:
    """`audit key`."""
    from guanhu.store.proving import book_key

    frame = frame_of(context)
    _pass(frame, "audit key")
    found = book_key(frame.book)
    if as_json:
        document({"name": found.name, "vkey": str(found)})
    else:
        say(str(found))


def _check_to_be_taken(frame: Frame, positions: list[int]) -> None:
    """Refused("inspection_running") for what who acts may not see yet; a stale book can't say who may, and is free."""
    from guanhu.projections.inspection_sight import check_to_be_taken
    from guanhu.store.codec import decode
    from guanhu.tui.inspection_seen import sight_in

    if frame.book.stale:
        return
    with frame.book.reading() as cursor:
        sight = sight_in(frame.book, frame.acting(cursor))
        rows = frame.book.recorder.read(cursor, positions)
        check_to_be_taken(cursor, ((row[0], decode(row[3], row[4])) for row in rows), sight)


def _pass(frame: Frame, name: str) -> None:
    """Through the gate; a book whose tables can't say who acts may be looked into all the same."""
    staff = ""
    if not frame.book.stale:
        with frame.book.reading() as cursor:
            staff = frame.acting(cursor)
    let_through(name, staff, writing=False)


def _kept(files: "Sequence[str]") -> "list[Kept]":
    """The checkpoints of files; leaf hashes among them, as `folder/*` names them, are found by the checkpoint."""
    from guanhu.store.leaves import companion_path
    from guanhu.store.proving import Kept

    return [
        Kept(file, _bytes(file, LONGEST).decode(errors="replace"), companion_path(Path(file)))
        for file in files
        if not file.endswith(".leaves")
    ]


def _bytes(file: str, most: int = -1) -> bytes:
    from guanhu.intake.refusal import UnreadableFile

    try:
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except FileNotFoundError:
        raise UnreadableFile("file_missing", file=file) from None
    except OSError:
        raise UnreadableFile("not_readable", file=file) from None
