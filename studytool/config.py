"""Where things lie, and what the user set. Read by the command line alone and handed down as arguments."""

import os
from pathlib import Path
from typing import Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from studytool.errors import StudytoolError, Where
from studytool.files import read_text
from studytool.model import Direction

HOME_VARIABLE = "STUDYTOOL_HOME"  # one folder for all that is the user's, instead of the platform's own places


Tones = Literal["pleco", "hanping", "mdbg", "off"]  # whose colours the tones of pinyin have


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """config.toml; every key is optional."""

    new_per_day: int = 20  # cards never seen before, a study day
    day_starts: int = 4  # the hour, local time, at which a study day begins
    retention: float = 0.9  # the share of reviews that should succeed
    theme: str = "textual-dark"
    direction: Direction = "zh-en"  # the language of the prompt, then that of its gloss
    fade: bool = False  # whether a card's gloss goes as the card is known better
    tones: Tones = "pleco"
    translator: str = ""  # what `build`, `extract` and `gloss` ask for English where they are not told; none: nobody
    llm_model: str = ""  # the model of the translator "llm"
    llm_base_url: str = ""  # and where it is asked, for any but OpenAI's own
    bindings: dict[str, str] = {}  # keys of the quiz, by the ids of what they do
    keys: dict[str, str] = {}  # of translators, by the lower-case names of their environment variables


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
    raw = parse(text, path)
    fields = {field.name: field.type for field in msgspec.structs.fields(Config)}
    limits = {"new_per_day": (0, 9999), "day_starts": (0, 23), "retention": (0.7, 0.99)}
    for key, value in raw.items():
        where = Where(str(path), locate(text).of("", 0, key))
        if key not in fields:
            raise StudytoolError(f"unknown setting {key!r}", where, f"known are {', '.join(fields)}")
        if get_origin(fields[key]) is Literal and value not in (known := get_args(fields[key])):
            raise StudytoolError(f"{key} = {value!r} is unknown", where, f"known are {', '.join(known)}")
        for name, keys in value.items() if key == "bindings" and isinstance(value, dict) else ():
            if not isinstance(keys, str):
                line = locate(text).of("bindings", 0, name)
                raise StudytoolError(f"bindings: {name} has no key", Where(str(path), line), 'write "card.hint" = "i"')
        try:
            msgspec.convert(value, fields[key])
        except msgspec.ValidationError as error:
            raise StudytoolError(f"{key}: {str(error).lower()}", where, "mend the value") from None
        if key in limits and not limits[key][0] <= value <= limits[key][1]:
            raise StudytoolError(f"{key} = {value} is out of range", where, f"from {limits[key][0]} to {limits[key][1]}")
    if raw.get("keys") and os.name == "posix" and path.stat().st_mode & 0o077:
        where = Where(str(path), locate(text).of("keys", 0, ""))
        raise StudytoolError("holds keys, and others can read it", where, f"run: chmod 600 {path}")
    return msgspec.convert(raw, Config)


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
