"""reply_markup, checked as the real server checks it (Client.cpp get_reply_markup, td ReplyMarkup.cpp)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.entities.links import checked_link, mentioned_id
from bot.playground.refusals import bad_request, not_emulated

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.refusals import Json

# 100 buttons is where the real server stops; it says so with this word.
MOST_BUTTONS = 100
TOO_LONG = "reply markup is too long"
STYLES = frozenset({"danger", "success", "primary"})
_NOT_EMULATED = ("callback_game", "pay", "login_url", "web_app", "switch_inline_query_chosen_chat")
_FLAGS = {
    "resize_keyboard": 'field "resize_keyboard" of the ReplyKeyboardMarkup must be of the type Boolean',
    "one_time_keyboard": 'field "one_time_keyboard" of the ReplyKeyboardMarkup must be of the type Boolean',
    "is_persistent": 'field "is_persistent" of the ReplyKeyboardMarkup must be of the type Boolean',
    "remove_keyboard": 'field "remove_keyboard" of the ReplyKeyboardRemove must be of the type Boolean',
    "force_reply": 'field "force_reply" of the reply markup must be of the type Boolean',
    "selective": 'field "selective" of the reply markup must be of the type Boolean',
}


def read_markup(fields: Fields, *, inline_only: bool = False) -> Json | None:
    """Return the InlineKeyboardMarkup to store with the message, None for none.

    Other keyboards are checked and accepted but, as on Telegram, do not show in the Message. Raises Refusal.
    """
    value = fields.decoded("reply_markup", "reply keyboard markup")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    for name, words in _FLAGS.items():
        if name in value and not isinstance(value[name], bool):
            raise bad_request(words)
    if "keyboard" in value:
        _check_reply_keyboard(value["keyboard"])
    rows = _rows(value.get("inline_keyboard", []), "inline_keyboard", "InlineKeyboardMarkup")
    shown = [[_inline_button(button) for button in row] for row in rows]
    shown = [row for row in shown if row]
    if sum(map(len, shown)) > MOST_BUTTONS:
        raise bad_request(TOO_LONG)
    if inline_only and not shown and set(value) - {"inline_keyboard"}:
        raise bad_request("inline keyboard expected")
    return {"inline_keyboard": shown} if shown else None


def _rows(value: Any, field: str, kind: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the {kind} must be an Array')
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    return value


def _check_reply_keyboard(value: Any) -> None:
    for row in _rows(value, "keyboard", "ReplyKeyboardMarkup"):
        for button in row:
            if not isinstance(button, str | dict):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
            text = button if isinstance(button, str) else _text(button, "text", "keyboard button", required=True)
            if not text.strip():
                raise bad_request("keyboard button text must be non-empty")


def _text(button: Json, name: str, what: str, *, required: bool = False) -> str:
    """Return a text field; numbers and truths are taken as text, as the real server takes them."""
    value = button.get(name)
    if value is None:
        if required:
            raise bad_request(f"can't parse {what}: can't find field \"{name}\"")
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | str):
        return str(value)
    raise bad_request(f'can\'t parse {what}: field "{name}" must be of type String')


def _inline_button(value: Any) -> Json:
    what = "inline keyboard button"
    if not isinstance(value, dict):
        raise bad_request(f"can't parse {what}: InlineKeyboardButton must be an Object")
    button: Json = {"text": _text(value, "text", what, required=True)}
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    button |= _action(value, what)
    style = _text(value, "style", what)
    if style:
        if style not in STYLES:
            raise bad_request(f"can't parse {what}: invalid button style specified")
        button["style"] = style
    return button


def _action(value: Json, what: str) -> Json:
    """Return what the button does. The order is the real server's: the first that is there counts."""
    url = _text(value, "url", what)
    if url:
        return {"url": _url(url)}
    if value.get("callback_data") is not None:
        # The real server takes empty data for none and says "text buttons are unallowed"; this name says more.
        data = _text(value, "callback_data", what)
        if not 1 <= len(data.encode("utf-8", "replace")) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    return _rarer_action(value, what)


def _rarer_action(value: Json, what: str) -> Json:
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if value.get(name) is not None:
            return {name: _text(value, name, what)}
    if isinstance(value.get("copy_text"), dict):
        text = _text(value["copy_text"], "text", what, required=True)
        if not 1 <= len(text) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": {"text": text}}
    for name in _NOT_EMULATED:
        if value.get(name) is not None:
            raise not_emulated(f"inline keyboard button field {name}")
    raise bad_request(f"can't parse {what}: text buttons are unallowed in the inline keyboard")


def _url(url: str) -> str:
    if mentioned_id(url):
        return url
    checked = checked_link(url)
    if not checked:
        protocol = (
            "Unsupported URL protocol" if "://" in url and not url.lower().startswith("http") else "Wrong HTTP URL"
        )
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {protocol}")
    return checked
