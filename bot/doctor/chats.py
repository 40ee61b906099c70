"""Whether the bot may still do in its chats what was set up there: post, be a member, hear what it listens to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from telegram import ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.doctor.finding import Finding
from bot.storage.database import Database, DatabaseError
from bot.storage.listening import StoredListening
from bot.storage.preferences import ChatKeys
from bot.storage.subscriptions import StoredSubscriptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from telegram import Bot, ChatFullInfo, ChatMember, User

    from bot.config import Settings

# Chats looked at, and how many at a time: each takes two calls, and Telegram takes some 30 a second.
MOST, AT_ONCE = 300, 8
SLOW_DOWN = "run this again later"


@dataclass(slots=True)
class Kept:
    """`posts`: the threads of each chat that gets posts, None for none; `suspended`: private chats without any more."""

    posts: dict[int, list[int | None]] = field(default_factory=dict)
    suspended: int = 0
    listened: frozenset[int] = frozenset()

    @property
    def rooms(self) -> list[int]:
        """Groups and channels; a person's id is above zero."""
        return sorted({chat for chat in (*self.posts, *self.listened) if chat < 0})


async def kept(settings: Settings) -> Kept:
    """Return what the database has set up, nothing where it can't be read: `here` tells of that."""
    address = make_url(settings.database_url)
    if address.get_backend_name() == "sqlite" and not await asyncio.to_thread(Path(str(address.database)).exists):
        return Kept()
    try:
        database = await Database.open(settings.database_url)
    except DatabaseError:
        return Kept()
    try:
        found, listening = Kept(), StoredListening(database)
        for each in await StoredSubscriptions(database, ChatKeys(settings.hash_key)).every():
            found.posts.setdefault(each.chat_id, []).append(each.thread)
            found.suspended += each.suspended is not None and each.chat_id > 0
        await listening.refresh()
        found.listened = listening.groups
    except SQLAlchemyError:
        return Kept()
    finally:
        await database.close()
    return found


async def examined(bot: Bot, me: User, found: Kept) -> AsyncIterator[Finding]:
    """Ask Telegram of each chat; those with a topic see the bot typing there for a moment."""
    people = sum(chat > 0 for chat in found.posts)
    if people:
        yield Finding("private chats", f"{people} get posts; {found.suspended} of them blocked the bot or are gone")
    rooms = found.rooms[:MOST]
    wrong = 0
    for first in range(0, len(rooms), AT_ONCE):
        looks = (_looked(bot, me, chat, found) for chat in rooms[first : first + AT_ONCE])
        for findings in await asyncio.gather(*looks):
            wrong += bool(findings)
            for finding in findings:
                yield finding
    left = f"; {len(found.rooms) - MOST} more weren't looked at" if len(found.rooms) > MOST else ""
    yield Finding("groups and channels", f"all is well in {len(rooms) - wrong} of {len(rooms)} that it serves{left}")


async def _looked(bot: Bot, me: User, chat_id: int, found: Kept) -> list[Finding]:
    """What is wrong in a group or channel."""
    subject = f"chat {chat_id}"
    try:
        chat = await bot.get_chat(chat_id)
        subject = f"{chat.type} “{chat.title}” ({chat_id})"
        member = await bot.get_chat_member(chat_id, me.id)
        wrong = list(_barred(chat, member)) if chat_id in found.posts else []
        if chat_id in found.listened and not me.can_read_all_group_messages and not _administrator(member):
            mend = "make it an administrator, or @BotFather, /setprivacy, Disable; then add it to its groups anew"
            wrong.append(("/listen is on, but it is sent only what is meant for it", mend))
        if not wrong:
            wrong = [each for thread in found.posts.get(chat_id, ()) for each in await _topic(bot, chat_id, thread)]
    except ChatMigrated:
        return []  # the next post or message there tells the bot, which then goes on in the new one
    except (BadRequest, Forbidden) as error:
        wrong = [(f"it isn't there any more ({error.message})", "add it again: its posts go on then")]
    except TelegramError as error:
        wrong = [(f"can't be looked at ({error.message})", SLOW_DOWN)]
    return [Finding(subject, said, mend) for said, mend in wrong]


def _administrator(member: ChatMember) -> bool:
    return isinstance(member, ChatMemberAdministrator | ChatMemberOwner)


def _barred(chat: ChatFullInfo, member: ChatMember) -> Iterator[tuple[str, str]]:
    """What keeps the bot from posting, and the mend."""
    if member.status in {"left", "kicked"}:
        yield "it isn't a member any more", "add it again: its posts go on then"
    elif chat.type == "channel":
        if not (isinstance(member, ChatMemberAdministrator) and member.can_post_messages):
            yield "it may not post there", "make it an administrator with the right to post messages"
    elif isinstance(member, ChatMemberRestricted):
        if not member.can_send_messages:
            yield "it is restricted and may not write there", "let an administrator lift that"
    elif not _administrator(member) and chat.permissions and chat.permissions.can_send_messages is False:
        yield "only administrators may write there", "make it one, or let members write"


async def _topic(bot: Bot, chat_id: int, thread: int | None) -> list[tuple[str, str]]:
    """What Telegram says against writing in a topic, as far as it tells that of who is only seen typing."""
    if thread is None:
        return []
    try:
        await bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=thread)
    except BadRequest as error:
        if "closed" in error.message.lower():
            return [(f"its topic {thread} is closed", "reopen it, or let the bot manage topics")]
        return [(f"its topic {thread} can't be written to ({error.message})", "/subscribe in another one")]
    return []
