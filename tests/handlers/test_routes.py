import re
from collections import Counter
from typing import get_args

import pytest

from facts.model import LANGS, Lang
from handlers.menus import Menu, menus
from handlers.ports import Role
from handlers.reply import Text
from handlers.routes import ROUTES, show_help
from handlers.texts import catalogues
from handlers.triggers import Button, Command, Trigger
from tests.handlers.fakes import GROUP, World, ask
from tests.handlers.limits import read, said

TEXTS = catalogues()
MENUS = {(menu.scope, menu.lang): menu for menu in menus(ROUTES, TEXTS)}
COMMANDS_OF_CURATORS = ("reload", "rollback", "inbox", "facts")
COMMANDS_OF_BOT_ADMINS = ("stats", "acts", "deliveries")
CURATING = {*COMMANDS_OF_CURATORS, "r", "i", "d"}
RUNNING = set(COMMANDS_OF_BOT_ADMINS)
ONES_OWN = {"subscriptions", "forget", "p", "e"}
COMMANDS = {
    "start", "help", "ask", "topics", "source", "language", "subscribe", "subscriptions", "unsubscribe", "digest",
    "dates", "figures", "quiz", "listen", "privacy", "forget", *COMMANDS_OF_CURATORS, *COMMANDS_OF_BOT_ADMINS,
}  # fmt: skip


def names(menu: Menu) -> list[str]:
    return [name for name, _ in menu.commands]


def test_every_trigger_has_its_route_and_no_two_have_the_same() -> None:
    assert {type(route.trigger) for route in ROUTES} == set(get_args(Trigger))
    assert set(Counter(repr(route.trigger) for route in ROUTES).values()) == {1}
    assert {route.trigger.name for route in ROUTES if isinstance(route.trigger, Command)} == COMMANDS
    prefixes = {route.trigger.prefix for route in ROUTES if isinstance(route.trigger, Button)}
    assert prefixes == set("ftnxlsripde") | {"tf"} | set("mwbo")


def test_every_command_is_described_in_every_language() -> None:
    for route in ROUTES:
        if isinstance(route.trigger, Command):
            assert all(3 <= len(TEXTS[lang](route.describe)) <= 256 for lang in LANGS)


def test_settings_are_changed_by_administrators_only() -> None:
    settings = {"subscribe", "unsubscribe", "language", "listen", "s", "l", "o"}
    for route in ROUTES:
        if isinstance(route.trigger, Command | Button):
            name = route.trigger.name if isinstance(route.trigger, Command) else route.trigger.prefix
            assert (route.who is Role.CHAT_ADMIN) == (name in settings), name
            assert (route.who is Role.CURATOR) == (name in CURATING)
            assert (route.who is Role.BOT_ADMIN) == (name in RUNNING)
            assert route.private_only == (name in CURATING | RUNNING | ONES_OWN), name


@pytest.mark.parametrize("lang", LANGS)
def test_the_menus_show_what_one_may_do_where_one_is(lang: Lang) -> None:
    private, groups = names(MENUS["private", lang]), names(MENUS["groups", lang])
    assert "forget" in private
    assert "subscribe" in private
    assert not (CURATING | RUNNING | {"ask", "start"}) & set(private)
    assert not (CURATING | RUNNING | {"forget", "subscribe", "language"}) & set(groups)
    assert set(names(MENUS["administrators", lang])) == set(groups) | {"subscribe", "unsubscribe", "language", "listen"}
    assert names(MENUS["curator", lang]) == [*private, *COMMANDS_OF_CURATORS]
    assert names(MENUS["bot_admin", lang]) == [*private, *COMMANDS_OF_CURATORS, *COMMANDS_OF_BOT_ADMINS]


def test_the_menus_keep_telegrams_limits() -> None:
    for menu in MENUS.values():
        assert 0 < len(menu.commands) <= 100
        for name, description in menu.commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
            assert 1 <= len(description) <= 256


async def helped(town: World, **more: object) -> str:
    (part,) = await said(show_help, ask(**more), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return read(part.html)


async def test_help_lists_the_commands_of_the_place_and_the_role(town: World) -> None:
    private = await helped(town)
    assert "(MT) come from a machine-translated text" in private
    assert "/forget · Erase what I keep about you" in private
    assert "/start · " in private
    assert "\n\nIn groups\n/ask · Ask a question\n/listen · Answer without being addressed" in private
    assert "/reload" not in private
    curators = await helped(town, role=Role.CURATOR)
    assert "For curators\n/reload" in curators
    assert "/stats" not in curators
    assert "For curators\n/reload" in (everything := await helped(town, role=Role.BOT_ADMIN))
    assert "For the bot's administrators\n/stats" in everything
    group = await helped(town, chat=GROUP, lang="zh")
    assert "/ask · 提个问题" in group
    assert "管理员可用\n/subscribe" in group
    assert "@chancheng_facts_bot" in group
    assert "/listen · " in group
    assert "/forget" not in group
    assert "/start" not in group
