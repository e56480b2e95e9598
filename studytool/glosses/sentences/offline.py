"""The only door to firefox-translations: a model on this machine as a translator. Nothing is sent, and nothing is fetched.

Left to itself the package downloads a model of some hundred megabytes at its first sentence. So the model's folder is always
named to it, and where none is there, the user is told the one command that fetches it.
"""

import threading
from pathlib import Path
from typing import Any

from studytool.chinese import sentences
from studytool.errors import StudytoolError, Where
from studytool.glosses.sentences.faults import EndedError, PassingError


class Offline:
    """A model of this machine; loaded at the first text, and used by one thread at a time.

    `model` is the name of a variant, as `firefox-translate --model` takes it, or the folder of a model; "" for the usual one.
    Raises StudytoolError where the package or the model is missing. A call raises EndedError or PassingError.
    """

    def __init__(self, model: str = "") -> None:
        try:
            import firefox_translations
        except ImportError:
            hint = "pip install 'studytool[offline-mt]'"
            raise StudytoolError("offline needs the package firefox-translations", hint=hint) from None
        own = bool(model) and (Path(model).is_dir() or Path(model).name != model)
        self.folder = (
            Path(model) if own else Path(firefox_translations.ModelManager().get_model_dir_path("zh", "en", model or None))
        )
        if not _is_model(self.folder):
            named = f" --model {model}" if model else ""
            hint = "name another folder" if own else f"download it once: firefox-translate --from zh --to en{named} --download"
            raise StudytoolError("no translation model is there", Where(str(self.folder)), hint)
        self._make, self._lock, self._loaded = firefox_translations.Translator, threading.Lock(), None

    def __call__(self, text: str) -> str:
        """The English of a Chinese text, a sentence at a time: that is what such models learnt."""
        with self._lock:
            model = self._model()
            try:
                return " ".join(model.translate_batch([text[start:end] for start, end in sentences(text)]))
            except Exception as error:
                raise PassingError(type(error).__name__) from None

    def _model(self) -> Any:
        if self._loaded is None:
            try:
                self._loaded = self._make("zh", "en", model_dir=self.folder)
            except Exception as error:  # of ctranslate2, sentencepiece or the package: a file of the model is bad or missing
                raise EndedError(f"cannot load its model in {self.folder} ({type(error).__name__})") from None
        return self._loaded


def _is_model(folder: Path) -> bool:
    """Whether a folder holds a model and its vocabulary, by the names that the package looks for."""
    inside = folder / "ctranslate2_model"
    weights = (folder / "model.bin").is_file() or (inside / "model.bin").is_file() or any(folder.glob("*.npz"))
    return weights and any(spm for place in (folder, inside) for spm in place.glob("*.spm"))
