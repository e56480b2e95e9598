"""Colours for the four tones and the neutral one, as dictionaries that learners know have them, legible on any theme."""

from functools import lru_cache

from textual.color import Color
from textual.widget import Widget

from studytool.config import Tones

_RED, _ORANGE, _GREEN, _BLUE, _PURPLE, _GREY = "#e81c1c", "#ee7a00", "#08a828", "#1f3cf0", "#9416c4", "#808080"
_SKY = "#4aa0f0"
_HUES: dict[Tones, tuple[str, ...]] = {  # first to fourth tone, neutral
    "pleco": (_RED, _GREEN, _BLUE, _PURPLE, _GREY),
    "hanping": (_SKY, _GREEN, _ORANGE, _RED, _GREY),
    "mdbg": (_RED, _ORANGE, _GREEN, _BLUE, _GREY),
}
CONTRAST = 4.5  # of text on its ground, as WCAG AA asks for
_STEPS = 20  # from a hue to white or black
WHITE, BLACK = Color(255, 255, 255), Color(0, 0, 0)


@lru_cache(maxsize=16)
def styles(scheme: Tones, ground: Color) -> tuple[str, ...]:
    """The style of each tone, by its number; of what has no tone at 0. `ground` is the colour behind the text."""
    if scheme == "off":
        return ("",) * 6
    return ("", *(_legible(Color.parse(hue), ground).hex for hue in _HUES[scheme]))


def on(widget: Widget, scheme: Tones) -> tuple[str, ...]:
    """The styles that are legible on a widget's ground, as it is now."""
    ground = widget.background_colors[1]
    if ground.ansi is not None:  # the terminal's own: only whether it is dark is known
        ground = BLACK if widget.app.current_theme.dark else WHITE
    return styles(scheme, ground)


def _legible(hue: Color, ground: Color) -> Color:
    """A hue made as much lighter, or on a light ground darker, as it takes to be read."""
    away = max(WHITE, BLACK, key=lambda end: contrast(end, ground))
    steps = (hue.blend(away, step / _STEPS) for step in range(_STEPS + 1))
    return next((colour for colour in steps if contrast(colour, ground) >= CONTRAST), away)


def contrast(one: Color, other: Color) -> float:
    """The ratio of two colours' luminance, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
