"""Which encoding a text file is in, found by decoding all of it once (DESIGN 7).

UTF-8 comes first, strictly, because UTF-8 Chinese decodes as GB18030 without an error, into nonsense.
"""

import codecs
import hashlib
import io

import msgspec

from guanhu.intake.contents import Contents
from guanhu.intake.refusal import UnreadableFile

_BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# GBK fails on rare names that GB18030 has, and is a part of it.
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf-8": "utf-8-sig"}


class Examined(msgspec.Struct, frozen=True):
    """What one pass over a text file found; `lines` counts line ends."""

    encoding: str
    sha256: str
    lines: int


def examine(contents: Contents, encoding: str | None) -> Examined:
    """Find the encoding, or make sure of the one that was named, with the file's hash in the same pass.

    Raises UnreadableFile: "not_decodable", "unknown_encoding", "line_too_long".
    """
    if encoding is not None:
        candidates = [_known(encoding)]
    else:
        head = contents.head(4)
        marked = [name for mark, name in _MARKS if head.startswith(mark)]
        candidates = marked or ["utf-8", "gb18030"]
    for candidate in candidates:
        examined = _decode(contents, candidate)
        if examined:
            return examined
    raise UnreadableFile("not_decodable", file=contents.name)


def _known(encoding: str) -> str:
    """The name by which Python knows a text encoding."""
    try:
        # Unlike codecs.lookup, this refuses codecs that are no text encodings, such as base64.
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise UnreadableFile("unknown_encoding", value=encoding) from error
    return _WIDER.get(name, name)


def _decode(contents: Contents, encoding: str) -> Examined | None:
    """Decode the whole file in blocks; None if it is not in that encoding."""
    digest = hashlib.sha256()
    lines = returns = 0
    decoder = codecs.getincrementaldecoder(encoding)()
    with contents.open() as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
            ends, old_ends = block.count(b"\n"), block.count(b"\r")
            lines += ends
            returns += old_ends
            try:
                decoder.decode(block)
            except UnicodeError:
                return None
            # Rows are read whole: a file without line ends would be read into memory as one.
            if len(block) == _BLOCK and not (ends or old_ends):
                raise UnreadableFile("line_too_long", file=contents.name)
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return Examined(encoding, digest.hexdigest(), lines or returns)
