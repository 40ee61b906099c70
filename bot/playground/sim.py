"""`/sim/*` over HTTP: what people do is posted as JSON, what happened is read, or streamed as it happens."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.acting import ImpossibleError, chat_of, person_of
from bot.playground.acts import ACTS
from bot.playground.fields import from_json
from bot.playground.refusals import Refusal
from bot.playground.transcript import transcript
from bot.playground.values import Values

if TYPE_CHECKING:
    from bot.playground.acts import Sim
    from bot.playground.refusals import Json

log = logging.getLogger(__name__)

# The page lets a file of 2 MiB be attached, which base64 makes a third longer.
LARGEST_BODY = 3 * 2**20
CALLS_SHOWN = 200
# Shorter than the idle limit of browsers and proxies; it is also how a reader that went away is noticed.
HEARTBEAT = 15.0


class SimRoutes:
    """HTTP handlers over one `Sim`."""

    def __init__(self, sim: Sim) -> None:
        self.sim = sim
        self.world = sim.world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/state", self.state),
            web.get("/sim/commands", self.commands),
            web.get("/sim/events", self.events),
            web.get("/sim/outbox", self.outbox),
            web.get("/sim/transcript", self.transcript),
            web.get("/sim/file", self.file),
            web.get("/sim/picture", self.picture),
            web.post("/sim/{act}", self.act),
        ]

    async def act(self, request: web.Request) -> web.Response:
        run = ACTS.get(request.match_info["act"])
        if run is None:
            return _answer({"error": f"there is no /sim/{request.match_info['act']}"}, 404)
        if request.content_type != "application/json":
            return _answer({"error": "post JSON with Content-Type: application/json"}, 415)
        try:
            return _answer(run(self.sim, Values(await _body(request))))
        except ImpossibleError as error:
            return _answer({"error": str(error)}, 400)

    async def state(self, _: web.Request) -> web.Response:
        world = self.world
        return _answer(
            {
                **world.page,
                "now": self.sim.now(),
                "bot": world.bot,
                "users": [person.shown() for person in world.people.values()],
                "chats": [world.chat_json(chat) for chat in world.chats.values()],
                "messages": {str(chat.id): list(chat.messages.values()) for chat in world.chats.values()},
                "calls": world.calls.last(CALLS_SHOWN),
            }
        )

    async def commands(self, request: web.Request) -> web.Response:
        try:
            person = person_of(self.world, _number(request, "user_id"))
            chat = chat_of(self.world, _number(request, "chat_id"))
        except ImpossibleError as error:
            return _answer({"error": str(error)}, 400)
        return _answer(self.world.menus.shown(chat, person.id, person.user.get("language_code", "")))

    async def outbox(self, request: web.Request) -> web.Response:
        return _answer({"calls": self.world.calls.last(method=request.query.get("method", ""))})

    async def transcript(self, request: web.Request) -> web.Response:
        chat = self.world.chats.get(_number(request, "chat_id", 0))
        if chat is None:
            return _answer({"error": "there is no such chat"}, 400)
        return web.Response(text=transcript(chat))

    async def file(self, request: web.Request) -> web.Response:
        """What was sent as a file, for whom the page shows it to; never opened by the browser itself."""
        try:
            found = self.world.files.get(request.query.get("file_id", ""))
        except Refusal:
            return _answer({"error": "there is no such file"}, 404)
        headers = {
            "Content-Disposition": "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return web.Response(body=found.content, content_type="application/octet-stream", headers=headers)

    async def picture(self, request: web.Request) -> web.Response:
        """A photo, for the page to show."""
        try:
            found = self.world.files.get(request.query.get("file_id", ""))
        except Refusal:
            found = None
        if found is None or not found.photo:
            return _answer({"error": "there is no such photo"}, 404)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        return web.Response(body=found.content, content_type=found.kind, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What happens from now on, until the server stops or whoever reads it has gone: a page that is closed."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        with self.world.events.reading() as queue, suppress(ConnectionResetError):
            await response.prepare(request)
            await response.write(b": the stream is open\n\n")
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if not line:
                    break
                await response.write(f"data: {line}\n\n".encode())
        return response


async def _body(request: web.Request) -> Json:
    """Return the JSON object of a POST; an empty body is an empty object. Raises ImpossibleError."""
    raw = bytearray()
    async for piece in request.content.iter_chunked(2**16):
        raw += piece
        if len(raw) > LARGEST_BODY:
            raise ImpossibleError(f"a body has at most {LARGEST_BODY} bytes")
    try:
        value = from_json(bytes(raw)) if raw.strip() else {}
    except ValueError as error:
        raise ImpossibleError("the body is no JSON") from error
    if not isinstance(value, dict):
        raise ImpossibleError("the body must be a JSON object")
    return value


def _number(request: web.Request, name: str, default: int | None = None) -> int:
    text = request.query.get(name, "")
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 18:
        return int(text)
    if default is None:
        raise ImpossibleError(f'"{name}" must be an integer')
    return default


def _answer(body: object, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    # A posted text may hold half a surrogate pair; it is shown as a question mark, never a reason to fail.
    return web.Response(
        body=text.encode("utf-8", "replace"),
        status=status,
        content_type="application/json",
        charset="utf-8",
        headers={"Cache-Control": "no-store"},
    )
