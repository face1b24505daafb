"""Files that leave the book: for their owner only, whole or not there, whoever asked for them."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.store.errors import StoreFull
from guanhu.store.private_file import private_file, private_text


@pytest.fixture(autouse=True)
def _usual_mask() -> Iterator[None]:
    former = os.umask(0o022)
    yield
    os.umask(former)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_its_owners_only_while_it_is_written_and_after(tmp_path: Path) -> None:
    path = tmp_path / "客户.csv"
    with private_text(path, marked=True) as text:
        text.write("C1,张伟\r\n")
        text.flush()
        (unfinished,) = tmp_path.iterdir()
        assert mode(unfinished) == 0o600
        assert not path.exists()
        assert "客户" not in unfinished.name
    assert path.read_bytes() == b"\xef\xbb\xbf" + "C1,张伟\r\n".encode()
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_stood_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("mine", "utf-8")
    path.chmod(0o644)
    with suppress(RuntimeError), private_file(path) as target:
        target.write(b"half")
        raise RuntimeError
    assert path.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]
    with private_file(path) as target:
        target.write(b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "kept" / "list.csv")
    with private_file(link) as target:
        target.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "kept" / "list.csv").read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    with private_file(Path(os.devnull)) as target:
        target.write(b"nothing")
    assert not Path(os.devnull).is_file()


def test_what_files_refuse_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="folder_missing"), private_file(tmp_path / "none" / "list.csv"):
        pass
    with pytest.raises(Refused, match="not_writable"), private_file(tmp_path):
        pass
    with pytest.raises(StoreFull, match="disk_full"), private_file(tmp_path / "list.csv"):
        raise OSError(errno.ENOSPC, "no room")
    with pytest.raises(Refused, match="not_writable"), private_file(tmp_path / "list.csv"):
        raise OSError(errno.EIO, "fault")
    assert list(tmp_path.iterdir()) == []
