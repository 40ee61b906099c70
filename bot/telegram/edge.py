"""The edge: an update becomes an Ask, a handler answers, the Reply is sent. A translator, nothing more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import BaseHandler

from bot.storage.patience import patiently
from bot.telegram.incoming import Incoming, Left, Moved, Returned
from bot.telegram.sending import Target
from bot.telegram.turns import Turns
from bot.telegram.typing import typing
from facts.script import in_traditional
from facts.text import detect
from handlers import routes, speech
from handlers.ports import Ask, Role

if TYPE_CHECKING:
    from bot.telegram.errors import Journal
    from bot.telegram.gate import Gate
    from bot.telegram.menus import Menus
    from bot.telegram.presence import Presence
    from bot.telegram.reading import Reader
    from bot.telegram.roles import Roles
    from bot.telegram.sending import Sender
    from facts.model import Lang
    from handlers.ports import Chat, Handler, Services
    from handlers.reply import Reply

# Seconds that whoever asks waits for a database: a restart of its server is over by then.
PATIENCE = 5.0


class Edge(BaseHandler[Update, Any, None]):
    """The one handler of the Application."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it translates with
        self,
        services: Services,
        reader: Reader,
        roles: Roles,
        sender: Sender,
        presence: Presence,
        gate: Gate,
        menus: Menus,
        journal: Journal,
    ) -> None:
        super().__init__(self.handle)
        self._services = services
        self._reader = reader
        self._roles = roles
        self._sender = sender
        self._presence = presence
        self._gate = gate
        self._menus = menus
        self._journal = journal
        self._turns = Turns()

    def check_update(self, update: object) -> bool:
        """Everything that the lanes let pass, and they ask the same reader."""
        return isinstance(update, Update)

    async def handle(self, update: Update, _context: Any) -> None:
        match self._reader.read(update):
            case Incoming() as incoming:
                await self._admitted(incoming)
            case Moved(old=old, new=new):
                await self._presence.moved(old, new)
            case Left(chat_id=chat_id):
                await self._presence.left(chat_id, "removed or blocked")
            case Returned(chat_id=chat_id, greeting=greeting):
                await self._presence.returned(chat_id)
                if greeting is not None:
                    await self._answer(greeting)

    async def apologise(self, update: object, handler: Handler) -> None:
        """Answer with a handler that needs nothing but a language: for failures and floods. Raises TelegramError."""
        incoming = self._reader.read(update)
        if isinstance(incoming, Returned):
            incoming = incoming.greeting
        if isinstance(incoming, Incoming) and incoming.expected:
            await self._notify(incoming, handler)

    async def _admitted(self, incoming: Incoming) -> None:
        passage = self._gate.admit(incoming, self._services.clock.now().timestamp())
        if passage == "pass":
            await self._answer(incoming)
        elif passage in routes.TOO_MUCH:
            await self._notify(incoming, routes.TOO_MUCH[passage])
        elif incoming.tap is not None:
            await self._sender.reply((), _target(incoming))  # the button must not go on spinning

    async def _notify(self, incoming: Incoming, handler: Handler) -> None:
        """Say what is no answer in the language chosen; without a choice, in that of what was said, or Telegram's."""
        lang = await self._chosen(incoming.chat) or detect(incoming.question) or speech.hinted(incoming.person)
        await self._send(await handler(self._ask(incoming, lang), self._services), incoming)

    async def _chosen(self, chat: Chat) -> Lang | None:
        try:
            return await self._services.preferences.language(chat)
        except Exception:  # noqa: BLE001 - it may be what failed; whoever waits is to be told all the same
            return None

    async def _answer(self, incoming: Incoming) -> None:
        chosen, reply = await patiently(partial(self._handled, incoming), PATIENCE, self._journal.failed)
        await self._send(reply, incoming)
        if incoming.inline is None:
            await self._menus.follow(incoming.chat, chosen, await self._services.preferences.language(incoming.chat))

    async def _handled(self, incoming: Incoming) -> tuple[Lang | None, Reply]:
        """Return the language chosen before, and what to answer: nothing is sent yet."""
        route = incoming.route
        chosen = await self._services.preferences.language(incoming.chat)
        role = await self._roles.of(incoming)
        handle = route.handle
        if route.private_only and not incoming.chat.private:
            handle = routes.ELSEWHERE
        elif role < route.who:
            handle = routes.REFUSED[route.who]
        await self._turns.take()
        ask = self._ask(incoming, chosen or speech.hinted(incoming.person), role)
        async with typing(partial(self._sender.typing, _target(incoming))):
            return chosen, await handle(ask, self._services)

    async def _send(self, reply: Reply, incoming: Incoming) -> None:
        curating = incoming.route.who >= Role.CURATOR  # whose files and questions are shown as they are
        if _traditional(incoming) and not curating:
            reply = speech.in_traditional(reply, await self._services.scribe.traditional())
        await self._sender.reply(reply, _target(incoming))

    def _ask(self, incoming: Incoming, lang: Lang, role: Role | None = None) -> Ask:
        return Ask(
            chat=incoming.chat,
            person=incoming.person,
            text=incoming.text,
            lang=lang,
            now=self._services.clock.now(),
            traditional=_traditional(incoming),
            role=incoming.route.who if role is None else role,
            quoted=incoming.quoted,
            tap=incoming.tap is not None,
            message=incoming.message_id if incoming.tap is not None else None,
            shown=incoming.shown,
            file=incoming.file,
        )


def _traditional(incoming: Incoming) -> bool:
    """Whether the answer is to be in Traditional characters: as what is asked, or the message that is tapped."""
    written = incoming.tapped or incoming.question or incoming.quoted or ""
    return in_traditional(written, otherwise=speech.reads_traditional(incoming.person))


def _target(incoming: Incoming) -> Target:
    return Target(incoming.chat.id, incoming.chat.thread, incoming.message_id, incoming.tap, incoming.inline)
