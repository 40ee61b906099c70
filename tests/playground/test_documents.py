"""Files go both ways, judged by the two clients that no one here wrote."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import aiohttp
import telegram
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile

from tests.playground.talking import LIN, TOM

if TYPE_CHECKING:
    from tests.playground.talking import Talk

CONTENT = "- id: 事实\n".encode()


async def test_ptb_sends_and_fetches_a_file(met: Talk) -> None:
    async with telegram.Bot(
        met.api.token, base_url=f"{met.api.url}/bot", base_file_url=f"{met.api.url}/file/bot"
    ) as bot:
        sent = await bot.send_document(TOM, CONTENT, filename="facts.yaml", caption="<b>new</b>", parse_mode="HTML")
        assert sent.document is not None
        assert (sent.document.file_name, sent.document.file_size) == ("facts.yaml", len(CONTENT))
        assert sent.caption_html == "<b>new</b>"
        assert bytes(await (await bot.get_file(sent.document.file_id)).download_as_bytearray()) == CONTENT
        again = await bot.send_document(TOM, sent.document.file_id)
        assert again.document == sent.document


async def test_aiogram_sends_and_fetches_a_file(met: Talk) -> None:
    server = TelegramAPIServer.from_base(met.api.url)
    async with AiogramBot(met.api.token, session=AiohttpSession(api=server)) as bot:
        sent = await bot.send_document(TOM, BufferedInputFile(CONTENT, "facts.yaml"))
        assert sent.document is not None
        found = await bot.download(sent.document.file_id)
        assert found is not None
        assert found.read() == CONTENT


async def test_a_person_sends_a_file_with_words_under_it(met: Talk) -> None:
    content = base64.b64encode(b"ab").decode()
    await met.sim("document", user_id=TOM, chat_id=TOM, name="a.yaml", content=content, size=5, caption="/ask this")
    [update] = await met.updates()
    message = update["message"]
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("/ask this", "bot_command")
    path = (await met.call("getFile", file_id=message["document"]["file_id"]))["file_path"]
    async with met.session.get(f"{met.api.url}/file/bot{met.api.token}/{path}") as response:
        assert await response.read() == b"ababa"


async def test_what_telegram_refuses_of_files_is_refused(met: Talk) -> None:
    assert await met.refused("sendDocument", chat_id=TOM) == "Bad Request: there is no document in the request"
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await met.refused("sendDocument", chat_id=TOM, document="nothing") == wrong
    assert await met.refused("getFile", file_id="nothing") == wrong
    assert "file_id not specified" in await met.refused("getFile")
    assert "not emulated" in await met.refused("sendDocument", chat_id=TOM, document="https://example.org/a.pdf")
    form = aiohttp.FormData({"chat_id": str(TOM), "caption": "x" * 1025})
    form.add_field("document", b"abc", filename="a.yaml")
    async with met.session.post(met.address("sendDocument"), data=form) as response:
        assert (await response.json())["description"] == "Bad Request: message caption is too long"
    form = aiohttp.FormData({"chat_id": str(TOM)})
    form.add_field("document", b"", filename="a.yaml")
    async with met.session.post(met.address("sendDocument"), data=form) as response:
        assert (await response.json())["description"] == "Bad Request: file must be non-empty"


async def test_files_of_others_and_too_large_ones_are_not_given(met: Talk) -> None:
    content = base64.b64encode(b"x").decode()
    await met.sim("document", user_id=TOM, chat_id=TOM, name="big", content=content, size=21 * 2**20)
    [update] = await met.updates()
    assert (
        await met.refused("getFile", file_id=update["message"]["document"]["file_id"]) == "Bad Request: file is too big"
    )
    for path in (f"/file/bot{met.api.token}/documents/file_1", f"/file/bot{met.api.token}/../x", "/file/bot1:wrong/a"):
        async with met.session.get(met.api.url + path) as response:
            assert response.status in {401, 404}


async def test_impossible_files_are_told(met: Talk) -> None:
    where = {"user_id": LIN, "chat_id": LIN, "name": "a"}
    assert await met.sim_refused("document", **where, content="%") == '"content" must be base64'
    assert "bytes" in await met.sim_refused("document", **where, content="")


async def test_the_page_gets_a_file_to_save_and_never_to_open(met: Talk) -> None:
    page = base64.b64encode(b"<script>1</script>").decode()
    await met.sim("document", user_id=TOM, chat_id=TOM, name="a.html", content=page)
    [update] = await met.updates()
    address = f"{met.api.url}/sim/file"
    async with met.session.get(address, params={"file_id": update["message"]["document"]["file_id"]}) as response:
        assert await response.read() == b"<script>1</script>"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.content_type == "application/octet-stream"
    async with met.session.get(address, params={"file_id": "nothing"}) as response:
        assert (response.status, await response.json()) == (404, {"error": "there is no such file"})


async def test_a_person_sends_a_photo_a_voice_message_and_a_sticker_as_ptb_reads_them(met: Talk) -> None:
    where = {"user_id": TOM, "chat_id": TOM}
    for kind in ("photo", "voice", "sticker"):
        await met.sim("media", **where, kind=kind, **({"caption": "look"} if kind == "photo" else {}))
    async with telegram.Bot(met.api.token, base_url=f"{met.api.url}/bot") as bot:
        photo, voice, sticker = [update.message for update in await bot.get_updates()]
        assert photo is not None
        assert (photo.photo[0].width, photo.caption) == (1280, "look")
        assert voice is not None
        assert voice.voice is not None
        assert sticker is not None
        assert sticker.sticker is not None
    assert "no caption" in await met.sim_refused("media", **where, kind="sticker", caption="x")
    assert "must be one of photo, voice, sticker" in await met.sim_refused("media", **where, kind="dance")
