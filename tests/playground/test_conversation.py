"""One script of a conversation, played by two clients that no one here wrote: same steps, same results."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from bot.playground.images import grey
from tests.playground.clients import Heard, aiogram, ptb
from tests.playground.talking import BOT, GROUP, LIN, TOM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.playground.clients import Client
    from tests.playground.talking import Json, Talk

NAME = "@chancheng_facts_bot"


@pytest.fixture(params=[ptb, aiogram], ids=["python-telegram-bot", "aiogram"])
async def client(request: pytest.FixtureRequest, talk: Talk) -> AsyncIterator[Client]:
    async with request.param(talk.api) as playing:
        yield playing


def stands(talk: Talk, chat: int, message: int) -> Json:
    """What the server keeps of a message."""
    return talk.api.world.chats[chat].messages[message]


async def test_in_private_they_talk_tap_edit_vote_and_exchange_files(talk: Talk, client: Client) -> None:
    said = (await talk.sim("start", user_id=TOM, payload="f_area"))["message_id"]
    assert await client.heard() == Heard("message", TOM, "/start f_area", str(said), None, TOM)
    hello = await client.send(TOM, "Hello <b>Tom</b> &amp; all", button="Yes")
    assert stands(talk, TOM, hello)["text"] == "Hello Tom & all"
    assert stands(talk, TOM, hello)["entities"] == [{"type": "bold", "offset": 6, "length": 3}]
    said = (await talk.sim("message", user_id=TOM, chat_id=TOM, text="禅城😀"))["message_id"]
    assert await client.heard() == Heard("message", TOM, "禅城😀", str(said), None, TOM)
    quoting = await client.send(TOM, "You said 禅城😀", reply_to=said)
    assert stands(talk, TOM, quoting)["reply_to_message"]["text"] == "禅城😀"
    await talk.sim("edit", user_id=TOM, chat_id=TOM, message_id=said, text="佛山")
    assert await client.heard() == Heard("edited", TOM, "佛山", str(said), None, TOM)

    tapped = await talk.sim("tap", user_id=TOM, chat_id=TOM, message_id=hello, data="yes")
    assert await client.heard() == Heard("tap", TOM, "yes", tapped["callback_query_id"], None, TOM)
    await client.answer(tapped["callback_query_id"], "noted")
    await client.edit(TOM, hello, "Thank you")
    assert stands(talk, TOM, hello)["text"] == "Thank you"
    assert not {"entities", "reply_markup"} & stands(talk, TOM, hello).keys()

    picture = await client.photo(TOM, grey(30, 20))
    assert await client.photo(TOM, picture) == picture
    assert await client.download(picture) == grey(30, 20)
    content = base64.b64encode(b"- a\n").decode()
    await talk.sim("document", user_id=TOM, chat_id=TOM, name="a.yaml", content=content)
    document = await client.heard()
    assert (document.kind, document.said) == ("document", "a.yaml")
    assert await client.download(document.of) == b"- a\n"
    quiz = await client.quiz(TOM, "How many?", "1", "2")
    await talk.sim("vote", user_id=TOM, chat_id=TOM, message_id=quiz, option=1)
    assert await client.heard() == Heard("poll", 0, "0 1")


async def test_in_groups_topics_channels_and_inline_they_are_heard_and_answer(talk: Talk, client: Client) -> None:
    await talk.sim("member", chat_id=GROUP, user_id=BOT, status="left", by=LIN)
    assert await client.heard() == Heard("standing", GROUP, "member → left", "", None, LIN)
    await talk.sim("member", chat_id=GROUP, user_id=BOT, status="member", by=LIN)
    assert await client.heard() == Heard("standing", GROUP, "left → member", "", None, LIN)
    assert (await client.heard()).said == "joined: Chancheng Facts"
    await talk.sim("message", user_id=TOM, chat_id=GROUP, text="not for the bot")
    await talk.sim("member", chat_id=GROUP, user_id=TOM, status="administrator", anonymous=True)
    said = (await talk.sim("message", user_id=TOM, chat_id=GROUP, text=f"/ask{NAME} area"))["message_id"]
    assert await client.heard() == Heard("message", GROUP, f"/ask{NAME} area", str(said), None, GROUP)
    assert [await client.standing(GROUP, user) for user in (LIN, TOM, BOT)] == ["creator", "administrator", "member"]

    forum = await founded(talk, "forum")
    assert [(await client.heard()).kind for _ in range(2)] == ["standing", "message"]
    thread = (await talk.sim("topic", chat_id=forum, user_id=LIN, name="News"))["message_thread_id"]
    opened = await client.heard()
    assert (opened.said, opened.thread) == ("topic: News", thread)
    answer = await client.send(forum, "In here", thread=thread)
    assert stands(talk, forum, answer)["is_topic_message"] is True
    await talk.sim("close_topic", chat_id=forum, message_thread_id=thread)
    await client.heard()
    refused, _ = await client.refusal(client.send(forum, "In here", thread=thread))
    assert refused == "topic_closed"

    channel = await founded(talk, "channel", "administrator")
    assert await client.heard() == Heard("standing", channel, "left → administrator", "", None, LIN)
    post = await client.send(channel, "<i>Post</i>")
    await client.edit(channel, post, "Post")
    assert "entities" not in stands(talk, channel, post)

    typed = (await talk.sim("inline", user_id=TOM, query="area"))["inline_query_id"]
    assert await client.heard() == Heard("inline", 0, "area", typed, None, TOM)
    await client.offer(typed, "Area", "<b>20</b> km²")
    made = await talk.sim("choose", user_id=TOM, chat_id=GROUP, inline_query_id=typed, result_id="1")
    assert stands(talk, GROUP, made["message_id"])["text"] == "20 km²"
    assert await client.heard() == Heard("message", GROUP, "20 km²", str(made["message_id"]), None, TOM)


# The library warns of its own next version whenever it meets a 429.
@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_what_is_refused_is_refused_in_the_same_words(talk: Talk, client: Client) -> None:
    await talk.sim("start", user_id=TOM)
    await client.heard()
    refusals = [
        await client.refusal(client.send(TOM, " ")),
        await client.refusal(client.send(TOM, "<b>open")),
        await client.refusal(client.send(TOM, "x" * 4097)),
        await client.refusal(client.send(LIN, "x")),
        await client.refusal(client.edit(TOM, 99, "x")),
    ]
    await talk.sim("block", user_id=TOM, blocked=True)
    assert await client.heard() == Heard("standing", TOM, "member → kicked", "", None, TOM)
    refusals.append(await client.refusal(client.send(TOM, "x")))
    await talk.sim("fault", method="sendMessage", error_code=429, retry_after=3)
    refusals.append(await client.refusal(client.send(TOM, "x")))
    group = await founded(talk, "group")
    assert [(await client.heard()).kind for _ in range(2)] == ["standing", "message"]
    new = (await talk.sim("migrate", chat_id=group, user_id=LIN))["chat_id"]
    assert [(await client.heard()).said for _ in range(2)] == [f"became {new}", f"was {group}"]
    refusals.append(await client.refusal(client.send(group, "x")))
    assert refusals == [
        ("text must be non-empty", 0),
        ("can't parse entities: can't find end tag corresponding to start tag \"b\"", 0),
        ("message is too long", 0),
        ("forbidden: bot can't initiate conversation with a user", 0),
        ("message to edit not found", 0),
        ("forbidden: bot was blocked by the user", 0),
        ("too much", 3),
        ("moved", new),
    ]


async def founded(talk: Talk, kind: str, status: str = "member") -> int:
    """A chat of Lin's, and the bot in it."""
    chat = int((await talk.sim("chat", kind=kind, title="Made", user_id=LIN, members=[]))["chat"]["id"])
    await talk.sim("member", chat_id=chat, user_id=BOT, status=status, by=LIN)
    return chat
