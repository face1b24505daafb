"""What the rooms keep to beyond their imports: import-linter can't see a question that is written out in place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASKING = sorted(
    path for room in ("commands", "tui") for path in (ROOT / room).rglob("*.py")
    if "demo_branch" not in path.parts  # it makes a branch up, and looks at what it has made
)  # fmt: skip


@pytest.mark.parametrize("path", ASKING, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_screens_ask_projections_and_no_table(path: Path) -> None:
    asked = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany")
    ]
    assert asked == []
