"""Command menus by scope and language, resolved in Telegram's order (core.telegram.org/bots/api#botcommandscope)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.people import Chat
    from bot.playground.refusals import Json

Scope = tuple[str, int, int]
DEFAULT: Scope = ("default", 0, 0)
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_WITH_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})


class Menus:
    """What setMyCommands stored. A scope is (type, chat id or 0, user id or 0)."""

    def __init__(self) -> None:
        self._stored: dict[tuple[Scope, str], list[Json]] = {}

    def set(self, scope: Scope, language: str, commands: list[Json]) -> None:
        if commands:
            self._stored[scope, language] = commands
        else:
            self._stored.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> list[Json]:
        """Return exactly what was stored for that scope and language, as getMyCommands does."""
        return self._stored.get((scope, language), [])

    def shown(self, chat: Chat, user_id: int, language_code: str) -> list[Json]:
        """Return the menu that a user sees in a chat: the narrowest scope, in their language before any."""
        language = language_code.partition("-")[0].lower()
        for scope in scopes_for(chat, user_id):
            for wanted in (language, ""):
                found = self._stored.get((scope, wanted))
                if found:
                    return found
        return []


def scopes_for(chat: Chat, user_id: int) -> list[Scope]:
    """Return the scopes that apply, narrowest first."""
    if chat.kind == "private":
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
    scopes: list[Scope] = [("chat_member", chat.id, user_id)]
    administrator = chat.member(user_id).administrator
    if administrator:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if administrator:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), DEFAULT]


def read_scope(value: Any) -> tuple[str, object, int]:
    """Return (type, chat as given, user id) of a BotCommandScope. Raises Refusal for what is none."""
    if value is None:
        return "default", 0, 0
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(value.get("type"))  # a list would not even hash
    if kind in _PLAIN:
        return kind, 0, 0
    if kind not in _WITH_CHAT:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if not value.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: chat_id is empty")
    if kind != "chat_member":
        return kind, value["chat_id"], 0
    user = value.get("user_id")
    if not isinstance(user, int) or user <= 0:
        raise bad_request("can't parse BotCommandScope: invalid user_id specified")
    return kind, value["chat_id"], user


def read_language(code: str) -> str:
    """Return a language code of the API, "" for none. Raises Refusal for what is no two-letter code."""
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def read_commands(value: Any) -> list[Json]:
    """Return BotCommand objects. Raises Refusal for wrong types, names or lengths."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_read_command(each) for each in value]


def _read_command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = value.get("command"), value.get("description")
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad_request('can\'t parse BotCommand: field "command" and "description" must be of type String')
    name = name.removeprefix("/")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}
