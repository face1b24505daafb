"""A move between tiers is told under the names of the scheme that decided it, and a stand-in's duties say for whom."""

from pathlib import Path

from guanhu.tests.commands.conftest import Run


def test_past_moves_keep_the_names_of_their_scheme(branch: Run, tmp_path: Path) -> None:
    text = branch("guanhu scheme show").out
    text = text.replace("version = 1", "version = 2", 1).replace('zh = "50-300万"', 'zh = "金卡"', 1)
    (tmp_path / "next.toml").write_text(text, "utf-8")
    ran = branch("guanhu scheme adopt next.toml --from 2026-11-24")
    assert ran.code == 0, ran
    assert "50-300万" in branch("guanhu --lang zh tier history C001").out
    assert "50-300万" in branch("guanhu --lang zh customer history C001").out
    assert "金卡" in branch("guanhu --lang zh tier summary").out


def test_duties_that_a_stand_in_does_say_for_whom(branch: Run) -> None:
    assert branch("guanhu staff enrol S2 --name 李明 --role relationship_manager").code == 0
    assert branch("guanhu assign set C001 S2").code == 0
    assert branch("guanhu staff away S2 wangfang --from today --to +3").code == 0
    assert "代李明" in branch("guanhu --lang zh duty list --staff wangfang").out
    assert "代李明" not in branch("guanhu --lang zh duty list --staff S2").out
    daily = [line for line in branch("guanhu --lang zh duty list").out.splitlines() if "每日查看" in line]
    assert [line.split()[3:] for line in daily] == [["代李明"], ["wangfang"]]
