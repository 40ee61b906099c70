"""An update from Telegram → what the bot is to do about it. Pure and fast: it also decides what is queued at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberRestricted, Message, Update

from bot.telegram.incoming import Incoming, Left, Moved, Returned
from handlers.ports import Attached, Chat, Person
from handlers.triggers import (
    Button,
    Command,
    Document,
    Inline,
    Membership,
    NoText,
    Overheard,
    Promoted,
    Replied,
    Text,
    UnknownButton,
    UnknownCommand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import telegram

    from bot.telegram.addressing import Addressing
    from bot.telegram.incoming import Read
    from handlers.ports import ChatKind
    from handlers.triggers import Route, Trigger

ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")
# The account behind anonymous administrators: https://core.telegram.org/bots/api#message, `sender_chat`.
ANONYMOUS_ADMIN = 1087968824
GONE = frozenset({"left", "kicked"})
GROUPS = frozenset({"group", "supergroup"})
KINDS: dict[str, ChatKind] = {"private": "private", "group": "group", "supergroup": "supergroup", "channel": "channel"}


class Reader:
    def __init__(
        self, routes: tuple[Route, ...], addressing: Addressing, listens: Callable[[int], bool] = lambda _: False
    ) -> None:
        """`listens`: whether a group's messages concern the bot though it is not addressed."""
        self._to = addressing
        self._listens = listens
        self._commands = {route.trigger.name: route for route in routes if isinstance(route.trigger, Command)}
        self._buttons = {route.trigger.prefix: route for route in routes if isinstance(route.trigger, Button)}
        self._replied = {route.trigger.prefix: route for route in routes if isinstance(route.trigger, Replied)}
        self._single: dict[type[Trigger], Route] = {type(route.trigger): route for route in routes}

    def read(self, update: object) -> Read | None:
        """Return None for what does not concern the bot."""
        if not isinstance(update, Update):
            return None
        if update.callback_query is not None:
            return self._tap(update.callback_query)
        if update.inline_query is not None:
            return self._inline(update.inline_query)
        if update.message is not None:
            return self._message(update.message)
        if update.my_chat_member is not None:
            return self._membership(update.my_chat_member)
        return None

    def chat_id(self, update: object) -> int | None:
        """Return the chat to queue an update under, None for what does not concern the bot."""
        match self.read(update):
            case Incoming(chat=chat):
                return chat.id
            case Moved(old=chat_id) | Left(chat_id=chat_id) | Returned(chat_id=chat_id):
                return chat_id
            case None:
                return None

    def _message(self, message: Message) -> Read | None:
        if message.migrate_to_chat_id is not None:
            return Moved(message.chat.id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id is not None:
            return Moved(message.migrate_from_chat_id, message.chat.id)
        if message.forum_topic_reopened is not None:
            return Returned(message.chat.id)
        if message.chat.type not in {"private", *GROUPS} or _by_bot(message) or self._to.sent_through(message):
            return None
        words = self._to.words(message)
        command = self._to.command(words)
        return self._command(message, *command) if command is not None else self._said(message, words)

    def _said(self, message: Message, words: str) -> Incoming | None:
        private, mentioned = message.chat.type == "private", self._to.mentioned(message)
        if not self._addressed(message):
            overheard = words and message.reply_to_message is None and self._listens(message.chat.id)
            return self._incoming(self._single.get(Overheard), message, words) if overheard else None
        if private and message.document is not None:
            return self._incoming(self._single.get(Document), message, words)
        # A bare mention is a call, answered like an empty question.
        if words or mentioned:
            return self._incoming(self._replied_to(message) or self._single.get(Text), message, words)
        attached = message.effective_attachment is not None
        return self._incoming(self._single.get(NoText), message, "") if attached else None

    def _addressed(self, message: Message) -> bool:
        return message.chat.type == "private" or self._to.mentioned(message) or self._to.replied_to(message)

    def _replied_to(self, message: Message) -> Route | None:
        if message.chat.type != "private":
            return None
        return next((route for prefix, route in self._replied.items() if self._to.about(message, prefix)), None)

    def _command(self, message: Message, name: str, named: bool, rest: str) -> Incoming | None:  # noqa: FBT001 - unpacked
        if not name:
            return None
        known = self._commands.get(name)
        if known is None and (named or self._addressed(message)):
            return self._incoming(self._single.get(UnknownCommand), message, name)
        return self._incoming(known, message, rest)

    def _incoming(self, route: Route | None, message: Message, text: str) -> Incoming | None:
        if route is None:
            return None
        replied = message.reply_to_message
        quoted = self._to.question(replied) or None if replied is not None else None
        # What asks by a reply alone is answered under the question itself: "Not what I meant" finds it there.
        by_reply = replied is not None and quoted and not text and not isinstance(route.trigger, NoText)
        answered = replied if replied is not None and by_reply else message
        trigger = route.trigger
        shown = self._to.about(message, trigger.prefix) if isinstance(trigger, Replied) else self._to.shown(message)
        return Incoming(
            route=route,
            chat=_chat(message.chat, message),
            person=None if message.sender_chat is not None else _person(message.from_user),
            text=text,
            quoted=quoted,
            shown=shown,
            message_id=answered.message_id,
            anonymous_admin=_anonymous_admin(message),
            file=_file(message.document),
        )

    def _tap(self, query: telegram.CallbackQuery) -> Incoming | None:
        data = query.data or ""
        prefix, _, rest = data.partition(":")
        route = self._buttons.get(prefix) or self._single.get(UnknownButton)
        if route is None or query.message is None:
            return None
        tapped = query.message if isinstance(query.message, Message) else None
        known = prefix in self._buttons
        if tapped is not None and data not in _data_of(tapped):  # made up: it could turn any message into another
            known, route = False, self._single.get(UnknownButton)
        if route is None:
            return None
        asked = tapped.reply_to_message if tapped is not None else None
        return Incoming(
            route=route,
            chat=_chat(query.message.chat, tapped),
            person=_person(query.from_user),
            text=rest if known else data,
            quoted=self._to.question(asked) or None if asked is not None else None,
            message_id=query.message.message_id,
            tap=query.id,
            tapped=((tapped.text or tapped.caption) if tapped is not None else None) or "",
        )

    def _inline(self, query: telegram.InlineQuery) -> Incoming | None:
        route, person = self._single.get(Inline), _person(query.from_user)
        if route is None or person is None:
            return None
        return Incoming(route, Chat(person.id, "private"), person, query.query, inline=query.id)

    def _membership(self, change: telegram.ChatMemberUpdated) -> Read | None:
        if change.chat.type == "channel":
            return self._channel(change)
        was, now = change.old_chat_member.status in GONE, change.new_chat_member.status in GONE
        if now:
            return Left(change.chat.id)
        if not was:
            # Nobody else tells that it may write again; where that changed nothing, it does no harm.
            regained = _muted(change.old_chat_member) and not _muted(change.new_chat_member)
            return Returned(change.chat.id) if regained else None
        route = self._single.get(Membership) if change.chat.type in GROUPS else None
        greeting = Incoming(route, _chat(change.chat), _person(change.from_user)) if route is not None else None
        return Returned(change.chat.id, greeting)

    def _channel(self, change: telegram.ChatMemberUpdated) -> Read | None:
        """In a channel a bot is an administrator who may post, or of no use; who made it one is asked in private."""
        was, now = _may_post(change.old_chat_member), _may_post(change.new_chat_member)
        if was == now:
            return None
        if was:
            return Left(change.chat.id)
        route, person = self._single.get(Promoted), _person(change.from_user)
        if route is None or person is None:
            return Returned(change.chat.id)
        return Returned(change.chat.id, Incoming(route, Chat(person.id, "private"), person, str(change.chat.id)))


def _data_of(message: Message) -> set[object]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return {button.callback_data for row in rows for button in row}


def _muted(member: telegram.ChatMember) -> bool:
    return isinstance(member, ChatMemberRestricted) and not member.can_send_messages


def _may_post(member: telegram.ChatMember) -> bool:
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)


def _by_bot(message: Message) -> bool:
    # Telegram's own accounts stand for people who write as a channel or as their group.
    return message.sender_chat is None and (message.from_user is None or message.from_user.is_bot)


def _anonymous_admin(message: Message) -> bool:
    sender = message.sender_chat
    by_them = message.from_user is not None and message.from_user.id == ANONYMOUS_ADMIN
    return by_them and sender is not None and sender.id == message.chat.id


def _file(document: telegram.Document | None) -> Attached | None:
    if document is None:
        return None
    return Attached(document.file_id, document.file_name or "", document.file_size or 0)


def _person(user: telegram.User | None) -> Person | None:
    return None if user is None else Person(user.id, user.first_name, user.language_code)


def _chat(chat: telegram.Chat, message: Message | None = None) -> Chat:
    # A thread id without is_topic_message is only a chain of replies; 1 is the General topic, which takes no id.
    thread = message.message_thread_id if message is not None and message.is_topic_message else None
    return Chat(chat.id, KINDS[chat.type], chat.title or "", None if thread == 1 else thread)
