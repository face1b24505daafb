"""`guanhu log` as a table: the newest entries, the newest last, and which part of all is shown."""

from guanhu.tests.commands.conftest import Run


def notes(out: str) -> list[str]:
    return [line.split()[-1] for line in out.splitlines()[1:]]


def test_a_limited_table_shows_the_newest_with_the_newest_last(branch: Run) -> None:
    number = branch("guanhu customer find 2 --json").out.split('"customer_no":"')[1].split('"')[0]
    for n in range(5):
        line = f"guanhu contact add {number} --channel phone --outcome no_answer --on 2026-11-1{n} --note note{n}"
        assert branch(line).code == 0
    shown = branch("guanhu log --limit 2")
    assert notes(shown.out) == ["note3", "note4"]
    assert "4 to 5 of 5" in shown.err
    earlier = branch("guanhu log --limit 2 --offset 2")
    assert notes(earlier.out) == ["note1", "note2"]
    assert "2 to 3 of 5" in earlier.err
    assert notes(branch("guanhu log --limit 3 --offset 4").out) == ["note0"]
    assert notes(branch("guanhu log --limit 0 --offset 3").out) == ["note0", "note1"]
    assert branch("guanhu log --limit 0 --offset 9").out == branch("guanhu log --limit 1 --offset 9").out
