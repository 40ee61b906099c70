"""sendPhoto."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.access import writable_chat
from bot.playground.images import measured
from bot.playground.keyboards import read_markup
from bot.playground.methods.documents import caption_of, known, uploaded
from bot.playground.methods.sending import NOT_EMULATED, posted
from bot.playground.refusals import bad_request
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.files import Stored
    from bot.playground.refusals import Json
    from bot.playground.world import World

# core.telegram.org/bots/api#sendphoto: bytes; width and height together; the longer side to the shorter.
LARGEST = 10 * 2**20
LONGEST = 10_000
STEEPEST = 20
_FLAGS = {"has_spoiler": "has_media_spoiler", "show_caption_above_media": "show_caption_above_media"}


def send_photo(world: World, fields: Fields) -> Json:
    fields.refuse(NOT_EMULATED)
    caption = caption_of(world, fields)
    markup = read_markup(fields)
    chat = writable_chat(world, fields)
    if chat.kind != "private" and not chat.member(BOT_ID).may("can_send_photos"):
        raise bad_request("not enough rights to send photos to the chat")
    flags = {shown: True for given, shown in _FLAGS.items() if fields.flag(given)}
    return posted(world, fields, {"photo": [_photo(world, fields).json], **caption, **flags}, markup)


def _photo(world: World, fields: Fields) -> Stored:
    given = uploaded(fields, "photo")
    if given is None:
        return known(world, fields.text("photo"), photo=True)
    name, content, _ = given
    if len(content) > LARGEST:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {LARGEST} bytes"
        )
    found = measured(content)
    if found is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    kind, width, height = found
    if not 0 < width + height <= LONGEST or max(width, height) > STEEPEST * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.files.keep(name, content, kind, (width, height))
