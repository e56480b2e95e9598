"""The quiz in a real browser: loaded, clicked, answered by keyboard; and closed to other sites."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import CHECKOUT
from studytool.cli import cli
from studytool.errors import StudytoolError
from studytool.quiz.lock import take_turn
from studytool.quiz.peek import peek
from studytool.quiz.store import open_store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 60_000  # milliseconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def address(home: Path, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    env = os.environ | {"PYTHONPATH": str(CHECKOUT), "STUDYTOOL_HOME": str(home)}
    command = [sys.executable, "-m", "studytool", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout
            assert served.stdout.readline().startswith(f"the quiz is at http://127.0.0.1:{port}")
            while not listening(port):  # it says where it is a moment before it is there
                assert served.poll() is None, "it ended"
            yield f"http://127.0.0.1:{port}"
        finally:
            served.terminate()


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_three_cards_in_a_browser(address: str, home: Path) -> None:
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1000, "height": 640})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_selector("body.-first-byte", timeout=PATIENCE)
        page.wait_for_timeout(2500)
        page.mouse.click(500, 300)  # the terminal takes the keys
        page.keyboard.press("Enter")  # the first topic
        for graded in range(3):
            page.wait_for_timeout(1200)
            page.keyboard.press("Space")
            page.wait_for_timeout(800)
            page.keyboard.press("3")
            waited_for(home, graded + 1)
        page.screenshot(path=str(home / "page.png"))
        browser.close()
    assert len(peek(home / "reviews.db")) == 3
    assert all(url.startswith((address, address.replace("http", "ws"), "data:")) for url in asked)  # nothing from elsewhere


def test_a_second_page_says_that_a_quiz_is_open_elsewhere(address: str, home: Path) -> None:
    with closing(open_store(home / "reviews.db")), urllib.request.urlopen(address, timeout=10) as page:
        assert b"terminal" in page.read()
    turn = take_turn(home / "reviews.db")
    assert turn
    with closing(turn), urllib.request.urlopen(address, timeout=10) as page:
        waiting = page.read()
        assert b"A quiz is open elsewhere" in waiting
        assert b'http-equiv="refresh"' in waiting
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    with urllib.request.urlopen(address, timeout=10) as page:
        assert b"elsewhere" not in page.read()


def waited_for(home: Path, cards: int) -> None:
    until = time.monotonic() + 20
    while len(peek(home / "reviews.db")) < cards:
        assert time.monotonic() < until, "the grade did not reach the store"
        time.sleep(0.1)


def test_closed_to_other_sites(address: str) -> None:
    assert status(address) == 200
    assert status(address, Host="evil.example") == 403  # a name of theirs that leads here
    assert status(f"{address}/ws", Origin="https://evil.example") == 403
    assert status(f"{address}/ws", Origin="null") == 403
    with urllib.request.urlopen(address, timeout=10) as page:
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert b"https://" not in page.read()


def test_open_to_all_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytool.web.serve", lambda *told: None)
    told = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0"])
    assert "there is no password" in told.stderr
    assert not CliRunner().invoke(cli, ["serve"]).stderr


def test_an_address_that_cannot_be_had_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(StudytoolError, match=f"cannot listen at 127.0.0.1:{port}") as caught:
            cli.main(["serve", "--port", port], standalone_mode=False)
    assert caught.value.code == 3
    with pytest.raises(StudytoolError, match="no such host"):
        cli.main(["serve", "--host", "no.such.host.invalid"], standalone_mode=False)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytool.cli.serving.find_spec", lambda name: None)
    with pytest.raises(StudytoolError, match="needs the package textual-serve") as caught:
        cli.main(["serve"], standalone_mode=False)
    assert "studytool[serve]" in str(caught.value)
