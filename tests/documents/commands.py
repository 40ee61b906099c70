"""docs/commands.md: every command of the route table, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.ports import Role
from handlers.routes import ROUTES
from handlers.texts import catalogues
from handlers.triggers import Command

if TYPE_CHECKING:
    from handlers.triggers import Route

_WHO = {
    Role.EVERYONE: "everybody",
    Role.CHAT_ADMIN: "administrators in groups",
    Role.CURATOR: "curators",
    Role.BOT_ADMIN: "the bot's administrators",
}
_HEAD = """# Commands

Made from `handlers/routes.py` by `make docs`; a test compares. Beside them:
any text in a private chat is a question, and `@its_name question` asks from any chat.

| command | what it does | 用途 | where | who |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    rows = [_row(route, route.trigger) for route in ROUTES if isinstance(route.trigger, Command)]
    return _HEAD + "\n".join(rows) + "\n"


def _row(route: Route, command: Command) -> str:
    texts = catalogues()
    where = "private chat" if route.private_only else "anywhere"
    told = " | ".join(texts[lang](route.describe) for lang in ("en", "zh"))
    return f"| `/{command.name}` | {told} | {where} | {_WHO[route.who]} |"
