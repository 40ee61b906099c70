"""sendMessage, sendChatAction, answerCallbackQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.access import thread_of, writable_chat
from bot.playground.entities import formatted
from bot.playground.entities.spans import utf16_length
from bot.playground.keyboards import read_markup
from bot.playground.refusals import bad_request, not_emulated
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.people import Chat
    from bot.playground.refusals import Json
    from bot.playground.world import World

# Counted in UTF-16 units, the stricter of the two readings that clients hold of "characters after entities parsing".
LONGEST_TEXT = 4096
# Longer before parsing than any text could need: refused unread, as the real server does.
LONGEST_MARKUP = 16 * LONGEST_TEXT
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
        "record_audio",
        "upload_audio",
    ]
)
_PREVIEW = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}
NOT_EMULATED = (
    "business_connection_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
    "allow_paid_broadcast",
)


def send_message(world: World, fields: Fields) -> Json:
    content = read_text(world, fields)
    markup = read_markup(fields)
    fields.refuse(NOT_EMULATED)
    return posted(world, fields, content, markup)


def posted(world: World, fields: Fields, content: Json, markup: Json | None) -> Json:
    """Put the bot's message where the call says, with what every message may have. Raises Refusal."""
    chat = writable_chat(world, fields)
    message = thread_of(chat, fields)
    message |= reply_to(chat, fields, message, world)
    message |= content
    if fields.flag("protect_content"):
        message["has_protected_content"] = True
    if fields.text("message_effect_id"):
        message["effect_id"] = fields.text("message_effect_id")
    if markup:
        message["reply_markup"] = markup
    return world.post(chat, None if chat.kind == "channel" else world.bot, message)


def read_text(world: World, fields: Fields) -> Json:
    """Return `text`, `entities`, `link_preview_options` as the message will have them. Raises Refusal."""
    given = fields.text("text")
    if not given:
        raise bad_request("message text is empty")
    if len(given) > LONGEST_MARKUP:
        raise bad_request("message is too long")
    # The real server ignores `entities` that it cannot read; a bot's mistake is worth more than that likeness.
    stated = None if fields.text("parse_mode") else fields.decoded("entities", "entities")
    text, entities = formatted(given, fields.text("parse_mode"), stated, world.user)
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    return content | _preview(fields)


def _preview(fields: Fields) -> Json:
    options = fields.decoded("link_preview_options", "link preview options")
    if options is None:
        return {"link_preview_options": {"is_disabled": True}} if fields.flag("disable_web_page_preview") else {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    for name, kind in _PREVIEW.items():
        if name in options and not isinstance(options[name], kind):
            raise bad_request(f'can\'t parse link preview options: field "{name}" must be of type {kind.__name__}')
    return {"link_preview_options": {name: options[name] for name in _PREVIEW if name in options}}


def reply_to(chat: Chat, fields: Fields, thread: Json, world: World) -> Json:
    """Return the fields that a reply adds. Raises Refusal when its target is not there, unless that is allowed."""
    parameters = _reply_parameters(chat, fields)
    wanted = parameters["message_id"]
    if not wanted:
        return {}
    target = chat.messages.get(wanted)
    if target is None:
        if parameters["allow_sending_without_reply"]:
            return {}
        raise bad_request("message to be replied not found")
    reply = reply_fields(chat, target, thread)
    quote = parameters["quote"]
    if quote:
        text, entities = formatted(quote, parameters["quote_parse_mode"], parameters["quote_entities"], world.user)
        at = target.get("text", "").find(text)
        if at < 0:
            raise bad_request("QUOTE_TEXT_INVALID")
        position = len(target["text"][:at].encode("utf-16-le")) // 2
        reply["quote"] = {"text": text, "position": position, "is_manual": True}
        if entities:
            reply["quote"]["entities"] = entities
    return reply


def reply_fields(chat: Chat, target: Json, thread: Json) -> Json:
    """Return `reply_to_message` without its own, and the thread that a reply in a group belongs to."""
    fields: Json = {"reply_to_message": {name: value for name, value in target.items() if name != "reply_to_message"}}
    if chat.forum:
        if "message_thread_id" in target and not thread:
            fields |= {"message_thread_id": target["message_thread_id"], "is_topic_message": True}
    elif chat.kind == "supergroup" and not thread:
        fields["message_thread_id"] = target.get("message_thread_id", target["message_id"])
    return fields


def _reply_parameters(chat: Chat, fields: Fields) -> dict[str, Any]:
    value = fields.decoded("reply_parameters", "reply parameters")
    if value is None:
        value = {
            "message_id": fields.integer("reply_to_message_id"),
            "allow_sending_without_reply": fields.flag("allow_sending_without_reply"),
        }
    if not isinstance(value, dict):
        raise bad_request("object expected as reply parameters")
    for name in ("checklist_task_id", "poll_option_id"):
        if name in value:
            raise not_emulated(f"reply_parameters field {name}")
    if "chat_id" in value and str(value["chat_id"]) not in {str(chat.id), f"@{chat.json.get('username')}"}:
        raise not_emulated("a reply to another chat")
    message_id = value.get("message_id", 0)
    if type(message_id) is not int:
        raise bad_request('can\'t parse reply parameters: field "message_id" must be of type Number')
    return {
        "message_id": message_id,
        "allow_sending_without_reply": value.get("allow_sending_without_reply") is True,
        "quote": str(value.get("quote") or "")[:1024],
        "quote_parse_mode": str(value.get("quote_parse_mode") or ""),
        "quote_entities": value.get("quote_entities"),
    }


def send_chat_action(world: World, fields: Fields) -> bool:
    action = fields.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, fields)
    if fields.integer("message_thread_id") != 1:  # unlike sendMessage, this takes the General topic's id
        thread_of(chat, fields)
    world.events.publish("action", chat_id=chat.id, action=action)
    return True


def answer_callback_query(world: World, fields: Fields) -> bool:
    query_id, text = fields.text("callback_query_id"), fields.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if fields.text("url"):
        raise not_emulated("answerCallbackQuery url")
    query = world.queries.answer(query_id)
    world.events.publish(
        "answer", user_id=query.user_id, callback_query_id=query_id, text=text, show_alert=fields.flag("show_alert")
    )
    return True


def sent_by_bot(chat: Chat, message: Json) -> bool:
    """Whether the bot may edit it as its own; in a channel an administrator's right stands in for authorship."""
    if chat.kind == "channel":
        member = chat.member(BOT_ID)
        return member.administrator and member.may("can_edit_messages")
    return bool(message.get("from", {}).get("id") == BOT_ID)
