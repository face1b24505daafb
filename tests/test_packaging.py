"""What is shipped: the rooms, whole, and nothing of the house around them."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHEEL: dict[str, Any] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
HOUSE = {"tests", "benchmarks", "docs", "examples"}
SHIPPED = {".py", ".toml", ".mo", ".tcss", ".typed"}


def pins() -> dict[str, str]:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+", line)] == []
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def rooms() -> set[str]:
    """The folders and files at the root that hold the program."""
    folders = {path.parent.name for path in ROOT.glob("*/*.py")}
    return {name for name in folders if not name.startswith(".")} - HOUSE | {path.name for path in ROOT.glob("*.py")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel made of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_every_room_is_named_for_the_wheel() -> None:
    assert rooms() - set(WHEEL["only-include"]) == set()


def test_the_wheel_holds_the_rooms_whole(wheel: set[str]) -> None:
    left_out = set(WHEEL["exclude"])
    expected = {
        f"guanhu/{name}"
        for room in rooms()
        for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*"))
        if path.suffix in SHIPPED and (name := path.relative_to(ROOT).as_posix()) not in left_out
    }
    assert expected - wheel == set()


def test_the_wheel_puts_nothing_beside_the_package(wheel: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"guanhu"}
    assert not {name.split("/")[1] for name in wheel if name.startswith("guanhu/")} - set(WHEEL["only-include"])


def test_what_is_left_out_of_the_wheel_exists() -> None:
    assert [name for name in WHEEL["exclude"] if not (ROOT / name).is_file()] == []


def test_the_root_is_no_package_of_its_own() -> None:
    assert not (ROOT / "__init__.py").exists()
    assert (ROOT / ".dev" / "guanhu").readlink() == Path("..")


def test_bare_imports_of_every_room_are_banned() -> None:
    banned = PROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    assert {room.removesuffix(".py") for room in rooms()} - set(banned) == set()


def test_what_is_asked_for_is_pinned_within_its_bounds() -> None:
    project = PROJECT["project"]
    pinned = pins()
    asked = [Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]
    loose = [
        str(each)
        for each in asked
        if not each.specifier.contains(pinned.get(canonicalize_name(each.name), "0"), prereleases=True)
    ]
    assert loose == []
    assert pinned.keys() >= {canonicalize_name(each.name) for each in asked}
