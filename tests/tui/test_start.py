"""What opening the interface loads: nothing that the first frame does not need."""

import subprocess
import sys

LATER = (
    "pypinyin", "holidays", "lunardate", "xlsxwriter", "python_calamine", "cryptography", "typer", "babel",
    "guanhu.tui.palette", "guanhu.tui.screens", "guanhu.intake", "guanhu.commands",
)  # fmt: skip


def test_the_app_loads_nothing_heavy_before_it_is_needed() -> None:
    code = f"import sys, guanhu.tui.app; print(*[name for name in {LATER!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert loaded.split() == []


def test_what_must_come_before_textual_does_not_load_it() -> None:
    code = "import sys, guanhu.tui.input_method as i; i.before_textual(); print('textual' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert told == "False\n"
