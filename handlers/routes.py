"""The one table of what the bot can do: it gives registration, command menus, /help and the docs' command table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import (
    acts,
    browsing,
    curating,
    delivering,
    digests,
    figures,
    inboxes,
    inline,
    languages,
    listening,
    menus,
    more,
    privacy,
    questions,
    quizzes,
    refusals,
    starting,
    stats,
    subscriptions,
    uploads,
)
from handlers.ports import Role
from handlers.triggers import (
    Button,
    Clock,
    Command,
    Document,
    Inline,
    Membership,
    NoText,
    Overheard,
    Promoted,
    Replied,
    Route,
    Text,
    Trigger,
    UnknownButton,
    UnknownCommand,
)

if TYPE_CHECKING:
    from handlers.ports import Ask, Services
    from handlers.reply import Reply
    from handlers.triggers import Place

__all__ = [
    "ELSEWHERE",
    "FAILED",
    "FLOODED",
    "REFUSED",
    "ROUTES",
    "TOO_MUCH",
    "Button",
    "Clock",
    "Command",
    "Document",
    "Inline",
    "Membership",
    "NoText",
    "Overheard",
    "Promoted",
    "Replied",
    "Route",
    "Text",
    "Trigger",
    "UnknownButton",
    "UnknownCommand",
]


async def show_help(ask: Ask, services: Services) -> Reply:
    """Explain how to ask, with the commands of this table."""
    return menus.help_of(ROUTES, ask, services)


_NOWHERE: frozenset[Place] = frozenset()
_PRIVATE: frozenset[Place] = frozenset({"private"})
_GROUP: frozenset[Place] = frozenset({"group"})
_ADMIN, _CURATOR, _BOT_ADMIN = Role.CHAT_ADMIN, Role.CURATOR, Role.BOT_ADMIN

# In the order in which menus and /help list them.
ROUTES: tuple[Route, ...] = (
    Route(Command("start", menu=_NOWHERE), starting.start, describe="command.start"),
    Route(Command("ask", menu=_GROUP), questions.answer, describe="command.ask"),
    Route(Command("topics"), browsing.topics, describe="command.topics"),
    Route(Command("dates"), browsing.dates, describe="command.dates"),
    Route(Command("figures"), figures.figures, describe="command.figures"),
    Route(Command("quiz"), quizzes.quiz, describe="command.quiz"),
    Route(Command("digest"), digests.preview, describe="command.digest"),
    Route(Command("subscribe"), subscriptions.subscribe, _ADMIN, describe="command.subscribe"),
    Route(
        Command("subscriptions", menu=_PRIVATE), subscriptions.mine, private_only=True, describe="command.subscriptions"
    ),
    Route(Command("unsubscribe"), subscriptions.unsubscribe, _ADMIN, describe="command.unsubscribe"),
    Route(Command("language"), languages.language, _ADMIN, describe="command.language"),
    Route(Command("listen", menu=_GROUP), listening.listen, _ADMIN, describe="command.listen"),
    Route(Command("source"), browsing.source, describe="command.source"),
    Route(Command("help"), show_help, describe="command.help"),
    Route(Command("privacy"), privacy.privacy, describe="command.privacy"),
    Route(Command("forget", menu=_PRIVATE), privacy.forget, private_only=True, describe="command.forget"),
    Route(Command("reload", menu=_PRIVATE), curating.reload, _CURATOR, private_only=True, describe="command.reload"),
    Route(
        Command("rollback", menu=_PRIVATE), curating.rollback, _CURATOR, private_only=True, describe="command.rollback"
    ),
    Route(Command("inbox", menu=_PRIVATE), inboxes.inbox, _CURATOR, private_only=True, describe="command.inbox"),
    Route(Command("facts", menu=_PRIVATE), uploads.facts, _CURATOR, private_only=True, describe="command.facts"),
    Route(Command("stats", menu=_PRIVATE), stats.stats, _BOT_ADMIN, private_only=True, describe="command.stats"),
    Route(Command("acts", menu=_PRIVATE), acts.show, _BOT_ADMIN, private_only=True, describe="command.acts"),
    Route(
        Command("deliveries", menu=_PRIVATE),
        delivering.deliveries,
        _BOT_ADMIN,
        private_only=True,
        describe="command.deliveries",
    ),
    Route(Button("f"), browsing.fact),
    Route(Button("t"), browsing.topics),
    Route(Button("tf"), browsing.topic),
    Route(Button("n"), questions.not_meant),
    Route(Button("m"), more.opened),
    Route(Button("w"), more.why),
    Route(Button("b"), more.closed),
    Route(Button("x"), questions.example),
    Route(Button("l"), languages.choose, _ADMIN),
    Route(Button("o"), listening.turn, _ADMIN),
    Route(Button("s"), subscriptions.tap, _ADMIN),
    Route(Button("d"), uploads.give, _CURATOR, private_only=True),
    Route(Button("i"), inboxes.tap, _CURATOR, private_only=True),
    Route(Button("p"), privacy.choose, private_only=True),
    Route(Button("e"), privacy.erase, private_only=True),
    Route(Button("r"), curating.decide, _CURATOR, private_only=True),
    Route(Replied("i:gap"), inboxes.write, _CURATOR, private_only=True),
    Route(Text(), questions.answer),
    Route(Document(), uploads.take, private_only=True),
    Route(Inline(), inline.results),
    Route(Overheard(), listening.overheard),
    Route(Membership(), starting.greet),
    Route(Promoted(), subscriptions.offer),
    Route(Clock(), digests.post),
    Route(UnknownCommand(), refusals.unknown_command),
    Route(UnknownButton(), refusals.stale),
    Route(NoText(), refusals.no_text),
)

# What the edge calls instead of a route's own handler: the role does not reach the one that the route wants, a private
# route used in a group, the handler raised, a chat sent more than could be read, somebody or all together ask too much.
REFUSED = {role: refusals.only(role) for role in (_ADMIN, _CURATOR, _BOT_ADMIN)}
ELSEWHERE = refusals.elsewhere
FAILED = refusals.failed
FLOODED = refusals.flooded
TOO_MUCH = {"slower": refusals.slower, "crowded": refusals.crowded}
