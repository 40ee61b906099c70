"""Pictures as the local server takes and gives them, judged by the two clients that no one here wrote."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import pytest
import telegram
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from PIL import Image

from bot.playground.images import grey, measured
from bot.playground.methods.photos import LARGEST
from tests.playground.talking import BOT, GROUP, TOM, keys

if TYPE_CHECKING:
    from tests.playground.talking import Json, Talk

PNG = grey(30, 20)


async def upload(talk: Talk, content: bytes, **arguments: object) -> Json:
    form = aiohttp.FormData({"chat_id": str(TOM)} | {name: str(value) for name, value in arguments.items()})
    form.add_field("photo", BytesIO(content), filename="a.png")
    async with talk.session.post(talk.address("sendPhoto"), data=form) as response:
        body: Json = await response.json()
        return body


async def test_ptb_sends_a_picture_by_upload_and_then_by_its_id_and_fetches_it(met: Talk) -> None:
    async with telegram.Bot(
        met.api.token, base_url=f"{met.api.url}/bot", base_file_url=f"{met.api.url}/file/bot"
    ) as bot:
        sent = await bot.send_photo(TOM, PNG, caption="<b>what</b> it shows", parse_mode="HTML", has_spoiler=True)
        (size,) = sent.photo
        assert (size.width, size.height, size.file_size) == (30, 20, len(PNG))
        assert (sent.caption_html, sent.has_media_spoiler) == ("<b>what</b> it shows", True)
        again = await bot.send_photo(TOM, size.file_id, reply_parameters=telegram.ReplyParameters(sent.message_id))
        assert again.photo == sent.photo
        assert again.reply_to_message is not None
        found = await bot.get_file(size.file_id)
        assert found.file_path is not None
        assert "/photos/" in found.file_path
        assert bytes(await found.download_as_bytearray()) == PNG


async def test_aiogram_sends_a_picture_by_upload_and_then_by_its_id(met: Talk) -> None:
    server = TelegramAPIServer.from_base(met.api.url)
    async with AiogramBot(met.api.token, session=AiohttpSession(api=server)) as bot:
        sent = await bot.send_photo(TOM, BufferedInputFile(PNG, "a.png"), caption="words")
        assert sent.photo is not None
        again = await bot.send_photo(TOM, sent.photo[-1].file_id)
        assert again.photo == sent.photo


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8" + b"\xff" * 40, "IMAGE_PROCESS_FAILED"),
        (grey(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (grey(5_001, 5_000)[:40], "PHOTO_INVALID_DIMENSIONS"),
        pytest.param(PNG + bytes(LARGEST), "is too big for a photo", id="too big"),
    ],
)
async def test_what_is_no_photo_is_refused(met: Talk, content: bytes, said: str) -> None:
    body = await upload(met, content)
    assert body["error_code"] == 400
    assert said in body["description"]


async def test_a_picture_is_no_document_and_a_document_no_picture(met: Talk) -> None:
    photo = (await upload(met, PNG))["result"]["photo"][0]["file_id"]
    form = aiohttp.FormData({"chat_id": str(TOM)})
    form.add_field("document", PNG, filename="a.png")
    async with met.session.post(met.address("sendDocument"), data=form) as response:
        document = (await response.json())["result"]["document"]["file_id"]
    kinds = "Bad Request: can't use file of type"
    assert await met.refused("sendDocument", chat_id=TOM, document=photo) == f"{kinds} Photo as Document"
    assert await met.refused("sendPhoto", chat_id=TOM, photo=document) == f"{kinds} Document as Photo"


async def test_other_refusals_are_telegrams(met: Talk) -> None:
    assert await met.refused("sendPhoto", chat_id=TOM) == "Bad Request: there is no photo in the request"
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await met.refused("sendPhoto", chat_id=TOM, photo="AgAC-nothing") == wrong
    assert "not emulated" in await met.refused("sendPhoto", chat_id=TOM, photo="https://example.org/a.png")
    assert "caption is too long" in (await upload(met, PNG, caption="x" * 1025))["description"]
    assert (await upload(met, PNG, caption="x" * 1024))["ok"]
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="restricted", denied=["can_send_photos"])
    assert "not enough rights to send photos" in (await upload(met, PNG, chat_id=GROUP))["description"]
    assert (
        "BUTTON" in (await upload(met, PNG, reply_markup='{"inline_keyboard":[[{"text":"a"}]]}'))["description"].upper()
    )


async def test_a_picture_has_buttons_and_stands_in_the_transcript_by_its_words(met: Talk) -> None:
    photo = (await upload(met, PNG))["result"]["photo"][0]["file_id"]
    sent = await met.call(
        "sendPhoto", chat_id=TOM, photo=photo, caption="words", reply_markup=keys(text="a", callback_data="b")
    )
    assert sent["reply_markup"]["inline_keyboard"][0][0]["text"] == "a"
    async with met.session.get(f"{met.api.url}/sim/transcript?chat_id={TOM}") as response:
        assert "words\n    [a]" in await response.text()


async def test_the_page_gets_pictures_as_such_and_nothing_else(met: Talk) -> None:
    async def fetched(file_id: str) -> tuple[int, str]:
        async with met.session.get(f"{met.api.url}/sim/picture", params={"file_id": file_id}) as response:
            return response.status, response.content_type

    photo = (await upload(met, PNG))["result"]["photo"][0]["file_id"]
    assert await fetched(photo) == (200, "image/png")
    await met.sim("document", user_id=TOM, chat_id=TOM, name="a.html", content="PGI+", mime_type="text/html")
    await met.sim("media", user_id=TOM, chat_id=TOM, kind="photo")
    document, taken = await met.updates()
    assert (await fetched(document["message"]["document"]["file_id"]))[0] == 404
    assert (await fetched(""))[0] == 404
    (size,) = taken["message"]["photo"]
    assert (size["width"], size["height"]) == (1280, 960)
    assert await fetched(size["file_id"]) == (200, "image/png")


def test_pictures_are_measured_by_their_headers() -> None:
    for kind, media in (("PNG", "image/png"), ("JPEG", "image/jpeg")):
        out = BytesIO()
        Image.new("RGB", (33, 21)).save(out, kind)
        assert measured(out.getvalue()) == (media, 33, 21)
        for end in range(0, len(out.getvalue()), 7):
            measured(out.getvalue()[:end])
    assert Image.open(BytesIO(PNG)).size == (30, 20)
    assert measured(b"\xff\xd8" + struct.pack(">BBH", 0xFF, 0xE0, 0)) is None
