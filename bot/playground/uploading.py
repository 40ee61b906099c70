"""People send files."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from bot.playground.acting import ImpossibleError, Spot, heard, in_thread, place, replied, typed

if TYPE_CHECKING:
    from bot.playground.acts import Sim
    from bot.playground.files import Stored
    from bot.playground.refusals import Json
    from bot.playground.values import Values
    from bot.playground.world import World

LARGEST = 30 * 2**20


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
    spot = Spot(values.integer("user_id"), values.integer("chat_id"))
    file = sim.world.files.keep(values.text("name"), content, values.text("mime_type", "application/octet-stream"))
    return {"message_id": send_file(sim.world, spot, file, values.text("caption", ""))["message_id"]}


def send_file(world: World, spot: Spot, file: Stored, caption: str) -> Json:
    """Send a file with words under it, if any, and return the message. Raises ImpossibleError."""
    person, chat = place(world, spot.user_id, spot.chat_id)
    if chat.kind == "channel" or (chat.kind != "private" and not chat.member(person.id).may("can_send_documents")):
        raise ImpossibleError("this person may not send files there")
    message = in_thread(chat, spot.thread) | replied(chat, spot.reply_to, spot.thread) | {"document": file.json}
    if caption:
        plain, entities = typed(world, caption)
        message |= {"caption": plain} | ({"caption_entities": entities} if entities else {})
    if chat.kind == "private":
        person.started = True
    posted = world.post(chat, person.user, message)
    if heard(world, chat, posted):
        world.updates.add("message", posted)
    return posted
