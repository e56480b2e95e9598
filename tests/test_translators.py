"""Every translator of deep-translator by its own name: what it is sent, and what is made of what it says, errors in its own words
among them. Answered here, in the shape that each service documents; nothing is sent."""

import json
from typing import Any

import pytest
import requests

from studytool.errors import StudytoolError
from studytool.glosses.sentences import names, translator
from studytool.glosses.sentences.faults import EndedError, PassingError, RateLimitedError, RefusedError, of_status
from studytool.glosses.sentences.http import Bounded

ZH, EN = "算力会成为未来的货币。", "Compute will be the currency of the future."
SECRET = "k3y-that-nobody-may-see"
VARIABLES = ("deepl_api_key", "libre_api_key", "microsoft_api_key", "qcri_api_key", "yandex_api_key", "baidu_appid", "baidu_appkey",
             "papago_client_id", "papago_secret_key")  # fmt: skip
KEYS = dict.fromkeys(VARIABLES, SECRET)
GOOD: dict[str, Any] = {
    "google": f'<div class="result-container">{EN}</div>',
    "mymemory": {"responseData": {"translatedText": EN}, "matches": []},
    "deepl": {"translations": [{"text": EN}]},
    "libre": {"translatedText": EN},
    "microsoft": [{"translations": [{"text": EN, "to": "en"}]}],
    "yandex": {"code": 200, "lang": "zh-en", "text": [EN]},
    "baidu": {"from": "zh", "to": "en", "trans_result": [{"src": ZH, "dst": EN}]},
    "papago": {"message": {"result": {"translatedText": EN}}},
}


class Canned(Bounded):
    """Answers all requests alike, and keeps them."""

    def __init__(self, said: Any, status: int = 200) -> None:
        super().__init__()
        self.said, self.status = said if isinstance(said, str) else json.dumps(said), status
        self.asked: list[tuple[str, str, dict[str, Any]]] = []

    def _asked(self, method: str, url: str, **given: Any) -> requests.Response:
        self.asked.append((method, url, given))
        of_status(self.status)
        response = requests.Response()
        response.status_code, response._content, response.encoding = self.status, self.said.encode(), "utf-8"
        return response


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable.upper(), raising=False)


def test_all_have_a_name() -> None:
    assert names() == sorted([*GOOD, "chatgpt", "qcri", "llm", "offline"])


@pytest.mark.parametrize("name", GOOD)
def test_what_is_sent_and_what_comes_back(name: str) -> None:
    net = Canned(GOOD[name])
    assert translator(name, KEYS, bounded=net)(ZH) == EN
    assert len(net.asked) == 1, "one request a text"
    sent = json.dumps([net.asked[0][1], net.asked[0][2]], ensure_ascii=False)
    assert ZH in sent
    assert "zh" in sent.lower()
    assert "en" in sent


@pytest.mark.parametrize("name", ["deepl", "libre", "microsoft", "yandex", "baidu", "papago"])
def test_keys_come_from_the_config_or_the_environment_and_never_back(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StudytoolError, match=rf"{name} needs a key; set {name.upper()}\w*, or {name}\w* under \[keys\]"):
        translator(name, {})
    for variable in VARIABLES:
        monkeypatch.setenv(variable.upper(), SECRET)
    assert translator(name, {}, bounded=Canned(GOOD[name]))(ZH) == EN
    echoed = json.loads(json.dumps(GOOD[name]).replace(EN, f"{EN} {SECRET}"))
    with pytest.raises(PassingError, match="repeats the key"):
        translator(name, {}, bounded=Canned(echoed))(ZH)
    for said, status in (({"error": SECRET}, 200), (SECRET, 500), (SECRET, 403), (SECRET, 429), ({}, 200), ([SECRET], 200)):
        with pytest.raises((EndedError, PassingError)) as caught:
            translator(name, {}, bounded=Canned(said, status))(ZH)
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    ("status", "kind"),
    [(429, RateLimitedError), (456, RateLimitedError), (403, EndedError), (401, EndedError), (503, PassingError)],
)
def test_a_status_means_the_same_for_all(name: str, status: int, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        translator(name, KEYS, bounded=Canned("", status))(ZH)


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("mymemory", {"responseData": {"translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY"}},
         RateLimitedError),
        ("baidu", {"error_code": "54003", "error_msg": "Invalid Access Limit"}, RateLimitedError),
        ("baidu", {"error_code": "52003", "error_msg": "UNAUTHORIZED USER"}, EndedError),
        ("baidu", {"error_code": "52001", "error_msg": "TIMEOUT"}, PassingError),
        ("microsoft", {"error": {"code": 429001, "message": "too much"}}, RateLimitedError),
        ("microsoft", {"error": {"code": 401000, "message": "no"}}, EndedError),
        ("yandex", {"code": 429}, RateLimitedError),
        ("yandex", {"code": 403}, RateLimitedError),
        ("yandex", {"code": 401}, EndedError),
        ("libre", " " * 400 + "no JSON", PassingError),  # whose error names character 401: no status
        ("google", "<html><body>Sorry</body></html>", PassingError),
    ],
)  # fmt: skip
def test_errors_in_a_services_own_words(name: str, said: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        translator(name, KEYS, bounded=Canned(said))(ZH)
    assert type(caught.value) is kind


def test_what_none_can_do() -> None:
    with pytest.raises(EndedError, match="does not know Chinese or English"):
        translator("qcri", KEYS, bounded=Canned({}))(ZH)
    with pytest.raises(RefusedError, match="longer than 1800"):
        translator("google", KEYS, bounded=Canned(GOOD["google"]))("长" * 1801)
    with pytest.raises(RefusedError, match="does not take this text"):
        translator("mymemory", KEYS, bounded=Canned(GOOD["mymemory"]))("长" * 501)


def test_a_short_key_or_a_region_may_be_a_word_of_the_answer() -> None:
    keys = {"microsoft_api_key": "currency", "microsoft_region": "future"}
    net = Canned(GOOD["microsoft"])
    assert translator("microsoft", keys, bounded=net)(ZH) == EN
    assert net.asked[0][2]["headers"]["Ocp-Apim-Subscription-Region"] == "future"


def test_deepl_knows_a_free_key_by_its_end() -> None:
    for key, host in (("paid-key", "https://api.deepl.com/"), ("free-key:fx", "https://api-free.deepl.com/")):
        net = Canned(GOOD["deepl"])
        translator("deepl", {"deepl_api_key": key}, bounded=net)(ZH)
        assert net.asked[0][1].startswith(host)
