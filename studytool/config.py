"""Where things lie, and what the user set. Read by the command line alone and handed down as arguments."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct, field
from msgspec.structs import fields, replace

from studytool.deal import LIMITS, Deal
from studytool.errors import StudytoolError, Where
from studytool.files import read_text
from studytool.model import Direction

if TYPE_CHECKING:
    from studytool.toml_lines import Lines

HOME_VARIABLE = "STUDYTOOL_HOME"  # one folder for all that is the user's, instead of the platform's own places


Tones = Literal["pleco", "hanping", "mdbg", "off"]  # whose colours the tones of pinyin have


class Config(Deal, frozen=True, forbid_unknown_fields=True):
    """config.toml; every key is optional. What it says of scheduling holds for all topics that it says nothing else of."""

    day_starts: int = 4  # the hour, local time, at which a study day begins
    topic: dict[str, Deal] = field(default_factory=dict)  # what topics, by id, have otherwise: [topic.<id>]
    theme: str = "textual-dark"
    direction: Direction = "zh-en"  # the language of the prompt, then that of its gloss
    fade: bool = False  # whether a card's gloss goes as the card is known better
    tones: Tones = "pleco"
    translator: str = ""  # what `build`, `extract` and `gloss` ask for English where they are not told; none: nobody
    llm_model: str = ""  # the model of the translator "llm"
    llm_base_url: str = ""  # and where it is asked, for any but OpenAI's own
    bindings: dict[str, str] = field(default_factory=dict)  # keys of the quiz, by the ids of what they do
    keys: dict[str, str] = field(default_factory=dict)  # of translators, by their environment variables in lower case


_TYPES = {each.name: each.type for each in fields(Config)}
_LIMITS = {**LIMITS, "day_starts": (0, 23)}
_DEAL = tuple(each.name for each in fields(Deal))


class Home(Struct, frozen=True):
    """The user's own places."""

    config: Path  # the file config.toml
    data: Path  # the folder of reviews.db, corpus/ and decks/

    @property
    def glossary(self) -> Path:
        """The user's own glossary of words, which need not be there."""
        return self.config.with_name("glossary.toml")

    @property
    def store(self) -> Path:
        """The SQLite file of reviews."""
        return self.data / "reviews.db"


def home() -> Home:
    """The user's places: under $STUDYTOOL_HOME where that is set, else where the platform wants them."""
    if own := os.environ.get(HOME_VARIABLE):
        return Home(Path(own) / "config.toml", Path(own))
    import platformdirs

    return Home(
        platformdirs.user_config_path("studytool", appauthor=False) / "config.toml",
        platformdirs.user_data_path("studytool", appauthor=False),
    )


def read_config(path: Path) -> Config:
    """Read the user's config; the defaults where there is none. Raises StudytoolError with the faulty line."""
    if not path.exists():
        return Config()
    from studytool.toml_lines import locate, parse  # most users have no such file, and a card waits

    text = read_text(path, "a config file")
    raw, lines = parse(text, path), locate(text)
    for key, value in raw.items():
        where = Where(str(path), lines.of("", 0, key))
        if key not in _TYPES:
            raise StudytoolError(f"unknown setting {key!r}", where, f"known are {', '.join(_TYPES)}")
        for name, keys in value.items() if key == "bindings" and isinstance(value, dict) else ():
            if not isinstance(keys, str):
                line = lines.of("bindings", 0, name)
                raise StudytoolError(f"bindings: {name} has no key", Where(str(path), line), 'write "card.hint" = "i"')
        if key != "topic":
            _check(key, value, where)
    if raw.get("keys") and os.name == "posix" and path.stat().st_mode & 0o077:
        where = Where(str(path), lines.of("keys", 0, ""))
        raise StudytoolError("holds keys, and others can read it", where, f"run: chmod 600 {path}")
    topics = raw.pop("topic", {})
    config = msgspec.convert(raw, Config)
    return replace(config, topic=_topics(topics, config, path, lines))


def _check(key: str, value: Any, where: Where) -> None:
    """Raises StudytoolError where a setting's value is of the wrong kind or out of range."""
    kind = _TYPES[key]
    if get_origin(kind) is Literal and value not in (known := get_args(kind)):
        raise StudytoolError(f"{key} = {value!r} is unknown", where, f"known are {', '.join(known)}")
    try:
        found = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise StudytoolError(f"{key}: {str(error).lower()}", where, "mend the value") from None
    if key in _LIMITS:
        low, high = _LIMITS[key]
        steps = isinstance(found, tuple)
        if not all(low <= each <= high for each in (found if steps else (found,))):
            unit = " minutes each" if steps else ""
            raise StudytoolError(f"{key} = {value} is out of range", where, f"from {low} to {high}{unit}")


def _topics(raw: Any, config: Config, path: Path, lines: "Lines") -> dict[str, Deal]:
    """The tables [topic.<id>], each filled up with what holds for all topics."""
    whole = Deal(**{name: getattr(config, name) for name in _DEAL})
    found = {}
    top = Where(str(path), lines.of("", 0, "topic"))
    if not isinstance(raw, dict):
        raise StudytoolError(f"topic = {raw!r} is no table", top, "write [topic.<id>] and its settings below")
    for topic, table in raw.items():
        if not isinstance(table, dict):
            raise StudytoolError(f"topic.{topic} = {table!r} is no table", top, f"write [topic.{topic}] and its settings below")
        for key, value in table.items():
            where = Where(str(path), lines.of(f"topic.{topic}", 0, key) or top.line)
            if key not in _DEAL:
                raise StudytoolError(f"unknown setting of a topic: {key!r}", where, f"known are {', '.join(_DEAL)}")
            _check(key, value, where)
            if key.endswith("_per_day") and value > (most := getattr(config, key)):
                hint = f"raise {key} at the top of the file too, or lower this one"
                raise StudytoolError(f"{key} = {value} is more than the {most} of all topics together", where, hint)
        found[topic] = msgspec.convert({**msgspec.to_builtins(whole), **table}, Deal)
    return found


def shipped(name: str) -> Path:
    """A folder that came with the tool: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent / "shipped" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def corpus_folder() -> Path:
    """The corpus to use where none is named: the working folder's, else the user's, else the shipped one."""
    places = (Path("corpus"), home().data / "corpus", shipped("corpus"))
    return next((place for place in places if (place / "corpus.toml").is_file()), places[-1])


def deck_files() -> list[Path]:
    """The decks to study where none is named: all of the first of those places that has any."""
    for place in (Path("decks"), home().data / "decks", shipped("decks")):
        if found := sorted(place.glob("*.jsonl")):
            return found
    raise StudytoolError("no deck found", hint="`studytool build` makes one")
