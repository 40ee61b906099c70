"""How the wire carries calls: every way of passing arguments, statuses, one poller, faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.playground.talking import GROUP, MEI, TOM

if TYPE_CHECKING:
    from tests.playground.talking import Talk


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_arguments_come_in_any_way_that_telegram_takes(met: Talk, how: str) -> None:
    arguments = {"chat_id": str(TOM), "text": "<b>你好</b> & more", "parse_mode": "HTML"}
    url, session = met.address("sendMessage"), met.session
    if how == "query":
        request = session.get(url, params=arguments)
    elif how == "form":
        request = session.post(url, data=arguments)
    elif how == "json":
        request = session.post(url, json={**arguments, "chat_id": TOM})
    else:
        with aiohttp.MultipartWriter("form-data") as writer:
            for name, value in arguments.items():
                writer.append(value).set_content_disposition("form-data", name=name)
        request = session.post(url, data=writer)
    async with request as response:
        body = await response.json()
    assert response.status == 200
    assert body["result"]["text"] == "你好 & more"
    assert body["result"]["entities"] == [{"offset": 0, "length": 2, "type": "bold"}]


async def test_method_names_are_taken_in_any_case(talk: Talk) -> None:
    assert (await talk.call("GETME"))["username"] == (await talk.call("getme"))["username"] == "chancheng_facts_bot"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("bot7000000001:wrong/getMe", 401, "Unauthorized"),
        ("bot1:AAA/getMe", 401, "Unauthorized"),
        ("botnonsense/getMe", 404, "Not Found"),
        ("bot7000000001:PLAYGROUND-local-only/getMice", 404, "Not Found: method not found"),
        ("bot7000000001:PLAYGROUND-local-only/sendGame", 404, "Not Found: method sendgame is not emulated here"),
    ],
)
async def test_a_wrong_token_or_method_is_refused(talk: Talk, path: str, status: int, words: str) -> None:
    async with talk.session.get(f"{talk.api.url}/{path}") as response:
        body = await response.json()
    assert (response.status, body) == (status, {"ok": False, "error_code": status, "description": words})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b'{"text": NaN}'),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"chat_id": ' + b"9" * 5000 + b"}"),
        ("application/x-www-form-urlencoded", b"text=\xff\xfe"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(2000))),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_bad_request(met: Talk, kind: str, body: bytes) -> None:
    async with met.session.post(met.address("sendMessage"), data=body, headers={"Content-Type": kind}) as response:
        answer = await response.json()
    assert response.status == 400
    assert answer["description"].startswith("Bad Request: ")


async def test_updates_stay_until_an_offset_confirms_them(met: Talk) -> None:
    for text in ("one", "two", "three"):
        await met.sim("message", user_id=TOM, chat_id=TOM, text=text)
    first = await met.call("getUpdates")
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    assert await met.call("getUpdates", limit=1) == first[:1]
    assert await met.call("getUpdates", offset=first[1]["update_id"]) == first[1:]
    assert await met.call("getUpdates") == first[1:]
    assert await met.call("getUpdates", offset=-1) == first[2:]
    assert await met.call("getUpdates") == first[2:]
    assert await met.call("getUpdates", offset=first[2]["update_id"] + 1) == []


async def test_a_long_poll_ends_as_soon_as_something_happens(met: Talk) -> None:
    poll = asyncio.create_task(met.call("getUpdates", timeout=50))
    await met.api.world.updates.polled.wait()
    await met.sim("message", user_id=TOM, chat_id=TOM, text="hello")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "hello"


async def test_a_second_poller_ends_the_first_with_409(met: Talk) -> None:
    first = asyncio.create_task(met.answer("getUpdates", timeout=50))
    await met.api.world.updates.polled.wait()
    second = asyncio.create_task(met.call("getUpdates", timeout=50))
    status, body = await asyncio.wait_for(first, 5)
    assert status == body["error_code"] == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")
    await met.api.world.updates.polled.wait()
    await met.sim("message", user_id=TOM, chat_id=TOM, text="hello")
    assert len(await asyncio.wait_for(second, 5)) == 1


async def test_a_poller_that_goes_away_takes_no_update_with_it(met: Talk) -> None:
    poll = asyncio.create_task(met.call("getUpdates", timeout=50))
    await met.api.world.updates.polled.wait()
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    await met.sim("message", user_id=TOM, chat_id=TOM, text="hello")
    assert len(await met.call("getUpdates", timeout=50)) == 1


async def test_allowed_updates_are_remembered_and_three_kinds_must_be_asked_for(met: Talk) -> None:
    await met.sim("member", chat_id=GROUP, user_id=met.api.world.bot["id"], status="administrator")
    await met.updates()
    await met.sim("member", chat_id=GROUP, user_id=MEI, status="left")
    assert [set(update) - {"update_id"} for update in await met.updates()] == [{"message"}]
    await met.call("getUpdates", allowed_updates=["chat_member", "no_such_kind"])
    await met.sim("member", chat_id=GROUP, user_id=MEI, status="member")
    assert [set(update) - {"update_id"} for update in await met.updates()] == [{"chat_member"}]
    assert (await met.call("getWebhookInfo"))["allowed_updates"] == ["chat_member"]
    await met.call("getUpdates", allowed_updates=[])
    await met.sim("member", chat_id=GROUP, user_id=MEI, status="left")
    assert [set(update) - {"update_id"} for update in await met.updates()] == [{"message"}]


async def test_pending_updates_go_only_when_they_are_dropped(met: Talk) -> None:
    await met.sim("message", user_id=TOM, chat_id=TOM, text="asked while the bot was down")
    await met.call("deleteWebhook")
    assert (await met.call("getWebhookInfo"))["pending_update_count"] == 1
    await met.call("deleteWebhook", drop_pending_updates=True)
    assert await met.updates() == []


async def test_a_fault_strikes_its_method_so_often_and_no_more(met: Talk) -> None:
    await met.sim("fault", method="sendMessage", error_code=429, retry_after=7, times=2)
    for _ in range(2):
        async with met.session.post(met.address("sendMessage"), json={"chat_id": TOM, "text": "x"}) as response:
            body = await response.json()
        assert response.status == 429
        assert response.headers["Retry-After"] == "7"
        assert body["parameters"] == {"retry_after": 7}
        assert body["description"] == "Too Many Requests: retry after 7"
    await met.call("getMe")
    await met.call("sendMessage", chat_id=TOM, text="x")


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_connection_may_break_before_or_after_the_message_was_taken(met: Talk, kind: str, arrived: int) -> None:
    before = len(met.api.world.chats[TOM].messages)
    await met.sim("fault", method="sendMessage", kind=kind)
    with pytest.raises(aiohttp.ClientError):
        await met.call("sendMessage", chat_id=TOM, text="x")
    assert len(met.api.world.chats[TOM].messages) == before + arrived


async def test_a_slow_call_still_succeeds(met: Talk) -> None:
    await met.sim("fault", method="*", kind="slow", seconds=0.05)
    began = asyncio.get_running_loop().time()
    await met.call("sendMessage", chat_id=TOM, text="x")
    assert asyncio.get_running_loop().time() - began >= 0.05


async def test_the_flood_model_asks_for_patience_in_one_chat_but_not_in_another(met: Talk) -> None:
    await met.sim("start", user_id=MEI)
    await met.sim("flood", on=True)
    await met.call("sendMessage", chat_id=TOM, text="x")
    assert await met.refused("sendMessage", chat_id=TOM, text="y") == "Too Many Requests: retry after 1"
    await met.call("sendMessage", chat_id=MEI, text="x")
    await met.sim("flood", on=False)
    await met.call("sendMessage", chat_id=TOM, text="y")


async def test_a_failure_of_the_server_itself_is_a_500_and_not_a_broken_connection(
    met: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(met.api.world, "post", broken)
    status, body = await met.answer("sendMessage", chat_id=TOM, text="x")
    assert (status, body["description"]) == (500, "Internal Server Error")
