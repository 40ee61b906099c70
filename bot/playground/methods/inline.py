"""answerInlineQuery, with articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.fields import Fields
from bot.playground.keyboards import read_markup
from bot.playground.methods.sending import read_text
from bot.playground.refusals import bad_request, not_emulated

if TYPE_CHECKING:
    from bot.playground.refusals import Json
    from bot.playground.world import World

MOST_RESULTS = 50
KEPT_SECONDS = 300
_CONTENT = ("message_text", "parse_mode", "entities", "link_preview_options")


def answer_inline_query(world: World, fields: Fields) -> bool:
    results = fields.decoded("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: expected an Array")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    shown = [_article(world, each) for each in results]
    if len({each["id"] for each in shown}) < len(shown):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(fields.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer: Json = {"results": shown, "button": _button(fields)}
    seconds = fields.integer("cache_time") if "cache_time" in fields else KEPT_SECONDS
    query_id = fields.text("inline_query_id")
    typed = world.inline.answer(query_id, answer, max(0, seconds), personal=fields.flag("is_personal"))
    world.events.publish("inline", user_id=typed.user_id, inline_query_id=query_id, query=typed.query, **answer)
    return True


def _article(world: World, value: Any) -> Json:
    """Return what the list shows of a result, and the message that it becomes."""
    if not isinstance(value, dict):
        raise bad_request("can't parse inline query result: inline query result must be an Object")
    if value.get("type") != "article":
        raise not_emulated(f"an inline query result of type {value.get('type')!r}")
    result_id, title, content = value.get("id"), value.get("title"), value.get("input_message_content")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode("utf-8", "replace")) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(title, str) or not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: can't find field \"message_text\"")
    if odd := set(content) - set(_CONTENT):
        raise not_emulated(f"input_message_content field {min(odd)}")
    message = read_text(world, Fields({**content, "text": content["message_text"]}))
    if markup := read_markup(Fields({"reply_markup": value.get("reply_markup")}), inline_only=True):
        message["reply_markup"] = markup
    return {"id": result_id, "title": title, "description": str(value.get("description") or ""), "message": message}


def _button(fields: Fields) -> Json | None:
    value = fields.decoded("button", "inline query results button")
    if value is None:
        return None
    if not isinstance(value, dict) or not str(value.get("text") or "").strip():
        raise bad_request("can't parse inline query results button")
    if "web_app" in value:
        raise not_emulated("an inline query results button with web_app")
    start = value.get("start_parameter")
    if not isinstance(start, str) or not 1 <= len(start) <= 64:
        raise bad_request("START_PARAM_INVALID")
    return {"text": value["text"], "start_parameter": start}
