"""People send files, photos, voice messages and stickers."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from bot.playground.acting import ImpossibleError, Spot, heard, in_thread, place, replied, typed
from bot.playground.images import grey

if TYPE_CHECKING:
    from bot.playground.acts import Sim
    from bot.playground.refusals import Json
    from bot.playground.values import Values
    from bot.playground.world import World

LARGEST = 30 * 2**20
# What Telegram tells of each beside its ids: core.telegram.org/bots/api#voice, #sticker. A photo tells its own size.
MEDIA: dict[str, Json] = {
    "photo": {},
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
# core.telegram.org/bots/api#chatpermissions
RIGHTS = {
    "document": "can_send_documents",
    "photo": "can_send_photos",
    "voice": "can_send_voice_notes",
    "sticker": "can_send_other_messages",
}


def document(sim: Sim, values: Values) -> Json:
    """`content`: in base64; `size`: the content is repeated to that many bytes, so that huge files can be sent."""
    try:
        content = base64.b64decode(values.text("content"), validate=True)
    except ValueError as error:
        raise ImpossibleError('"content" must be base64') from error
    size = values.integer("size", len(content))
    if not content or not 1 <= size <= LARGEST:
        raise ImpossibleError(f"a file has from 1 to {LARGEST} bytes here")
    content = (content * (size // len(content) + 1))[:size]
    file = sim.world.files.keep(values.text("name"), content, values.text("mime_type", "application/octet-stream"))
    sent = send(sim.world, _spot(values), {"document": file.json}, values.text("caption", ""))
    return {"message_id": sent["message_id"]}


def media(sim: Sim, values: Values) -> Json:
    """`kind`: photo, voice or sticker, of no content to speak of; no words stand under a sticker."""
    kind, caption = values.text("kind"), values.text("caption", "")
    if kind not in MEDIA:
        raise ImpossibleError(f'"kind" must be one of {", ".join(MEDIA)}')
    if caption and kind == "sticker":
        raise ImpossibleError("a sticker has no caption")
    sent = send(sim.world, _spot(values), {kind: _stored(sim.world, kind)}, caption)
    return {"message_id": sent["message_id"]}


def _stored(world: World, kind: str) -> Json | list[Json]:
    if kind == "photo":
        size = (1280, 960)
        return [world.files.keep("photo.png", grey(*size), "image/png", size).json]
    stored = world.files.keep(kind, kind.encode())
    return {name: stored.json[name] for name in ("file_id", "file_unique_id", "file_size")} | MEDIA[kind]


def _spot(values: Values) -> Spot:
    return Spot(
        values.integer("user_id"),
        values.integer("chat_id"),
        values.integer("reply_to", 0),
        values.integer("message_thread_id", 0),
    )


def send(world: World, spot: Spot, content: Json, caption: str) -> Json:
    """Send what is no text, with words under it, if any, and return the message. Raises ImpossibleError."""
    person, chat = place(world, spot.user_id, spot.chat_id)
    right = RIGHTS[next(iter(content))]
    if chat.kind == "channel" or (chat.kind != "private" and not chat.member(person.id).may(right)):
        raise ImpossibleError("this person may not send that there")
    message = in_thread(chat, spot.thread) | replied(chat, spot.reply_to, spot.thread) | content
    if caption:
        plain, entities = typed(world, caption)
        message |= {"caption": plain} | ({"caption_entities": entities} if entities else {})
    if chat.kind == "private":
        person.started = True
    posted = world.post(chat, person.user, message)
    if heard(world, chat, posted):
        world.updates.add("message", posted)
    return posted
