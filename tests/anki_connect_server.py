"""A local server that speaks AnkiConnect's API, version 6, over a real collection of Anki; and as badly as servers do."""

import json
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageRequest

LOG = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
WRITES = {
    "addTags", "removeTags", "changeDeck", "deleteMediaFile", "importPackage", "storeMediaFile", "updateModelStyling",
    "updateModelTemplates", "updateNoteFields",
}  # fmt: skip


class Actions:
    """The actions that we use, each a method; what they take and give is AnkiConnect's."""

    def __init__(self, col: Collection) -> None:
        self.col = col
        self.open_in_editor: set[int] = set()  # notes that an update does not reach, as long as the Browser shows them

    def version(self) -> int:
        return 6

    def getActiveProfile(self) -> str:  # noqa: N802
        return "User 1"

    def findNotes(self, query: str) -> list[int]:  # noqa: N802
        return list(self.col.find_notes(query))

    def notesInfo(self, notes: list[int]) -> list[Any]:  # noqa: N802
        return [self._note(number) for number in notes]

    def _note(self, number: int) -> dict[str, Any]:
        if not self.col.db.scalar("select count() from notes where id = ?", number):
            return {}
        note = self.col.get_note(number)
        fields = {name: {"value": value, "order": at} for at, (name, value) in enumerate(note.items())}
        cards = self.col.db.list("select id from cards where nid = ? order by ord", number)
        model = note.note_type()["name"]
        return {"noteId": number, "modelName": model, "tags": note.tags, "fields": fields, "cards": cards, "mod": note.mod}

    def getDecks(self, cards: list[int]) -> dict[str, list[int]]:  # noqa: N802
        found: dict[str, list[int]] = {}
        for card in cards:
            found.setdefault(self.col.decks.name(self.col.get_card(card).did), []).append(card)
        return found

    def cardsInfo(self, cards: list[int]) -> list[Any]:  # noqa: N802
        found: list[Any] = []
        for number in cards:
            card = self.col.get_card(number)
            sides = {"question": card.question(), "answer": card.answer()}
            found.append(
                {"cardId": number, "fieldOrder": card.ord, "note": card.nid, "type": card.type, "css": "", "fields": {}} | sides
            )
        return found

    def getReviewsOfCards(self, cards: list[int]) -> dict[int, list[Any]]:  # noqa: N802
        query = f"select {', '.join(LOG)} from revlog where cid = ?"
        return {card: [dict(zip(LOG, row, strict=True)) for row in self.col.db.all(query, card)] for card in cards}

    def modelNamesAndIds(self) -> dict[str, int]:  # noqa: N802
        return {model.name: model.id for model in self.col.models.all_names_and_ids()}

    def modelFieldNames(self, modelName: str) -> list[str]:  # noqa: N802, N803
        return self.col.models.field_names(self.col.models.by_name(modelName))

    def modelTemplates(self, modelName: str) -> dict[str, Any]:  # noqa: N802, N803
        templates = self.col.models.by_name(modelName)["tmpls"]
        return {each["name"]: {"Front": each["qfmt"], "Back": each["afmt"]} for each in templates}

    def modelStyling(self, modelName: str) -> dict[str, str]:  # noqa: N802, N803
        return {"css": self.col.models.by_name(modelName)["css"]}

    def updateModelTemplates(self, model: dict[str, Any]) -> None:  # noqa: N802
        there = self.col.models.by_name(model["name"])
        for each in there["tmpls"]:
            sides = model["templates"][each["name"]]
            each["qfmt"], each["afmt"] = sides["Front"], sides["Back"]
        self.col.models.update_dict(there)

    def updateModelStyling(self, model: dict[str, Any]) -> None:  # noqa: N802
        there = self.col.models.by_name(model["name"])
        there["css"] = model["css"]
        self.col.models.update_dict(there)

    def storeMediaFile(self, filename: str, data: str) -> str:  # noqa: N802
        if (Path(self.col.media.dir()) / filename).exists():
            self.deleteMediaFile(filename)
        return self.col.media.write_data(filename, b64decode(data))

    def deleteMediaFile(self, filename: str) -> None:  # noqa: N802
        self.col.media.trash_files([filename])

    def importPackage(self, path: str) -> bool:  # noqa: N802
        self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(Path(self.col.media.dir()) / path)))
        return True

    def updateNoteFields(self, note: dict[str, Any]) -> None:  # noqa: N802
        there = self.col.get_note(note["id"])
        if note["id"] in self.open_in_editor:
            return
        for name, value in note["fields"].items():
            there[name] = value
        self.col.update_note(there)

    def addTags(self, notes: list[int], tags: str) -> None:  # noqa: N802
        self.col.tags.bulk_add(notes, tags)

    def removeTags(self, notes: list[int], tags: str) -> None:  # noqa: N802
        self.col.tags.bulk_remove(notes, tags)

    def changeDeck(self, cards: list[int], deck: str) -> None:  # noqa: N802
        self.col.set_deck(cards, self.col.decks.id(deck))


class Server(ThreadingHTTPServer):
    """AnkiConnect with a collection behind it. `mood` says how it answers, `asked` what it was asked for, in order."""

    daemon_threads = True

    def __init__(self, col: Collection) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.actions = Actions(col)
        self.mood: Callable[[Handler, bytes], None] | None = None
        self.key = ""
        self.unsupported: set[str] = set()
        self.refused: dict[str, str] = {}  # actions that fail, with what they say
        self.asked: list[str] = []
        self.lock = threading.Lock()
        self._paused, self._began, self._going = "", threading.Event(), threading.Event()
        self.end = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def writes(self) -> list[str]:
        """What was asked for that changes something."""
        return [action for action in self.asked if action in WRITES]

    def pause(self, action: str) -> threading.Event:
        """Wait with an action until `go_on`; what is set when it is asked for."""
        self._paused = action
        return self._began

    def go_on(self) -> None:
        """Do it."""
        self._paused = ""
        self._going.set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests want."""

    def answer(self, request: Any) -> Any:
        """As AnkiConnect answers one request, or one of several within `multi`."""
        action = request.get("action", "")
        self.asked.append(action)
        if action == self._paused:
            self._began.set()
            self._going.wait(30)
        try:
            if request.get("key", "") != self.key:
                raise ValueError("valid api key must be provided")
            if action in self.refused:
                raise ValueError(self.refused[action])
            if action == "multi":
                result: Any = [self.answer(one) for one in request["params"]["actions"]]
            elif action.startswith("_") or action in self.unsupported or not hasattr(self.actions, action):
                raise ValueError("unsupported action")
            else:
                result = getattr(self.actions, action)(**request.get("params", {}))
        except Exception as error:
            return {"result": None, "error": str(error)}
        return {"result": result, "error": None} if request.get("version", 4) > 4 else result


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.mood:
            self.server.mood(self, data)
            return
        with self.server.lock:
            answer = self.server.answer(json.loads(data))
        self.send(json.dumps(answer).encode())

    def send(self, body: bytes, code: int = 200, length: int | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/json")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(col: Collection) -> Iterator[Server]:
    """The server, until the test ends."""
    server = Server(col)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.end.set()
        server.shutdown()
        server.server_close()
