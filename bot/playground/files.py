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
    """`photo`: width and height in pixels of what was sent as a photo, None for any other file."""

    number: int
    name: str
    kind: str
    content: bytes
    photo: tuple[int, int] | None = None

    @property
    def path(self) -> str:
        dot = self.name.rfind(".")
        folder = "photos" if self.photo else "documents"
        return f"{folder}/file_{self.number}{self.name[dot:] if dot > 0 else ''}"

    @property
    def json(self) -> Json:
        """The Document object, or of a photo the PhotoSize: a single one, where Telegram makes smaller ones beside."""
        shown: Json = {"file_name": self.name, "mime_type": self.kind}
        if self.photo:
            shown = {"width": self.photo[0], "height": self.photo[1]}
        file_id = f"{'AgACAgIAAxkDAAI' if self.photo else 'BQACAgIAAxkDAAI'}{self.number:06}"
        return shown | {"file_id": file_id, "file_unique_id": f"AgAD{self.number:06}", "file_size": len(self.content)}


class Files:
    """The newest files; the oldest are no longer found, as Telegram forgets paths after an hour."""

    def __init__(self) -> None:
        self._next = 1
        self._by_id: dict[str, Stored] = {}

    def keep(
        self,
        name: str,
        content: bytes,
        kind: str = "application/octet-stream",
        photo: tuple[int, int] | None = None,
    ) -> Stored:
        stored = Stored(self._next, name, kind, content, photo)
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

    def forget(self) -> None:
        """Know none of the ids any more, as another server would not."""
        self._by_id.clear()
