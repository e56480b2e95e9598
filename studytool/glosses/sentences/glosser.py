"""Sentences through a translator, many at a time: paced, tried again, checked, kept; and given up in good time.

An error page can come back *as the translation*, so nothing is believed that does not look like English for this Chinese.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import NamedTuple

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from studytool.chinese import hanzi
from studytool.glosses.sentences.cache import Cache
from studytool.glosses.sentences.faults import EndedError, PassingError, RefusedError, Translate

RATE = 2.0  # requests a second
TRIES = 3  # of one sentence
PATIENCE = 1.0  # seconds before the second try; twice as long before the third
NO_ANSWER = "no answer: "
BROKEN = 4  # sentences in a row that fail after all tries: the translator is down
AT_ONCE = 4  # requests under way
_HAN_SHARE, _LONG, _SHORT = 0.3, 12.0, 0.5  # of hanzi; characters of English a character of Chinese, at most and at least
_PAGE = re.compile(
    r"<\s*(?:!doctype|html|head|body|div|script)\b|\b(?:error|http) ?\d{3}\b|server error|too many requests|rate limit|quota|"
    r"MYMEMORY WARNING|QUERY LENGTH|INVALID (?:LANGUAGE|EMAIL)|captcha|unusual traffic|access denied|service unavailable|"
    r"bad gateway",
    re.IGNORECASE,
)


class Answer(NamedTuple):
    """What came of one text: its English, or why there is none."""

    text: str
    english: str
    why: str = ""


class Stopped(Exception):  # noqa: N818 - an end, not a fault
    """The run ended early; what was done is kept. The message says why."""


class Glosser:
    """A translator with its manners. Once it has ended a run, it is asked no more.

    `senses` tells what the books at hand say of the words of a blank, which saves asking for it.
    """

    def __init__(
        self,
        name: str,
        translate: Translate,
        cache: Cache,
        rate: float = RATE,
        patience: float | None = None,
        at_once: int = AT_ONCE,
        tries: int = TRIES,
        senses: Callable[[str], Sequence[Sequence[str]]] = lambda _: (),
    ) -> None:
        self.name, self._translate, self._cache = name, translate, cache
        self.senses = senses
        self._patience = PATIENCE if patience is None else patience
        self._at_once, self._tries = at_once, tries
        self._gap, self._next, self._lock = 1 / rate, 0.0, threading.Lock()
        self._stopped, self._why = threading.Event(), "the run has ended"

    def known(self, text: str) -> bool:
        """Whether a text needs no request."""
        return self._cache.get(self.name, text) is not None

    def all(self, texts: Sequence[str]) -> Iterator[Answer]:
        """Translate texts, in the order in which they are done. Raises Stopped where the translator is down or wants no more."""
        work: SimpleQueue[str] = SimpleQueue()
        done: SimpleQueue[Answer | Exception] = SimpleQueue()
        waiting = dict.fromkeys(texts)
        for text in waiting:
            work.put(text)
        if waiting and self._stopped.is_set():
            raise Stopped(self._why)
        # Daemons: a Ctrl-C waits for no server that hangs. What they kept is in the cache, a sentence at a time.
        for _ in range(min(self._at_once, len(waiting))):
            threading.Thread(target=self._work, args=(work, done), daemon=True).start()
        failed = 0
        finished = False
        try:
            for _ in waiting:
                answer = done.get()
                if isinstance(answer, EndedError):
                    raise Stopped(self._why)
                if isinstance(answer, Exception):
                    raise answer
                failed = failed + 1 if answer.why.startswith(NO_ANSWER) else 0
                if failed >= BROKEN:
                    raise self._end(f"does not answer ({answer.why.removeprefix(NO_ANSWER)})")
                yield answer
            finished = True
        finally:
            if not finished:
                self._stopped.set()  # what is under way makes no further try

    def _end(self, why: str) -> Stopped:
        self._why = f"{self.name} {why}"
        self._stopped.set()
        return Stopped(self._why)

    def _work(self, work: "SimpleQueue[str]", done: "SimpleQueue[Answer | Exception]") -> None:
        while not self._stopped.is_set():
            try:
                text = work.get_nowait()
            except Empty:
                return
            try:
                done.put(self.one(text))
            except EndedError as error:
                self._end(str(error))  # here, before this thread takes up the next text
                done.put(error)
            except Exception as error:  # handed to whoever waits for it
                done.put(error)

    def one(self, text: str) -> Answer:
        """Translate one text. Raises EndedError."""
        if kept := self._cache.get(self.name, text):
            return Answer(text, kept)
        tries = Retrying(
            stop=stop_after_attempt(self._tries),
            wait=wait_exponential(multiplier=self._patience, max=8),
            retry=retry_if_exception_type(PassingError),
            reraise=True,
        )
        try:
            english = tries(self._asked, text)
        except PassingError as error:
            return Answer(text, "", f"{NO_ANSWER}{error}")
        except RefusedError as error:
            return Answer(text, "", str(error))
        self._cache.put(self.name, text, english)
        return Answer(text, english)

    def _asked(self, text: str) -> str:
        if self._stopped.is_set():
            raise RefusedError("the run has ended")
        self._wait()
        answer = self._translate(text)
        english = " ".join((answer or "").split())
        if fault := wrong(text, english):
            raise PassingError(fault)
        return english

    def _wait(self) -> None:
        """Hold the pace over all threads."""
        with self._lock:
            now = time.monotonic()
            at = max(self._next, now)
            self._next = at + self._gap
        time.sleep(max(0.0, at - now))


def wrong(chinese: str, english: str) -> str:
    """Why an answer cannot be the English of a text; "" where it may be."""
    if not english:
        return "an empty answer"
    if english == chinese or len(hanzi(english)) > _HAN_SHARE * len(english):
        return "an answer in Chinese"
    if _PAGE.search(english) and not _PAGE.search(chinese):
        return "an error page"
    size = len(hanzi(chinese)) or 1
    if len(english) > _LONG * size + 60 or (size > 8 and len(english) < _SHORT * size):
        return "an answer out of proportion"
    return ""
