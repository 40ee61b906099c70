"""getMe, the bot's name, descriptions and command menus, and the webhook that is never set here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.access import find_chat
from bot.playground.menus import read_commands, read_language, read_scope
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.menus import Scope
    from bot.playground.refusals import Json
    from bot.playground.world import World

_LONGEST = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _: Fields) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_guest_queries": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _scope(world: World, fields: Fields) -> Scope:
    kind, chat, user_id = read_scope(fields.decoded("scope", "BotCommandScope"))
    if not chat:
        return kind, 0, 0
    found = find_chat(world, str(chat))
    if found.kind == "private" and kind != "chat":
        raise bad_request(f"can't use scope {kind} in private chats")
    if found.kind == "channel":
        raise bad_request("can't set commands in channel chats")
    return kind, found.id, user_id


def set_my_commands(world: World, fields: Fields) -> bool:
    commands = read_commands(fields.decoded("commands", "commands"))
    world.menus.set(_scope(world, fields), read_language(fields.text("language_code")), commands)
    world.events.publish("commands")
    return True


def get_my_commands(world: World, fields: Fields) -> list[Json]:
    return world.menus.get(_scope(world, fields), read_language(fields.text("language_code")))


def delete_my_commands(world: World, fields: Fields) -> bool:
    world.menus.set(_scope(world, fields), read_language(fields.text("language_code")), [])
    world.events.publish("commands")
    return True


def _set(world: World, fields: Fields, what: str) -> bool:
    language, text = read_language(fields.text("language_code")), fields.text(what).strip()
    if len(text) > _LONGEST[what]:
        raise bad_request(f"{what} is too long")
    world.profile[what, language] = text
    return True


def _get(world: World, fields: Fields, what: str) -> Json:
    """Return what is shown to speakers of that language: their own, else the one for everybody."""
    language = read_language(fields.text("language_code"))
    return {what: world.profile.get((what, language)) or world.profile.get((what, ""), "")}


def set_my_name(world: World, fields: Fields) -> bool:
    return _set(world, fields, "name")


def get_my_name(world: World, fields: Fields) -> Json:
    shown = _get(world, fields, "name")
    return shown if shown["name"] else {"name": world.bot["first_name"]}


def set_my_description(world: World, fields: Fields) -> bool:
    return _set(world, fields, "description")


def get_my_description(world: World, fields: Fields) -> Json:
    return _get(world, fields, "description")


def set_my_short_description(world: World, fields: Fields) -> bool:
    return _set(world, fields, "short_description")


def get_my_short_description(world: World, fields: Fields) -> Json:
    return _get(world, fields, "short_description")


def delete_webhook(world: World, fields: Fields) -> bool:
    if fields.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _: Fields) -> Json:
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
