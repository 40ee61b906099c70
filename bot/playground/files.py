"""Files that were sent: each has an id for the bot, and a path where it fetches the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.refusals import Json

KEPT = 100
# core.telegram.org/bots/api#getfile: bots download files of up to 20 MB.
LARGEST_DOWNLOAD = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Stored:
    number: int
    name: str
    kind: str
    content: bytes

    @property
    def path(self) -> str:
        dot = self.name.rfind(".")
        return f"documents/file_{self.number}{self.name[dot:] if dot > 0 else ''}"

    @property
    def json(self) -> Json:
        """The Document object."""
        file_id = f"BQACAgIAAxkDAAI{self.number:06}"
        shown: Json = {"file_name": self.name, "mime_type": self.kind}
        return shown | {"file_id": file_id, "file_unique_id": f"AgAD{self.number:06}", "file_size": len(self.content)}


class Files:
    """The newest files; the oldest are no longer found, as Telegram forgets paths after an hour."""

    def __init__(self) -> None:
        self._next = 1
        self._by_id: dict[str, Stored] = {}

    def keep(self, name: str, content: bytes, kind: str = "application/octet-stream") -> Stored:
        stored = Stored(self._next, name, kind, content)
        self._next += 1
        self._by_id[stored.json["file_id"]] = stored
        if len(self._by_id) > KEPT:
            del self._by_id[next(iter(self._by_id))]
        return stored

    def get(self, file_id: str) -> Stored:
        """Raises Refusal for an id that is not known."""
        found = self._by_id.get(file_id)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return found

    def at(self, path: str) -> Stored | None:
        return next((each for each in self._by_id.values() if each.path == path), None)
