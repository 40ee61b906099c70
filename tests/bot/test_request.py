"""The request class against a real HTTP server on loopback."""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from telegram import InputFile, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.logs import set_up
from bot.telegram.polling import PollingBot, PollingRequest, thinned
from bot.telegram.request import AiohttpRequest, NoBotApiError, UnansweredError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Serve = Callable[[Handler], Awaitable[str]]

TOKEN = "123456:secret"
ME = {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "a_bot"}


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        runners.append(runner)
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


def bot_on(url: str, **options: float) -> ExtBot[None]:
    return ExtBot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest(**options), get_updates_request=AiohttpRequest())  # type: ignore[arg-type]


async def test_parameters_arrive_as_a_form_with_every_character(serve: Serve) -> None:
    got: dict[str, object] = {}

    async def handler(request: web.Request) -> web.Response:
        got.update(await request.post())
        return web.json_response({"ok": True, "result": True})

    async with AiohttpRequest() as request:
        bot = ExtBot(TOKEN, base_url=f"{await serve(handler)}/bot", request=request)
        await bot.set_my_description("多少钱？ 💰 a&b=c%20+\n", language_code="zh")
    assert got == {"description": "多少钱？ 💰 a&b=c%20+\n", "language_code": "zh"}


async def test_files_are_uploaded_with_names_and_types(serve: Serve) -> None:
    got: dict[str, tuple[str, str, bytes]] = {}

    async def handler(request: web.Request) -> web.Response:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                got[name] = (value.filename, value.content_type, value.file.read())
        chat = {"id": 1, "type": "private"}
        return web.json_response({"ok": True, "result": [{"message_id": 1, "date": 1, "chat": chat}]})

    async with AiohttpRequest() as request:
        bot = ExtBot(TOKEN, base_url=f"{await serve(handler)}/bot", request=request)
        photo = InputMediaPhoto(InputFile(io.BytesIO(b"\xff\xd8bytes"), filename="图.jpg", attach=True))
        await bot.send_media_group(1, [photo, photo])
    [(filename, kind, content)] = set(got.values())
    assert (filename, kind, content) == ("图.jpg", "image/jpeg", b"\xff\xd8bytes")


@pytest.mark.parametrize(
    ("status", "parameters", "error"),
    [
        (400, {}, BadRequest),
        (401, {}, InvalidToken),
        (403, {}, Forbidden),
        (404, {}, InvalidToken),
        (429, {"retry_after": 3}, RetryAfter),
        (400, {"migrate_to_chat_id": -5}, ChatMigrated),
        (502, {}, NetworkError),
    ],
)
async def test_refusals_are_the_errors_that_python_telegram_bot_knows(
    serve: Serve, status: int, parameters: dict[str, int], error: type[Exception]
) -> None:
    async def handler(_: web.Request) -> web.Response:
        body = {"ok": False, "error_code": status, "description": "No", "parameters": parameters}
        return web.json_response(body, status=status)

    async with AiohttpRequest() as request:
        with pytest.raises(error) as raised:
            await ExtBot(TOKEN, base_url=f"{await serve(handler)}/bot", request=request).get_me()
    assert type(raised.value) is error


async def test_a_slow_answer_is_timed_out_and_a_lost_one_a_network_error(serve: Serve) -> None:
    never = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    async def lost(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def nonsense(_: web.Request) -> web.Response:
        return web.Response(status=503, text="<html>busy</html>")

    async with AiohttpRequest(read=0.1) as request:
        with pytest.raises(TimedOut):
            await ExtBot(TOKEN, base_url=f"{await serve(slow)}/bot", request=request).get_me()
        for handler, kind in ((lost, UnansweredError), (nonsense, NoBotApiError)):
            with pytest.raises(NetworkError) as raised:
                await ExtBot(TOKEN, base_url=f"{await serve(handler)}/bot", request=request).get_me()
            assert type(raised.value) is kind
            assert TOKEN not in str(raised.value)


async def test_an_answer_without_an_end_is_given_up_before_it_fills_the_memory(serve: Serve) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(2**20))
            sent += 2**20

    async with AiohttpRequest() as request:
        with pytest.raises(NoBotApiError):
            await request.do_request(await serve(endless), "GET")
    assert sent < 100 * 2**20


async def test_nobody_listening_is_a_network_error_that_does_not_tell_the_token() -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError) as raised:
            await ExtBot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request).get_me()
    assert "secret" not in str(raised.value)


async def test_a_hundred_requests_at_once_share_a_bounded_pool(serve: Serve) -> None:
    open_now, most = 0, 0
    together = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        if open_now == 8:
            together.set()
        await together.wait()
        open_now -= 1
        return web.json_response({"ok": True, "result": True})

    async with AiohttpRequest(connections=8) as request:
        bot = ExtBot(TOKEN, base_url=f"{await serve(handler)}/bot", request=request)
        assert all(await asyncio.gather(*(bot.log_out() for _ in range(100))))
    assert most == 8


async def test_a_token_withdrawn_while_polling_is_noticed_and_trouble_on_the_way_is_told(serve: Serve) -> None:
    status = 500
    told: list[TelegramError] = []

    async def handler(request: web.Request) -> web.Response:
        if request.path.endswith("getMe"):
            return web.json_response({"ok": True, "result": ME})
        return web.json_response({"ok": False, "error_code": status, "description": "No"}, status=status)

    requests = PollingRequest(), AiohttpRequest()
    async with PollingBot(TOKEN, await serve(handler), requests, told.append) as bot:
        for status in (500, 502, 404):  # noqa: B007 - the handler gives it
            with pytest.raises(NetworkError):
                await bot.get_updates()
            assert not bot.lost.is_set()
        status = 401
        with pytest.raises(InvalidToken):
            await bot.get_updates()
        assert bot.lost.is_set()
    assert len(told) == 3


def message(number: int, chat: object, **said: object) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}, **said}}


def test_what_a_full_lane_would_drop_is_left_out() -> None:
    updates = [message(number, chat, text="x") for number, chat in enumerate([7, 7, 7, 7, 8, -5, -5, -6])]
    updates += [{"update_id": 8, "callback_query": {}}]
    kept = thinned(updates, lambda chat: {7: 2, -6: 0}.get(chat, 1))
    assert [update["update_id"] for update in kept] == [0, 1, 4, 5, 6, 8]


class Open:
    """A gate with room for so many messages of each chat."""

    def __init__(self, room: int) -> None:
        self._room = room

    def room(self, key: int) -> int:
        return self._room

    def behind(self, *, more: bool) -> None:
        pass


def fetched(request: PollingRequest, *updates: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = request.parse_json_payload(json.dumps({"result": updates}).encode())["result"]
    return found


def test_the_last_of_a_flood_keeps_its_id_alone_so_that_all_are_confirmed() -> None:
    request = PollingRequest()
    request.gate = Open(0)
    assert fetched(request, *(message(number, 7, text="x") for number in range(100))) == [{"update_id": 99}]
    assert fetched(request) == []


def test_what_comes_twice_or_out_of_order_is_taken_once_and_confirmed() -> None:
    request = PollingRequest()
    request.gate = Open(9)
    first, second, third = (message(number, 7, text="x") for number in (5, 6, 7))
    assert fetched(request, first, third) == [first, third]
    assert fetched(request, first, third) == [{"update_id": 7}]
    assert fetched(request, third, second) == [second]
    assert fetched(request, third, first) == [{"update_id": 7}]


def test_an_update_without_an_id_is_passed_over() -> None:
    request = PollingRequest()
    request.gate = Open(9)
    assert fetched(request, None, {"message": {}}, "x", message(4, 7, text="x")) == [message(4, 7, text="x")]


async def test_an_update_that_cannot_be_read_costs_no_other_and_is_written_down_nowhere(
    serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("INFO", ())
    good = {"chat": {"id": 7, "type": "private"}, "message_id": 1, "date": 1, "text": "my question"}
    batch = [{"update_id": 4, "message": good}, {"update_id": 5, "message": {**good, "date": "no date"}}]

    async def handler(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": batch})

    async with PollingRequest() as polling, AiohttpRequest() as other:
        polling.gate = Open(9)
        bot = PollingBot(TOKEN, await serve(handler), (polling, other), lambda _: None)
        found = await bot.get_updates()
        assert [(each.update_id, each.message is None) for each in found] == [(4, False), (5, True)]
        batch = "no updates"  # type: ignore[assignment]  # that is the failure
        with pytest.raises(NetworkError):
            await bot.get_updates()
    told = capsys.readouterr().err
    assert "an update could not be read update=5" in told
    assert "my question" not in told


def test_what_is_no_message_with_text_is_never_left_out() -> None:
    odd: list[dict[str, Any]] = [
        {"update_id": 1, "message": None},
        message(2, "x", text="x"),
        message(3, -5, migrate_to_chat_id=-6),
        {"update_id": 4},
    ]
    assert thinned(odd, lambda _: 0) == odd
