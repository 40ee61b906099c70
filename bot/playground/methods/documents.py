"""sendDocument, getFile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.access import thread_of, writable_chat
from bot.playground.entities import formatted
from bot.playground.entities.spans import utf16_length
from bot.playground.files import LARGEST_DOWNLOAD
from bot.playground.keyboards import read_markup
from bot.playground.methods.sending import reply_to
from bot.playground.refusals import bad_request, not_emulated

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.files import Stored
    from bot.playground.refusals import Json
    from bot.playground.world import World

LONGEST_CAPTION = 1024


def send_document(world: World, fields: Fields) -> Json:
    caption = caption_of(world, fields)
    markup = read_markup(fields)
    chat = writable_chat(world, fields)
    message = thread_of(chat, fields)
    message |= reply_to(chat, fields, message, world)
    message |= {"document": _document(world, fields).json, **caption}
    if markup:
        message["reply_markup"] = markup
    return world.post(chat, None if chat.kind == "channel" else world.bot, message)


def get_file(world: World, fields: Fields) -> Json:
    if not fields.text("file_id"):
        raise bad_request("file_id not specified")
    found = world.files.get(fields.text("file_id"))
    if len(found.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    names = ("file_id", "file_unique_id", "file_size")
    return {**{name: found.json[name] for name in names}, "file_path": found.path}


def caption_of(world: World, fields: Fields) -> Json:
    """Return `caption` and `caption_entities` as the message will have them. Raises Refusal."""
    given = fields.text("caption")
    stated = None if fields.text("parse_mode") else fields.decoded("caption_entities", "caption entities")
    text, entities = formatted(given, fields.text("parse_mode"), stated, world.user) if given else ("", [])
    if utf16_length(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    shown: Json = {"caption": text} if text else {}
    return shown | ({"caption_entities": entities} if entities else {})


def uploaded(fields: Fields, name: str) -> tuple[str, bytes, str] | None:
    """Return name, content and media type of what is uploaded, beside the arguments or as one of them. Raises Refusal.

    None where a file id stands instead; nothing at all and addresses are refused.
    """
    given = fields.values.get(name)
    if isinstance(given, str) and given.startswith("attach://"):
        given = fields.values.get(given.removeprefix("attach://"))
    if isinstance(given, web.FileField):
        content = given.file.read()
        if not content:
            raise bad_request("file must be non-empty")
        return given.filename, content, given.content_type
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if fields.text(name).startswith(("http://", "https://")):
        raise not_emulated("sending by URL")
    return None


def known(world: World, file_id: str, *, photo: bool) -> Stored:
    """Return what a file id names, if it was sent as the same kind of thing. Raises Refusal."""
    found = world.files.get(file_id)
    if bool(found.photo) is not photo:
        kinds = ("Document", "Photo") if photo else ("Photo", "Document")
        raise bad_request(f"can't use file of type {kinds[0]} as {kinds[1]}")
    return found


def _document(world: World, fields: Fields) -> Stored:
    given = uploaded(fields, "document")
    return world.files.keep(*given) if given else known(world, fields.text("document"), photo=False)
