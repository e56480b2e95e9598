"""Sentences through deep-translator to a local server that answers well, badly, or not at all: nothing wrong is ever kept,
nothing done is lost, and every run ends."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_corpus_edit import ONE, SOURCE
from translator_server import Server, english, running

from studytool import cloze
from studytool.anki import anki_notes
from studytool.build import build
from studytool.cli import main
from studytool.corpus_edit import StatementFile, new_head
from studytool.deck import Slot
from studytool.errors import StudytoolError
from studytool.glosses.sentences import Cache, Glosser, Stopped, names, translator
from studytool.glosses.sentences.blanks import marked
from studytool.glosses.sentences.glosser import wrong
from studytool.glosses.sentences.http import Bounded
from studytool.glosses.words import lookup, senses_of
from studytool.model import Statement, Topic
from studytool.quiz.card import Card
from studytool.quiz.ui import faces

TEXTS = [f"茶园里的第{n}条路通向山上的旧仓库，走的人一年比一年少{'了' * (n % 5)}。" for n in range(40)]
QUICK = Bounded(connect=1, read=0.5, whole=0.8)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with running(monkeypatch) as one:
        yield one


def glosser(tmp_path: Path, at_once: int = 4) -> Glosser:
    return Glosser("google", translator("google", {}, bounded=QUICK), Cache(tmp_path / "cache.db"), 10_000, 0.01, at_once)


def test_sentences_and_no_second_request(server: Server, tmp_path: Path) -> None:
    found = {answer.text: answer.english for answer in glosser(tmp_path).all(TEXTS)}
    assert found == {text: english(text) for text in TEXTS}
    assert set(server.asked.values()) == {1}
    again = {answer.text: answer.english for answer in glosser(tmp_path).all(TEXTS)}
    assert again == found
    assert set(server.asked.values()) == {1}


def test_sixteen_at_a_time_are_never_mixed_up(server: Server, tmp_path: Path) -> None:
    server.always = "slow"
    found = {answer.text: answer.english for answer in glosser(tmp_path, 16).all(TEXTS)}
    assert found == {text: english(text) for text in TEXTS}


@pytest.mark.parametrize("mood", ["500", "hang", "drip", "error page", "empty", "echo", "garbage", "cut"])
def test_what_passes_is_tried_again(server: Server, tmp_path: Path, mood: str) -> None:
    server.moods = [mood]
    answer = glosser(tmp_path).one(TEXTS[0])
    assert answer.english == english(TEXTS[0])
    assert server.asked[TEXTS[0]] == 2


@pytest.mark.parametrize("mood", ["500", "hang", "drip", "error page", "empty", "echo", "garbage", "cut"])
def test_nothing_wrong_is_kept_and_the_run_ends(server: Server, tmp_path: Path, mood: str) -> None:
    server.always = mood
    one = glosser(tmp_path)
    began = time.monotonic()
    with pytest.raises(Stopped, match="google does not answer"):
        list(one.all(TEXTS))
    assert time.monotonic() - began < 20
    assert not any(one.known(text) for text in TEXTS)


def test_a_rate_limit_ends_the_run_at_once_and_keeps_what_is_done(server: Server, tmp_path: Path) -> None:
    one = glosser(tmp_path, 1)
    server.moods = ["good"] * 5 + ["429"] * 40
    with pytest.raises(Stopped, match="wants no more for now"):
        list(one.all(TEXTS))
    assert sum(server.asked.values()) <= 8
    assert sum(one.known(text) for text in TEXTS) == 5


def test_the_pace(server: Server, tmp_path: Path) -> None:
    one = Glosser("google", translator("google", {}, bounded=QUICK), Cache(tmp_path / "cache.db"), rate=20, at_once=8)
    began = time.monotonic()
    list(one.all(TEXTS[:8]))
    assert time.monotonic() - began >= 7 / 20


@pytest.mark.parametrize(
    ("chinese", "answer", "fault"),
    [
        ("算力会成为未来的货币。", "Compute will be the currency of the future.", ""),
        ("服务器错误 500 很常见。", "A server error, error 500, is common.", "an error page"),
        ("算力会成为未来的货币。", "", "an empty answer"),
        ("算力会成为未来的货币。", "算力会成为未来的货币。", "an answer in Chinese"),
        ("算力会成为未来的货币。", "Compute 会成为未来的货币", "an answer in Chinese"),
        ("算力会成为未来的货币。", "<html><body>Hello", "an error page"),
        ("算力会成为未来的货币。", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY", "an error page"),
        ("算力会成为未来的货币。", "x" * 400, "an answer out of proportion"),
        ("算力会成为未来的货币，大家都这样说。", "Yes.", "an answer out of proportion"),
    ],
)
def test_what_cannot_be_the_english(chinese: str, answer: str, fault: str) -> None:
    assert wrong(chinese, answer) == fault


@pytest.mark.parametrize(
    ("zh", "en", "term", "expected"),
    [
        ("模型是{{c1::贬值资产}}。", "Models are depreciating assets.", "depreciating asset", "Models are {{c1::depreciating assets}}."),
        ("用{{c1::GPT-4}}写。", "Write with GPT-4.", "", "Write with {{c1::GPT-4}}."),
        ("少了{{c1::四成}}。", "It fell by 40%.", "", "It fell by {{c1::40%}}."),
        ("到{{c1::2030 年}}会有{{c2::三分之一}}。", "By 2030 a third will.", "", "By {{c1::2030}} {{c2::a third}} will."),
        ("算力是{{c1::货币}}。", "Money is money.", "money", "Money is money."),  # twice: which?
        ("算力是{{c1::货币}}。", "Compute is a currency.", "", "Compute is a currency."),  # not known
        ("{{c1::算力}}是{{c2::货币}}。", "Compute is gold.", "compute", "Compute is gold."),  # one of two
    ],
)  # fmt: skip
def test_the_blank_in_english(zh: str, en: str, term: str, expected: str) -> None:
    assert marked(zh, en, lambda _: (), lambda _: term) == expected


@pytest.mark.parametrize(
    ("zh", "expected"),
    [
        ("算力是{{c1::货币}}。", "Compute is a {{c1::currency}}."),
        ("模型是{{c1::贬值资产}}。", "Models are assets."),  # never half of it
        ("模型是{{c1::贬值资产}}。", "Models are {{c1::depreciating assets}}."),
        ("这是{{c1::生产力的革命}}。", "This is a {{c1::revolution of productivity}}."),  # small words between them
        ("这要靠{{c1::监管}}。", "It takes {{c1::regulation}}."),  # another form
        ("{{c1::智能体}}会来。", "{{c1::AI agents}} will come."),  # from our glossary
        ("银行有{{c1::货币}}。", "Money is currency."),  # two senses in two places: which?
    ],
)
def test_the_blank_in_english_by_the_books_alone(zh: str, expected: str) -> None:
    books = lookup(None)
    en = re.sub(r"\{\{c1::(.*?)\}\}", r"\1", expected)

    def refused(term: str) -> str:
        assert "{{" not in expected, f"{term} was sent"
        return ""

    assert marked(zh, en, lambda term: senses_of(term, books), refused) == expected


def test_every_translator_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"google", "mymemory", "deepl", "libre", "microsoft", "baidu", "chatgpt", "yandex", "qcri", "papago"} <= set(names())
    with pytest.raises(StudytoolError, match="no translator 'nobody'; there are baidu"):
        translator("nobody", {})
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    with pytest.raises(StudytoolError, match="deepl needs a key; set DEEPL_API_KEY, or deepl_api_key under"):
        translator("deepl", {})
    assert translator("deepl", {"deepl_api_key": "k"})


SECRET = "k3y-that-nobody-may-see"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A statement file: two statements of a machine, one of a person's English, one rejected."""
    made = StatementFile.new(tmp_path / "c" / "talk.toml", SOURCE)
    made.add(ONE)
    made.add(
        Statement(
            **{**_fields(ONE), "id": "two", "zh": "路在{{c1::云里}}，走了三年。", "question": "路在哪里？", "answer": "云里"}
        )
    )
    made.add(Statement(**{**_fields(ONE), "id": "mine", "gloss": "human", "en": "Tea is in the {{c1::hills}}."}))
    made.add(Statement(**{**_fields(ONE), "id": "gone", "status": "rejected"}))
    made.path.parent.mkdir()
    made.save()
    (tmp_path / "c" / "corpus.toml").write_text(new_head("tea", "茶", [Topic(id="tea", name="茶", name_en="Tea")]), "utf-8")
    return made.path


def _fields(one: Statement) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["studytool", *map(str, args)])
    with pytest.raises(SystemExit) as end:
        main()
    out = capsys.readouterr()
    return int(end.value.code or 0), out.out + out.err


def test_a_file_gets_its_english_and_who_made_it(
    server: Server, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(monkeypatch, capsys, "gloss", file, "--with", "google", "--dry-run")
    assert (code, sum(server.asked.values())) == (0, 0)
    assert "2 statements: 2 texts of 15 characters to google, 0 of them known already" in said
    code, said = told(monkeypatch, capsys, "gloss", file, "--with", "google", "--also-questions", "--rate", 1000)
    assert code == 0, said
    one, two, mine, gone = StatementFile.open(file).statements()
    assert (one.gloss, one.en) == ("google", english("茶在山里。"))
    assert (two.gloss, two.question_en, two.answer_en) == ("google", english("路在哪里？"), english("云里"))
    assert (mine.gloss, mine.en) == ("human", "Tea is in the {{c1::hills}}.")
    assert (gone.gloss, gone.en) == ("missing", "")
    before = sum(server.asked.values())
    code, said = told(monkeypatch, capsys, "gloss", file, "--with", "google", "--also-questions")
    assert (code, "nothing to translate" in said) == (0, True)
    assert sum(server.asked.values()) == before
    code, said = told(monkeypatch, capsys, "build", file.parent, "-o", file.parent / "decks")
    assert code == 0, said


def test_a_limit_ends_with_exit_3_and_the_next_run_goes_on(
    server: Server, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.always = "429"
    code, said = told(monkeypatch, capsys, "gloss", file, "--with", "google", "--rate", 1000)
    assert code == 3
    assert "google wants no more for now; 0 of 2 done; run again later or use --with mymemory" in said
    server.always = "good"
    code, _ = told(monkeypatch, capsys, "gloss", file, "--with", "google", "--rate", 1000)
    assert code == 0


def test_nothing_is_sent_where_nobody_is_named(
    server: Server, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(monkeypatch, capsys, "gloss", file)
    assert code == 2
    assert "say whom to ask with --with" in said
    assert told(monkeypatch, capsys, "build", file.parent, "-o", file.parent / "decks")[0] == 0
    assert sum(server.asked.values()) == 0


def test_the_config_names_a_translator_and_keeps_its_keys(
    server: Server, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "config.toml").write_text(f'translator = "google"\n[keys]\ndeepl_api_key = "{SECRET}"\n', "utf-8")
    (home / "config.toml").chmod(0o644)
    code, said = told(monkeypatch, capsys, "gloss", file)
    assert code == 2
    assert "config.toml:2: holds keys, and others can read it; run: chmod 600" in said
    (home / "config.toml").chmod(0o600)
    code, said = told(monkeypatch, capsys, "gloss", file, "--rate", 1000)
    assert code == 0
    server.always = "500"
    code, said = told(monkeypatch, capsys, "gloss", file, "--force", "--with", "deepl", "--dry-run")
    assert code == 0
    assert SECRET not in said
    assert not [
        path for path in home.rglob("*") if path.name != "config.toml" and path.is_file() and SECRET.encode() in path.read_bytes()
    ]


def test_an_interrupted_run_loses_nothing(server: Server, tmp_path: Path) -> None:
    made = StatementFile.new(tmp_path / "talk.toml", SOURCE)
    for n in range(30):
        made.add(Statement(**{**_fields(ONE), "id": f"s{n}", "zh": f"第{n}条路在{{{{c1::山里}}}}，走了三年。"}))
    made.save()
    command = [
        sys.executable,
        "-c",
        "from studytool.cli import main; main()",
        "gloss",
        str(made.path),
        "--with",
        "libre",
        "--rate",
        "50",
    ]
    run = subprocess.Popen([*command, "--address", f"http://127.0.0.1:{server.server_port}"], stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not any(one.en for one in StatementFile.open(made.path).statements()):
        assert time.monotonic() < until
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"what is done is in the files" in said
    done = [one for one in StatementFile.open(made.path).statements() if one.en]
    assert 1 <= len(done) < 30
    assert all(one.gloss == "libre" and cloze.plain(one.en) == english(cloze.plain(one.zh)) for one in done)
    before = server.asked.copy()
    again = subprocess.run([*command, "--address", f"http://127.0.0.1:{server.server_port}"], stderr=subprocess.PIPE, timeout=60)
    assert again.returncode == 0, again.stderr
    assert all(one.en for one in StatementFile.open(made.path).statements())
    assert all(server.asked[cloze.plain(one.zh)] == before[cloze.plain(one.zh)] for one in done)


def test_english_without_the_blank_is_on_no_front(file: Path, tmp_path: Path) -> None:
    made = StatementFile.open(file)
    made.change("one", {"zh": "用{{c1::GPT-4}}写诗。", "en": "GPT-4 writes; write with GPT-4.", "gloss": "google"})
    made.save()
    (built,) = build([file.parent], tmp_path / "decks", 1_700_000_000)  # L31 finds no leak, since that English is not shown
    row = next(row for row in built.deck.rows if row.statement.id == "one")
    note = next(note for note in anki_notes(built.deck) if "/one" in note.id)
    assert note.fields[1] == ""
    assert any("GPT-4 writes" in field for field in note.fields[2:])
    slot = Slot(f"tea:{row.key}/c1", f"tea:{row.key}", "tea", row.source, "fact")
    card = Card(slot, row, built.deck.head.sources[0], built.deck.head.topics[0], ())
    assert faces.prompt_other(card) == []
    assert "GPT-4 writes" in "".join(span.text for span in faces.answer_other(card))
