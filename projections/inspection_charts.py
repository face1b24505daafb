"""Bars of an inspection's report, drawn as SVG inside the page: nothing is loaded, and they print in black and white.

Every bar stands beside the number it shows, and parts differ in pattern as well as in colour.
"""

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 240, 14

PATTERNS = """
<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="doubtful" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#f2c14e"/><rect width="2" height="6" fill="#8a6100"/></pattern>
<pattern id="cannot_tell" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#e6e6e6"/><circle cx="3" cy="3" r="1.2" fill="#6b6b6b"/></pattern>
</defs></svg>
"""
"""Stands once on the page, before the bars."""

_FILLS = {
    "ok": "#6f9fc8", "doubtful": "url(#doubtful)", "false": "#a8322a", "cannot_tell": "url(#cannot_tell)",
    "": "#ffffff", "plain": "#6f9fc8",
}  # fmt: skip


def bar(parts: Sequence[tuple[str, int]], most: int, said: str) -> str:
    """A bar of parts (verdict, or "plain"; count), as long as its sum is of `most`; `said`: the same in words."""
    drawn, x = [], 0
    for name, count in parts:
        width = count * WIDTH // most if most else 0
        if width:
            drawn.append(_part(name, x, width))
        x += width
    return (
        f'<svg class="bar" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{escape(said)}</title>{''.join(drawn)}</svg>"
    )


def swatch(name: str) -> str:
    """A part's pattern, for the legend."""
    return f'<svg viewBox="0 0 14 {HEIGHT}" width="14" height="{HEIGHT}" aria-hidden="true">{_part(name, 0, 14)}</svg>'


def _part(name: str, x: int, width: int) -> str:
    return (
        f'<rect x="{x}.5" y="0.5" width="{max(1, width - 1)}" height="{HEIGHT - 1}" fill="{_FILLS[name]}" stroke="#444"'
        ' stroke-width="0.7"/>'
    )
