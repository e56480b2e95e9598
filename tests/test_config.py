"""Settings, their faults and the order of the places where things are looked for."""

from pathlib import Path

import pytest

from studytool.config import Config, corpus_folder, deck_files, read_config, shipped
from studytool.config import home as places
from studytool.deal import Deal
from studytool.errors import StudytoolError

DEAL = "new_per_day, reviews_per_day, retention, learning_steps, relearning_steps, bury_siblings, fuzz, balance"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults(path: Path) -> None:
    assert read_config(path) == Config(new_per_day=20, day_starts=4, retention=0.9)


def test_how_cards_show_is_set(path: Path) -> None:
    path.write_text('direction = "en-zh"\nfade = true\ntones = "off"\n', "utf-8")
    assert read_config(path) == Config(direction="en-zh", fade=True, tones="off")


def test_a_topic_has_what_is_set_for_it_and_else_what_is_set_for_all(path: Path) -> None:
    path.write_text(
        "retention = 0.95\nlearning_steps = [0.5, 15]\n[topic.compute]\nretention = 0.85\nnew_per_day = 5\n"
        "[topic.agi]\nbury_siblings = false\nrelearning_steps = []\n",
        "utf-8",
    )
    config = read_config(path)
    assert (config.retention, config.new_per_day, config.learning_steps) == (0.95, 20, (0.5, 15))
    assert config.topic == {
        "compute": Deal(retention=0.85, new_per_day=5, learning_steps=(0.5, 15)),
        "agi": Deal(retention=0.95, bury_siblings=False, learning_steps=(0.5, 15), relearning_steps=()),
    }


def test_what_is_set_is_set_and_the_rest_stays(path: Path) -> None:
    path.write_bytes('\ufeff# mine\r\nday_starts = 0\r\n"theme" = "nord"\r\n'.encode())
    assert read_config(path) == Config(day_starts=0, theme="nord")


@pytest.mark.parametrize(("key", "value"), [("new_per_day", 0), ("day_starts", 23), ("retention", 0.7), ("retention", 0.99)])
def test_the_limits_themselves_are_allowed(path: Path, key: str, value: float) -> None:
    path.write_text(f"{key} = {value}\n", "utf-8")
    assert getattr(read_config(path), key) == value


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            'theme = "x"\n\nnew_per_dya = 5\n',
            3,
            "unknown setting 'new_per_dya'; known are new_per_day, reviews_per_day, retention, learning_steps, relearning_steps, bury_siblings, fuzz, balance, day_starts, topic, theme, direction, fade, tones, translator, llm_model, llm_base_url, bindings, keys",
        ),
        (
            "\n[quiz]\nnew_per_day = 5\n",
            2,
            "unknown setting 'quiz'; known are new_per_day, reviews_per_day, retention, learning_steps, relearning_steps, bury_siblings, fuzz, balance, day_starts, topic, theme, direction, fade, tones, translator, llm_model, llm_base_url, bindings, keys",
        ),
        ('new_per_day = "5"\n', 1, "new_per_day: expected `int`, got `str`; mend the value"),
        ("\nnew_per_day = true\n", 2, "new_per_day: expected `int`, got `bool`; mend the value"),
        ("new_per_day = 1.5\n", 1, "new_per_day: expected `int`, got `float`; mend the value"),
        ("\ntheme = 1\n", 2, "theme: expected `str`, got `int`; mend the value"),
        ("new_per_day = -1\n", 1, "new_per_day = -1 is out of range; from 0 to 9999"),
        ("\n\nday_starts = 24\n", 3, "day_starts = 24 is out of range; from 0 to 23"),
        ("retention = 90\n", 1, "retention = 90 is out of range; from 0.7 to 0.99"),
        ('direction = "zh"\n', 1, "direction = 'zh' is unknown; known are zh-en, en-zh"),
        ("direction = 1\n", 1, "direction = 1 is unknown; known are zh-en, en-zh"),
        ("direction = []\n", 1, "direction = [] is unknown; known are zh-en, en-zh"),
        ('\ntones = "Pleco"\n', 2, "tones = 'Pleco' is unknown; known are pleco, hanping, mdbg, off"),
        ('fade = "yes"\n', 1, "fade: expected `bool`, got `str`; mend the value"),
        ("learning_steps = [1, 0]\n", 1, "learning_steps = [1, 0] is out of range; from 0.1 to 1439 minutes each"),
        ('learning_steps = ["1m"]\n', 1, "learning_steps: expected `float`, got `str` - at `$[0]`; mend the value"),
        ("relearning_steps = 10\n", 1, "relearning_steps: expected `array`, got `int`; mend the value"),
        ("reviews_per_day = 10000\n", 1, "reviews_per_day = 10000 is out of range; from 0 to 9999"),
        ("bury_siblings = 1\n", 1, "bury_siblings: expected `bool`, got `int`; mend the value"),
        ("\n[topic.a]\nretention = 0.8\n\nretention_ = 1\n", 5, f"unknown setting of a topic: 'retention_'; known are {DEAL}"),
        ("[topic.a]\nday_starts = 5\n", 2, f"unknown setting of a topic: 'day_starts'; known are {DEAL}"),
        ("[topic.b]\n[topic.a]\nretention = 8\n", 3, "retention = 8 is out of range; from 0.7 to 0.99"),
        ("topic.a.fuzz = 8\n", 1, "fuzz: expected `bool`, got `int`; mend the value"),
        ("\ntopic = { a = { fuzz = 8 } }\n", 2, "fuzz: expected `bool`, got `int`; mend the value"),
        ('topic = "a"\n', 1, "topic = 'a' is no table; write [topic.<id>] and its settings below"),
        ("[topic]\na = 1\n", 1, "topic.a = 1 is no table; write [topic.a] and its settings below"),
        (
            "[topic.a]\nnew_per_day = 30\n",
            2,
            "new_per_day = 30 is more than the 20 of all topics together; raise new_per_day at the top of the file too, or lower this one",
        ),
        ("retention = nan\n", 1, "retention = nan is out of range; from 0.7 to 0.99"),
        ('theme = "x"\nday_starts\n', 2, "is not TOML: Expected '=' after a key in a key/value pair; mend this line"),
        ("day_starts = 1\nday_starts = 2\n", 2, "is not TOML: Cannot overwrite a value; mend this line"),
    ],
)
def test_a_bad_setting_is_told_with_its_line(path: Path, text: str, line: int, message: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(StudytoolError) as caught:
        read_config(path)
    assert str(caught.value) == f"{path}:{line}: {message}"
    assert caught.value.code == 2


def test_a_config_that_is_no_text(path: Path) -> None:
    path.write_bytes(b"theme = 'x'\n\xff")
    with pytest.raises(StudytoolError, match=r":2: is not UTF-8 text"):
        read_config(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(StudytoolError, match="is a folder, not a config file"):
        read_config(path)


def test_the_home_is_where_the_variable_says(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places().store == home / "reviews.db"
    assert places().config == home / "config.toml"
    monkeypatch.setenv("STUDYTOOL_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert places().store.name == "reviews.db"
    assert places().data.name == "studytool"
    assert tmp_path / "home" not in places().data.parents


def corpus_in(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "corpus.toml").write_text('name = "x"\n', "utf-8")
    return folder


def test_a_corpus_is_looked_for_here_then_at_home_then_in_what_came_with_the_tool(home: Path, tmp_path: Path) -> None:
    assert corpus_folder() == shipped("corpus")
    assert (shipped("corpus") / "corpus.toml").is_file()
    (tmp_path / "work" / "corpus").mkdir()  # without a corpus.toml it is somebody else's folder
    assert corpus_folder() == shipped("corpus")
    own = corpus_in(home / "corpus")
    assert corpus_folder() == own
    (tmp_path / "work" / "corpus").rmdir()
    here = corpus_in(tmp_path / "work" / "corpus")
    assert corpus_folder().resolve() == here.resolve()


def decks_in(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("{}\n", "utf-8")
    return sorted(folder / name for name in names if name.endswith(".jsonl"))


def test_decks_are_looked_for_here_then_at_home(home: Path, tmp_path: Path) -> None:
    own = decks_in(home / "decks", "b.jsonl", "a.jsonl", "a.apkg")
    assert deck_files() == own
    decks_in(tmp_path / "work" / "decks", "c.apkg")  # no deck file: not here, then
    assert deck_files() == own
    decks_in(tmp_path / "work" / "decks", "d.jsonl", "c.jsonl")
    assert deck_files() == [Path("decks/c.jsonl"), Path("decks/d.jsonl")]


def test_without_decks_of_one_s_own_the_shipped_ones_or_an_error_that_tells_how_to_make_some() -> None:
    came_with_it = sorted(shipped("decks").glob("*.jsonl"))
    if came_with_it:
        assert deck_files() == came_with_it
    else:
        with pytest.raises(StudytoolError, match="no deck found; `studytool build` makes one"):
            deck_files()
