"""What listens at the address may be no Anki, an old one, or a broken one: one clear line, exit code 3, nothing written."""

import contextlib
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from anki_connect_server import Handler, Server, serving
from test_cli import one_line, run_process

from anki_desk import desk, made
from console import run
from studytool.anki.connect import Bounds, Connection
from studytool.errors import OUTSIDE, USAGE, StudytoolError

KEY = "planted-key-0123456789"
QUICK = Bounds(connect=1, answer=0.3)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """AnkiConnect over an empty collection; in the working folder a deck."""
    made()
    with desk(tmp_path / "anki") as found, serving(found.col) as one:
        yield one


def refused(server: Server, action: str = "version", **params: object) -> str:
    with pytest.raises(StudytoolError) as caught:
        Connection(server.url, KEY, QUICK).ask(int, action, **params)
    assert caught.value.code == OUTSIDE
    said = str(caught.value)
    assert KEY not in said
    assert "\n" not in said
    assert len(said) < 500
    return said


@pytest.mark.parametrize("command", ["push", "pull"])
def test_no_anki_there(command: str, home: Path) -> None:
    made()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = one_line(run_process("anki", command, "--url", f"http://127.0.0.1:{port}"), 3)
    assert said.startswith(f"no Anki answers at http://127.0.0.1:{port}; start Anki with the add-on AnkiConnect")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("command", ["push", "pull"])
def test_it_asks_for_its_key(server: Server, command: str, home: Path) -> None:
    server.key = KEY
    url = ("--url", server.url)
    said = one_line(run("anki", command, *url), 3)
    assert said.startswith("AnkiConnect refuses: it asks for its API key; set ANKICONNECT_API_KEY")
    assert "does not take the one of ANKICONNECT_API_KEY" in one_line(run("anki", command, *url, ANKICONNECT_API_KEY="wrong"), 3)
    done = run("anki", command, *url, ANKICONNECT_API_KEY=KEY)
    assert (done.returncode, done.stderr) == (0, "")
    config = home / "config.toml"
    config.write_text(f'[keys]\nankiconnect_api_key = "{KEY}"\n', "utf-8")
    config.chmod(0o600)
    done = run("anki", command, *url)
    assert done.returncode == 0
    assert KEY not in done.stdout + done.stderr


def test_the_key_goes_with_each_of_many_actions_and_is_never_shown(server: Server) -> None:
    server.key = KEY
    assert Connection(server.url, KEY).do([("deleteMediaFile", {"filename": f"{n}"}) for n in range(70)]) == []
    assert (server.asked.count("multi"), server.asked.count("deleteMediaFile")) == (2, 70)
    server.refused["findNotes"] = f"I was asked with {KEY}\nand this\x1b[31m is " + "long " * 99
    assert "I was asked with … and this [31m is long" in refused(server, "findNotes", query="")
    assert Connection(server.url, KEY).do([("findNotes", {"query": ""})])[0].why.startswith("I was asked with … and")


def test_an_older_version(server: Server) -> None:
    server.actions.version = lambda: 5  # type: ignore[method-assign]
    said = one_line(run("anki", "pull", "--url", server.url), 3)
    assert said == "AnkiConnect speaks version 5, 6 is needed; update the add-on AnkiConnect in Anki\n"
    server.mood = lambda handler, _: handler.send(b"4")  # as those of before answer: without a frame
    assert "speaks version 4" in one_line(run("anki", "push", "--url", server.url), 3)


def test_an_add_on_that_lacks_an_action(server: Server) -> None:
    server.unsupported = {"getActiveProfile", "findNotes"}
    said = one_line(run("anki", "push", "--url", server.url), 3)
    assert said == "this AnkiConnect is too old: it knows no findNotes; update the add-on AnkiConnect in Anki\n"
    server.unsupported = {"getActiveProfile"}
    assert run("anki", "push", "--url", server.url).returncode == 0


def test_no_profile_is_open(server: Server) -> None:
    server.refused["findNotes"] = "collection is not available"
    assert one_line(run("anki", "pull", "--url", server.url), 3).startswith("no collection is open in Anki; open a profile")


RUBBISH: list[Callable[[Handler, bytes], None]] = [
    lambda handler, _: handler.send(b""),
    lambda handler, _: handler.send(b"<html>It works!</html>"),
    lambda handler, _: handler.send(b"null"),
    lambda handler, _: handler.send(b"[" * 100_000),
    lambda handler, _: handler.send(b"\xff\xfe\x00"),
    lambda handler, _: handler.send(b'{"result": 6}'),
    lambda handler, _: handler.send(b'{"result": 6, "error": {"no": "text"}}'),
    lambda handler, _: handler.send(b'{"result": "six", "error": null}'),
    lambda handler, _: handler.send(b'{"result": 6.5, "error": null}'),
    lambda handler, _: handler.send(b'{"result": 6, "error": null}', code=500),
    lambda handler, _: handler.send(b'{"result": 6, "error": null}', code=403),
    lambda handler, _: handler.send(b'{"result":', length=5000),
    lambda handler, _: handler.connection.close(),
    lambda handler, _: handler.wfile.write(b"\x00\x01 rubbish\r\n\r\n" * 99),
    lambda handler, _: handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
]


@pytest.mark.parametrize("mood", RUBBISH)
def test_rubbish(server: Server, mood: Callable[[Handler, bytes], None]) -> None:
    server.mood = mood
    said = refused(server)
    assert said.startswith(f"what answers at {server.url} is not AnkiConnect ("), said
    assert said.endswith("; check --url, and what listens there")


def test_numbers_that_no_note_can_have(server: Server) -> None:
    server.actions.findNotes = lambda **_: [10**30, -1]  # type: ignore[method-assign]
    assert "its findNotes is no such thing" in one_line(run("anki", "pull", "--url", server.url), 3)


def test_a_server_that_hangs(server: Server) -> None:
    server.mood = lambda *_: server.end.wait(20)  # type: ignore[assignment, return-value]
    assert refused(server).startswith(f"Anki did not answer at {server.url} within 0 s; close its dialogs")


def drip(handler: Handler, _: bytes) -> None:
    with contextlib.suppress(OSError):
        handler.send(b"{", length=1_000_000)
        while not handler.server.end.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()


def flood(handler: Handler, _: bytes) -> None:
    with contextlib.suppress(OSError):
        handler.send(b"{", length=1 << 40)
        while not handler.server.end.is_set():
            handler.wfile.write(b" " * (1 << 20))


@pytest.mark.parametrize("mood", [drip, flood])
def test_a_server_that_never_ends(server: Server, mood: Callable[[Handler, bytes], None]) -> None:
    server.mood = mood
    assert refused(server).startswith(f"Anki did not answer at {server.url} within")


def test_an_answer_to_many_that_lacks_some(server: Server) -> None:
    server.mood = lambda handler, _: handler.send(b'{"result": [{"result": null, "error": null}], "error": null}')
    with pytest.raises(StudytoolError, match="1 answers to 2 actions"):
        Connection(server.url).do([("addTags", {}), ("addTags", {})])


@pytest.mark.parametrize("mood", ["findNotes", "notesInfo", "getDecks", "modelNamesAndIds", "storeMediaFile", "importPackage"])
def test_rubbish_in_the_middle_of_a_push(server: Server, mood: str, home: Path) -> None:
    def some(handler: Handler, data: bytes) -> None:
        if json.loads(data)["action"] == mood:
            handler.send(b'{"result": {"a": ["b"]}, "error": null}')
        else:
            handler.send(json.dumps(server.answer(json.loads(data))).encode())

    run("anki", "push", "--url", server.url)
    record = (home / "anki-pushed.json").read_bytes()
    for number in server.actions.col.find_notes('"ID:*/qa"'):
        server.actions.col.remove_notes([number])
    server.mood = some
    said = one_line(run("anki", "push", "--force", "--url", server.url), 3)
    assert f"its {mood} is no such thing" in said
    assert (home / "anki-pushed.json").read_bytes() == record


@pytest.mark.parametrize("url", ["", "8765", "ftp://127.0.0.1", "http://", "http://[::1", "http://127.0.0.1:99999", "file:///x"])
def test_an_address_that_is_none(url: str) -> None:
    made()
    assert one_line(run("anki", "push", "--url", url), USAGE).startswith("--url is no address of AnkiConnect; it looks like")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8765", True), ("http://127.9.9.9", True), ("http://localhost:8765", True), ("http://[::1]:8765", True),
        ("http://192.168.1.5:8765", False), ("http://127.0.0.1.example.org", False), ("https://anki.example.org", False),
        ("http://localhost@example.org", False),
    ],
)  # fmt: skip
def test_which_addresses_are_of_this_machine(url: str, local: bool) -> None:
    assert Connection(url).local is local


def test_another_machine_is_warned_of() -> None:
    made()
    done = run("anki", "push", "--url", "http://anki.invalid:8765")
    assert done.returncode == 3
    first, second = done.stderr.splitlines()
    assert first.startswith("http://anki.invalid:8765 is not on this machine: ")
    assert second.startswith("no Anki answers at http://anki.invalid:8765")


def test_no_proxy_is_asked_and_no_password_shown(server: Server) -> None:
    done = run("anki", "push", "--url", server.url, HTTP_PROXY="http://127.0.0.1:1", http_proxy="http://127.0.0.1:1")
    assert done.returncode == 0, done.stderr
    assert "secret" not in one_line(run("anki", "pull", "--url", "http://me:secret@127.0.0.1:1"), 3)


def test_a_damaged_record_of_what_was_pushed(server: Server, home: Path) -> None:
    path = home / "anki-pushed.json"
    for text in (b"{", b'{"version": 1, "profiles": []}', b'{"version": 9}', b"\xff"):
        path.write_bytes(text)
        said = one_line(run("anki", "push", "--url", server.url), USAGE)
        assert said.startswith(f"{path}: is ")
        assert path.read_bytes() == text
        assert server.writes == []
