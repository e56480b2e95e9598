"""A model of this machine as a translator: a stand-in for the package, whose surface is that of firefox-translations 0.1.4."""

import sys
import types
from pathlib import Path
from typing import Any, ClassVar

import pytest
from test_corpus_edit import ONE, SOURCE
from test_glosses import TEXTS, told
from translator_server import english

from studytool.corpus_edit import StatementFile
from studytool.errors import StudytoolError
from studytool.glosses.sentences import Cache, Glosser, Stopped, named


class Translator:
    """As firefox_translations.Translator; it would fetch a model where no folder is named."""

    made: ClassVar[list[Path]] = []
    inside = 0

    def __init__(self, src_lang: str, trg_lang: str, model_dir: str | Path | None = None, **_: Any) -> None:
        assert (src_lang, trg_lang) == ("zh", "en")
        assert model_dir, "never without a folder: the package would go and fetch a model"
        if next(Path(model_dir).rglob("model.bin")).read_bytes() == b"broken":
            raise RuntimeError("Unable to open file 'model.bin'")
        Translator.made.append(Path(model_dir))

    def translate_batch(self, texts: list[str], batch_size: int = 32, beam_size: int | None = None) -> list[str]:
        assert Translator.inside == 0, "two threads at once"
        Translator.inside += 1
        answers = [text if text == "回声在山里。" else english(text) for text in texts]
        Translator.inside -= 1
        return answers


class ModelManager:
    cache_dir = Path()

    def get_model_dir_path(self, src_lang: str, trg_lang: str, variant: str | None = None) -> Path:
        return self.cache_dir / "models" / (f"{src_lang}-{trg_lang}_{variant}" if variant else f"{src_lang}-{trg_lang}")

    def ensure_model(self, *_: Any, **__: Any) -> Path:
        raise AssertionError("nothing is fetched")


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package, and where it keeps its models: none yet."""
    package: Any = types.ModuleType("firefox_translations")
    package.Translator, package.ModelManager = Translator, ModelManager
    monkeypatch.setitem(sys.modules, "firefox_translations", package)
    monkeypatch.setattr(ModelManager, "cache_dir", tmp_path / "cache")
    monkeypatch.setattr(Translator, "made", [])
    return tmp_path / "cache" / "models"


def model(folder: Path, inside: str = "", data: bytes = b"") -> Path:
    (folder / inside).mkdir(parents=True)
    (folder / inside / "model.bin").write_bytes(data)
    (folder / "vocab.spm").write_bytes(b"")
    return folder


def test_without_the_package_or_the_model_it_says_what_to_do(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StudytoolError) as caught:
        named("offline", {})
    assert str(caught.value) == (
        f"{models / 'zh-en'}: no translation model is there; download it once: firefox-translate --from zh --to en --download"
    )
    assert caught.value.code == 2
    with pytest.raises(StudytoolError, match="--to en --model tc-big --download"):
        named("offline", {}, "tc-big")
    with pytest.raises(StudytoolError, match="nowhere: no translation model is there; name another folder"):
        named("offline", {}, "./nowhere")
    (models / "zh-en").mkdir(parents=True)
    (models / "zh-en" / "model.bin").touch()  # a download that was cut off: no vocabulary
    with pytest.raises(StudytoolError, match="no translation model is there"):
        named("offline", {})
    monkeypatch.setitem(sys.modules, "firefox_translations", None)
    with pytest.raises(StudytoolError, match=r"needs the package firefox-translations; pip install 'studytool\[offline-mt\]'"):
        named("offline", {})


def test_sentences(models: Path, tmp_path: Path) -> None:
    folder = model(models / "zh-en")
    found = named("offline", {})
    assert (found.name, found.to, found.local) == ("offline", "offline, on this machine", True)
    assert Translator.made == [], "loaded when it is needed"
    one = Glosser(found.name, found.translate, Cache(tmp_path / "cache.db"), 10_000, at_once=16)
    assert {answer.text: answer.english for answer in one.all(TEXTS)} == {text: english(text) for text in TEXTS}
    assert Translator.made == [folder]
    assert found.translate("茶在山里。路在云里。") == f"{english('茶在山里。')} {english('路在云里。')}"
    assert not one.one("回声在山里。").english, "checked as any translator's"


@pytest.mark.parametrize("inside", ["", "ctranslate2_model"])
def test_another_model_is_another_translator(models: Path, tmp_path: Path, inside: str) -> None:
    model(models / "zh-en_tc-big", inside)
    assert named("offline", {}, "tc-big").name == "offline:tc-big"
    own = model(tmp_path / "mine", inside)
    found = named("offline", {}, f"{own}/")
    assert found.name == "offline:mine"
    found.translate(TEXTS[0])
    assert Translator.made == [own]


def test_a_broken_model_ends_the_run(models: Path, tmp_path: Path) -> None:
    folder = model(models / "zh-en", data=b"broken")
    found = named("offline", {})
    with pytest.raises(Stopped) as caught:
        list(Glosser(found.name, found.translate, Cache(tmp_path / "cache.db"), 10_000).all(TEXTS))
    assert str(caught.value) == f"offline cannot load its model in {folder} (RuntimeError)"


def test_the_command(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = StatementFile.new(tmp_path / "talk.toml", SOURCE)
    made.add(ONE)
    made.save()
    code, said = told(monkeypatch, capsys, "gloss", made.path, "--with", "offline")
    assert (code, said.count("\n"), "download it once" in said) == (2, 1, True)
    model(models / "zh-en")
    code, said = told(monkeypatch, capsys, "gloss", made.path, "--with", "offline")
    assert code == 0, said
    assert [(one.gloss, bool(one.en)) for one in StatementFile.open(made.path).statements()] == [("offline", True)]
