"""`/sim/*` as the page uses it, and who may not use it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.playground.events import BACKLOG
from bot.playground.server import LocalBotApi
from tests.playground.talking import GROUP, LIN, MEI, TOM

if TYPE_CHECKING:
    from pathlib import Path

    from tests.playground.talking import Talk


async def fetch(talk: Talk, path: str, **more: Any) -> tuple[int, str]:
    async with talk.session.get(talk.api.url + path, **more) as response:
        return response.status, await response.text()


async def test_the_state_is_all_that_the_page_needs_to_draw(met: Talk) -> None:
    await met.call("sendMessage", chat_id=TOM, text="x")
    state = json.loads((await fetch(met, "/sim/state"))[1])
    assert state["now"] == "2026-03-02T12:00:00Z"
    assert state["bot"]["username"] == "chancheng_facts_bot"
    assert [(user["id"], user["role"], user["started"]) for user in state["users"]] == [
        (TOM, "reader", True),
        (MEI, "reader", False),
        (LIN, "curator", False),
    ]
    group = next(chat for chat in state["chats"] if chat["id"] == GROUP)
    assert group["members"] == {
        str(LIN): "creator",
        str(TOM): "administrator",
        str(MEI): "member",
        str(met.api.world.bot["id"]): "member",
    }
    assert [message["text"] for message in state["messages"][str(TOM)]] == ["/start", "x"]
    assert state["calls"][-1]["method"] == "sendMessage"
    assert state["calls"][-1]["response"]["result"]["text"] == "x"


async def read_event(stream: aiohttp.StreamReader) -> dict[str, Any]:
    while True:
        line = (await asyncio.wait_for(stream.readline(), 5)).decode()
        assert line, "the stream ended"
        if line.startswith("data: "):
            event: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return event


async def test_events_tell_what_happens_as_it_happens(met: Talk) -> None:
    async with met.session.get(f"{met.api.url}/sim/events") as response:
        assert response.content_type == "text/event-stream"
        assert await response.content.readline() == b": the stream is open\n"
        await met.sim("message", user_id=TOM, chat_id=TOM, text="hi")
        event = await read_event(response.content)
        assert (event["type"], event["chat_id"], event["message"]["text"]) == ("message", TOM, "hi")
        await met.call("sendChatAction", chat_id=TOM, action="typing")
        assert await read_event(response.content) == {"type": "action", "chat_id": TOM, "action": "typing"}
        assert (await read_event(response.content))["type"] == "call"
        sent = await met.call("sendMessage", chat_id=TOM, text="x")
        assert [(await read_event(response.content))["type"] for _ in range(2)] == ["message", "call"]
        await met.call("editMessageText", chat_id=TOM, message_id=sent["message_id"], text="y")
        assert [(await read_event(response.content))["type"] for _ in range(2)] == ["edit", "call"]
        query = await met.sim("tap", user_id=TOM, chat_id=TOM, message_id=sent["message_id"], data="x")
        await met.call("answerCallbackQuery", **query, text="ok", show_alert=True)
        answer = await read_event(response.content)
        assert answer == {"type": "answer", "user_id": TOM, **query, "text": "ok", "show_alert": True}
        await read_event(response.content)
        await met.call("deleteMessage", chat_id=TOM, message_id=sent["message_id"])
        assert [(await read_event(response.content))["type"] for _ in range(2)] == ["delete", "call"]
        await met.sim("clock", move=3600)
        assert await read_event(response.content) == {"type": "clock", "now": "2026-03-02T13:00:00Z"}
        await met.sim("reset")
        assert await read_event(response.content) == {"type": "reset"}


async def test_a_reader_that_falls_behind_is_told_to_start_over(talk: Talk) -> None:
    events = talk.api.world.events
    with events.reading() as queue:
        for number in range(BACKLOG + 1):
            events.publish("clock", now=str(number))
        assert queue.qsize() == 1
        assert json.loads(queue.get_nowait()) == {"type": "reset"}


async def test_a_page_that_is_closed_is_no_failure_to_speak_of(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    events = talk.api.world.events
    async with aiohttp.ClientSession() as session, session.get(f"{talk.api.url}/sim/events") as stream:
        await stream.content.readline()
        assert events.read
        stream.close()
    async with asyncio.timeout(10):
        while events.read:
            events.publish("clock", now="later")
            await talk.call("getMe")
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


async def test_stopping_ends_streams_and_polls_at_once() -> None:
    api = LocalBotApi()
    await api.start()
    async with aiohttp.ClientSession() as session, session.get(f"{api.url}/sim/events") as stream:
        await stream.content.readline()
        poll = asyncio.create_task(session.post(f"{api.url}/bot{api.token}/getUpdates", json={"timeout": 50}))
        await api.world.updates.polled.wait()
        await asyncio.wait_for(api.stop(), 5)
        (await poll).release()


async def test_a_reset_forgets_everything_but_keeps_counting_updates(met: Talk) -> None:
    await met.sim("message", user_id=TOM, chat_id=TOM, text="hi")
    before = (await met.updates())[0]["update_id"]
    await met.sim("fault", method="getMe", error_code=500)
    await met.sim("reset")
    assert met.api.world.chats[TOM].messages == {}
    assert await met.refused("sendMessage", chat_id=TOM, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    await met.call("getMe")
    await met.sim("start", user_id=TOM)
    assert (await met.updates())[0]["update_id"] > before


async def test_outbox_and_transcript_show_what_was_sent(met: Talk) -> None:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "x"}]]}
    await met.call("sendMessage", chat_id=TOM, text="first\nsecond", reply_markup=keyboard)
    await met.call("getMe")
    calls = json.loads((await fetch(met, "/sim/outbox?method=sendMessage"))[1])["calls"]
    assert [call["request"]["text"] for call in calls] == ["first\nsecond"]
    status, text = await fetch(met, f"/sim/transcript?chat_id={TOM}")
    assert status == 200
    assert "[2026-03-02 12:00] #1 Tom: /start" in text
    assert "#2 Chancheng Facts: first\nsecond\n    [More]" in text


async def test_memory_is_bounded(met: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.playground.people.MESSAGES_KEPT", 5)
    monkeypatch.setattr("bot.playground.calls.Calls.KEPT", 5)
    for number in range(20):
        await met.call("sendMessage", chat_id=TOM, text=str(number))
    assert [message["text"] for message in met.api.world.chats[TOM].messages.values()] == ["15", "16", "17", "18", "19"]
    assert len(met.api.world.calls.recent) <= 10
    assert [call["request"]["text"] for call in met.api.world.calls.last()] == ["15", "16", "17", "18", "19"]


async def test_of_a_very_long_argument_only_the_beginning_is_kept(met: Talk) -> None:
    assert await met.refused("sendMessage", chat_id=TOM, text="x" * 500_000) == "Bad Request: message is too long"
    kept = met.api.world.calls.last(1)[0]["request"]
    assert kept["chat_id"] == TOM
    assert kept["text"].endswith("x… (500000 characters)")
    assert len(kept["text"]) < 21_000


@pytest.mark.parametrize("path", ["/", "/sim/state", "/sim/events", "/bot7000000001:PLAYGROUND-local-only/getMe"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_foreign_hosts_and_origins_are_turned_away(talk: Talk, path: str, headers: dict[str, str]) -> None:
    status, text = await fetch(talk, path, headers=headers)
    assert status == 403
    assert json.loads(text)["error"]


async def test_another_sites_plain_request_is_turned_away_but_a_link_to_the_page_is_not(talk: Talk) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await fetch(talk, "/sim/state", headers=headers))[0] == 403
    assert (await fetch(talk, "/bot7000000001:PLAYGROUND-local-only/getMe", headers=headers))[0] == 403
    assert (await fetch(talk, "/", headers=headers))[0] != 403


async def test_its_own_origin_by_either_name_is_welcome(talk: Talk) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        name = f"{host}:{talk.api.port}"
        assert (await fetch(talk, "/sim/state", headers={"Host": name, "Origin": f"http://{name}"}))[0] == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])
async def test_it_never_listens_where_others_could_reach_it(host: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        await LocalBotApi().start(host)


async def test_a_port_in_use_is_an_oserror(talk: Talk) -> None:
    with pytest.raises(OSError, match="in use"):
        await LocalBotApi().start(port=talk.api.port)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"{}", 415),
        ("application/x-www-form-urlencoded", b"user_id=1001", 415),
        ("application/json", b"{", 400),
        ("application/json", b"[]", 400),
        ("application/json", b"\xff", 400),
        ("application/json", b"[" * 200_000, 400),
        ("application/json", b" " * 300_000, 400),
        ("application/json", b'{"user_id": NaN}', 400),
    ],
)
async def test_a_post_must_be_a_small_json_object(met: Talk, kind: str, body: bytes, status: int) -> None:
    url = f"{met.api.url}/sim/message"
    async with met.session.post(url, data=body, headers={"Content-Type": kind}) as response:
        assert response.status == status
        assert (await response.json())["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/sim/commands",
        "/sim/commands?user_id=x&chat_id=1001",
        "/sim/commands?user_id=4040&chat_id=1001",
        f"/sim/commands?user_id={'9' * 99}&chat_id=1001",
        "/sim/transcript",
        "/sim/transcript?chat_id=4040",
    ],
)
async def test_a_bad_query_is_told(talk: Talk, path: str) -> None:
    status, text = await fetch(talk, path)
    assert status == 400
    assert json.loads(text)["error"]


async def test_an_unknown_act_is_not_found(talk: Talk) -> None:
    async with talk.session.post(f"{talk.api.url}/sim/dance", json={}) as response:
        assert response.status == 404


async def test_the_pages_files_are_served_strictly(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<title>页</title>", encoding="utf-8")
    (folder / "app.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    async with LocalBotApi(page=folder) as api, aiohttp.ClientSession() as session:
        async with session.get(f"{api.url}/") as response:
            assert response.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
            assert response.headers["Cache-Control"] == "no-store"
            assert "页" in await response.text()
        async with session.get(f"{api.url}/page/app.js") as response:
            assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
        for name in ("../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "/etc/passwd", "none.js", "%00"):
            async with session.get(f"{api.url}/page/{name}") as response:
                assert response.status == 404, name
