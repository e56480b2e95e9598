import pytest
from textual.app import App
from textual.color import Color

from studytool.quiz.ui.tones import CONTRAST, contrast, styles

THEMES = App[None]().available_themes
SCHEMES = ("pleco", "hanping", "mdbg")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("theme", [name for name in THEMES if not name.startswith("ansi")])
def test_tones_are_legible_and_unlike_each_other_on_every_theme(scheme: str, theme: str) -> None:
    ground = Color.parse(THEMES[theme].to_color_system().generate()["background"])
    none, *tones = styles(scheme, ground)  # type: ignore[arg-type]
    assert none == ""
    assert len(set(tones)) == 5
    assert all(contrast(Color.parse(tone), ground) >= CONTRAST for tone in tones)


def test_the_schemes_have_the_hues_that_learners_know() -> None:
    def hue(style: str) -> str:
        degrees, saturation, _ = Color.parse(style).hsl
        names = {15: "red", 45: "orange", 170: "green", 260: "blue", 320: "purple"}
        return next(name for end, name in names.items() if degrees * 360 < end) if saturation > 0.1 else "grey"

    for ground in (Color(18, 18, 18), Color(224, 224, 224)):
        assert list(map(hue, styles("pleco", ground)[1:])) == ["red", "green", "blue", "purple", "grey"]
        assert list(map(hue, styles("hanping", ground)[1:])) == ["blue", "green", "orange", "red", "grey"]
        assert list(map(hue, styles("mdbg", ground)[1:])) == ["red", "orange", "green", "blue", "grey"]


def test_off_is_no_colour() -> None:
    assert styles("off", Color(0, 0, 0)) == ("",) * 6
