"""A chat model as a translator, through openai itself, to a local server that answers well, badly, or not at all."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_server import BAD, ChatServer, chatting
from test_corpus_edit import ONE, SOURCE
from test_glosses import SECRET, TEXTS, told
from translator_server import english

from studytool.corpus_edit import StatementFile
from studytool.errors import StudytoolError
from studytool.glosses.sentences import Cache, Glosser, Stopped, llm, named
from studytool.glosses.sentences.llm import Bounds, Chat

pytest.importorskip("openai")

QUICK = Bounds(connect=1, read=0.3, whole=0.4)
PATIENT = Bounds(connect=30, read=30, whole=30)  # a busy machine must not look like a server that hangs


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPEN_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):  # for this machine no proxy is asked
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chatting() as one:
        yield one


def glosser(
    server: ChatServer, tmp_path: Path, at_once: int = 4, model: str = "tea-7b", key: str = "", bounds: Bounds = QUICK
) -> Glosser:
    chat = Chat(model, server.url, {"openai_api_key": key}, bounds)
    return Glosser(f"llm:{model}", chat, Cache(tmp_path / "cache.db"), 10_000, 0.01, at_once, tries=2)


def test_sixteen_at_a_time_are_never_mixed_up_and_asked_once(server: ChatServer, tmp_path: Path) -> None:
    server.always = "slow"
    for _ in range(2):
        found = {answer.text: answer.english for answer in glosser(server, tmp_path, 16, bounds=PATIENT).all(TEXTS)}
        assert found == {text: english(text) for text in TEXTS}
    assert set(server.asked.values()) == {1}
    assert {body["model"] for body in server.bodies} == {"tea-7b"}
    assert {body["response_format"]["type"] for body in server.bodies} == {"json_schema"}


def test_two_models_are_not_mixed_up(server: ChatServer, tmp_path: Path) -> None:
    glosser(server, tmp_path).one(TEXTS[0])
    other = glosser(server, tmp_path, model="tea-70b")
    assert not other.known(TEXTS[0])
    other.one(TEXTS[0])
    assert [body["model"] for body in server.bodies] == ["tea-7b", "tea-70b"]


@pytest.mark.parametrize("mood", BAD)
def test_one_retry_and_then_it_stays_missing(server: ChatServer, tmp_path: Path, mood: str) -> None:
    server.moods = [mood]
    one = glosser(server, tmp_path, key=SECRET)
    assert one.one(TEXTS[0]).english == english(TEXTS[0])
    server.moods = [mood, mood]
    answer = one.one(TEXTS[1])
    assert (answer.english, SECRET in answer.why) == ("", False)
    assert (server.asked[TEXTS[0]], server.asked[TEXTS[1]]) == (2, 2)
    assert not one.known(TEXTS[1])


@pytest.mark.parametrize("mood", ["hang", "drip", "slow error", "garbage"])
def test_a_run_ends_in_good_time(server: ChatServer, tmp_path: Path, mood: str) -> None:
    server.always = mood
    began = time.monotonic()
    with pytest.raises(Stopped, match="llm:tea-7b does not answer"):
        list(glosser(server, tmp_path).all(TEXTS))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("mood", "why"), [("429", "wants no more for now"), ("401", "check its key"), ("404", "no such model or address")]
)
def test_what_ends_a_run_at_once(server: ChatServer, tmp_path: Path, mood: str, why: str) -> None:
    server.moods, server.always = ["good"] * 5, mood
    one = glosser(server, tmp_path, 1, key=SECRET)
    with pytest.raises(Stopped, match=why) as caught:
        list(one.all(TEXTS))
    assert SECRET not in str(caught.value)
    assert sum(server.asked.values()) == 6
    assert sum(one.known(text) for text in TEXTS) == 5
    with pytest.raises(Stopped, match=why):  # and no later file of the run asks again
        list(one.all(TEXTS))
    assert sum(server.asked.values()) == 6


def test_a_server_that_takes_no_format_is_asked_without_one(server: ChatServer, tmp_path: Path) -> None:
    server.always = "plain only"
    one = glosser(server, tmp_path)
    assert one.one(TEXTS[0]).english == english(TEXTS[0])
    assert one.one(TEXTS[1]).english == english(TEXTS[1])
    assert (server.asked[TEXTS[0]], server.asked[TEXTS[1]]) == (3, 1)
    server.always = "400"
    assert one.one(TEXTS[2]).why == "it does not take this text"


def test_what_it_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    here = "http://localhost:11434/v1"
    with pytest.raises(StudytoolError, match="llm needs a model; name it with --model NAME, or as llm_model"):
        named("llm", {})
    with pytest.raises(StudytoolError, match="llm needs a key; set OPENAI_API_KEY, or openai_api_key under"):
        named("llm", {}, "m")
    with pytest.raises(StudytoolError, match="llm needs a key"):
        named("llm", {}, "m", "https://llm.example.org/v1")
    with pytest.raises(StudytoolError, match="--base-url is no address"):
        named("llm", {}, "m", "localhost:11434")
    for address in (here, "http://127.0.0.1:8080", "http://[::1]:8080/v1"):
        assert named("llm", {}, "m", address).local
    assert named("llm", {}, "m", "http://me:secret@127.0.0.1:8080").to == "llm:m at 127.0.0.1:8080"
    there = named("llm", {"openai_api_key": SECRET}, "m", "https://llm.example.org/v1")
    assert (there.name, there.to, there.local) == ("llm:m", "llm:m at llm.example.org", False)
    assert named("chatgpt", {"openai_api_key": SECRET}).name == "llm:gpt-3.5-turbo"
    with pytest.raises(StudytoolError, match="google takes no --model; llm and offline do"):
        named("google", {}, "m")
    with pytest.raises(StudytoolError, match="google takes no --base-url"):
        named("google", {}, "", here)
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(StudytoolError, match=r"llm needs the package openai; pip install 'studytool\[llm\]'") as caught:
        named("llm", {}, "m", here)
    assert caught.value.code == 2


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A statement file without English: six statements."""
    made = StatementFile.new(tmp_path / "c" / "talk.toml", SOURCE)
    for n in range(6):
        fields = {name: getattr(ONE, name) for name in ONE.__struct_fields__}
        made.add(type(ONE)(**{**fields, "id": f"s{n}", "zh": f"第{n}条路在{{{{c1::山里}}}}，走了三年。"}))
    made.path.parent.mkdir()
    made.save()
    return made.path


def test_the_command(
    server: ChatServer, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("gloss", file, "--with", "llm", "--model", "tea-7b", "--base-url", server.url)
    code, said = told(monkeypatch, capsys, *asked, "--dry-run")
    assert (code, sum(server.asked.values())) == (0, 0)
    assert f"6 statements: 6 texts of 78 characters to llm:tea-7b at 127.0.0.1:{server.server_port}, 0 of them" in said
    server.always = "429"
    code, said = told(monkeypatch, capsys, *asked)
    assert code == 3
    assert "llm:tea-7b wants no more for now; 0 of 6 done; run again later or use --with google" in said
    server.always = "good"
    (home / "config.toml").write_text(f'translator = "llm"\nllm_model = "tea-7b"\nllm_base_url = "{server.url}"\n', "utf-8")
    code, said = told(monkeypatch, capsys, "gloss", file)
    assert code == 0, said
    assert {one.gloss for one in StatementFile.open(file).statements()} == {"llm:tea-7b"}
    assert all(one.en for one in StatementFile.open(file).statements())
    before = sum(server.asked.values())
    code, said = told(monkeypatch, capsys, "gloss", file)  # a second run over a glossed file makes no request
    assert (code, "nothing to translate" in said, sum(server.asked.values())) == (0, True, before)


def test_a_planted_key_is_found_nowhere(
    server: ChatServer, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(llm, "Bounds", lambda: QUICK)
    monkeypatch.setattr("studytool.glosses.sentences.glosser.PATIENCE", 0.01)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    for mood in (*BAD, "401", "429", "404", "400", "good"):
        server.always = mood
        code, said = told(monkeypatch, capsys, "gloss", file, "--with", "llm", "--model", "m", "--base-url", server.url)
        assert (code, SECRET in said) == (0 if mood == "good" else 3, False), (mood, said)
    assert server.keys == {SECRET}
    for folder in (home, file.parent):
        assert not [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_ctrl_c_waits_for_no_server(server: ChatServer, file: Path) -> None:
    server.moods, server.always = ["good"] * 2, "hang"
    command = [sys.executable, "-m", "studytool", "gloss", str(file), "--with", "llm", "--model", "m", "--base-url", server.url]
    run = subprocess.Popen(command, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while sum(server.asked.values()) < 4:
        assert time.monotonic() < until
        time.sleep(0.05)
    began = time.monotonic()
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert time.monotonic() - began < 2.5  # the server would answer nothing for three seconds, and the client wait for ninety
    assert b"what is done is in the files, and the next run goes on" in said
    assert b"Traceback" not in said


def test_extract_and_build_take_the_same(
    server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article = next((Path(__file__).parent / "fixtures" / "articles").glob("*.md"))
    asked = ("--with", "llm", "--model", "m", "--base-url", server.url, "--rate", 1000)
    code, said = told(monkeypatch, capsys, "extract", article, "--into", tmp_path / "mine", *asked)
    assert code == 0, said
    made = StatementFile.open(next(path for path in (tmp_path / "mine").glob("*.toml") if path.name != "corpus.toml"))
    assert {one.gloss for one in made.statements()} == {"llm:m"}
    code, said = told(monkeypatch, capsys, "extract", article, "--json", *asked)
    assert (code, '"gloss": "llm:m"' in said) == (0, True), said
    server.always = "429"
    code, said = told(monkeypatch, capsys, "build", article, "-o", tmp_path / "decks", *asked, "--model", "other")
    assert code == 3
    assert "; run again later or use --with google" in said
    assert list((tmp_path / "decks").glob("*.apkg")), "a statement without English is a card all the same"
