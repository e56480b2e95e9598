"""A picture of a screen that browsers show right: Rich's own counts a hanzi as one cell, so that it squeezes Chinese."""

import html
import re
from itertools import groupby

from rich.cells import cell_len
from textual.app import App

_CELL = 12.2  # the width of a cell in Rich's pictures, in pixels
_TEXT = re.compile(
    r'<text class="(?P<look>[^"]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+" (?P<clip>[^>]+)>(?P<text>[^<]*)</text>'
)


def picture(app: App[None]) -> str:
    """The screen as SVG, each run of hanzi and of letters where its cells are. No name in it is drawn by chance."""
    svg = re.sub(r"terminal-\d+-", "screen-", app.export_screenshot())
    return _TEXT.sub(_placed, svg)


def _placed(found: re.Match[str]) -> str:
    """One text, parted where the width of its characters changes."""
    x, placed = float(found["x"]), []
    for _, group in groupby(html.unescape(found["text"]), key=lambda char: (cell_len(char), char == "\xa0")):
        run = "".join(group)
        width = cell_len(run) * _CELL
        if run.strip("\xa0"):
            placed.append(
                f'<text class="{found["look"]}" x="{x:.1f}" y="{found["y"]}" textLength="{width:.1f}" {found["clip"]}>'
                f"{html.escape(run)}</text>"
            )
        x += width
    return "".join(placed)
