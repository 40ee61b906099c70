"""python-telegram-bot and aiogram behind one small face, so that both can play the same script."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import telegram
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import UpdateType
from aiogram.exceptions import TelegramAPIError, TelegramMigrateToChat, TelegramRetryAfter
from telegram.ext import Application, TypeHandler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from bot.playground.server import LocalBotApi


_ALL = [str(kind.value) for kind in UpdateType]


class Heard(NamedTuple):
    """What a client has read of an update. `of`: the id by which it is answered, of a message its own."""

    kind: str
    chat: int
    said: str
    of: str = ""
    thread: int | None = None
    sender: int | None = None


def read(update: Any) -> Heard:
    """Read an update as either library has parsed it: their objects have Telegram's own names."""
    if tap := update.callback_query:
        return Heard("tap", tap.message.chat.id, tap.data, tap.id, None, tap.from_user.id)
    if typed := update.inline_query:
        return Heard("inline", 0, typed.query, typed.id, None, typed.from_user.id)
    if update.poll:
        return Heard("poll", 0, " ".join(str(option.voter_count) for option in update.poll.options))
    if member := update.my_chat_member:
        said = f"{_plain(member.old_chat_member.status)} → {_plain(member.new_chat_member.status)}"
        return Heard("standing", member.chat.id, said, "", None, member.from_user.id)
    return _message(update)


def _message(update: Any) -> Heard:
    message = update.message or update.edited_message or update.channel_post
    kind = "edited" if update.edited_message else "post" if update.channel_post else "message"
    said, of = message.text or "", str(message.message_id)
    if message.document:
        kind, said, of = "document", message.document.file_name, message.document.file_id
    elif message.new_chat_members:
        said = f"joined: {message.new_chat_members[0].first_name}"
    elif message.migrate_to_chat_id:
        said = f"became {message.migrate_to_chat_id}"
    elif message.migrate_from_chat_id:
        said = f"was {message.migrate_from_chat_id}"
    elif message.forum_topic_created:
        said = f"topic: {message.forum_topic_created.name}"
    thread = message.message_thread_id if message.is_topic_message else None
    sender = message.sender_chat or message.from_user
    return Heard(kind, message.chat.id, said, of, thread, sender.id)


def _words(description: str) -> str:
    """A refusal's description without what one of the libraries changes in it: python-telegram-bot begins it anew."""
    return description.removeprefix("Bad Request: ").casefold()


def _plain(status: Any) -> str:
    return str(getattr(status, "value", status))


class Client(Protocol):
    """One bot by one of the libraries, polling. Each call is the library's own."""

    async def heard(self) -> Heard: ...

    async def send(
        self, chat: int, html: str, *, button: str = "", reply_to: int = 0, thread: int | None = None
    ) -> int: ...

    async def edit(self, chat: int, message: int, html: str) -> None: ...

    async def answer(self, tap: str, text: str) -> None: ...

    async def photo(self, chat: int, photo: bytes | str) -> str:
        """Return the file's id."""
        ...

    async def quiz(self, chat: int, question: str, *options: str) -> int: ...

    async def offer(self, query: str, title: str, html: str) -> None: ...

    async def download(self, file: str) -> bytes: ...

    async def standing(self, chat: int, user: int) -> str: ...

    async def refusal(self, call: Awaitable[object]) -> tuple[str, int]:
        """Return the words of a refusal, and the number that came with it, or 0."""
        ...


@asynccontextmanager
async def ptb(api: LocalBotApi) -> AsyncIterator[Client]:
    builder = Application.builder().token(api.token).base_url(f"{api.url}/bot").base_file_url(f"{api.url}/file/bot")
    application = builder.build()
    client = _Ptb(application.bot)
    application.add_handler(TypeHandler(telegram.Update, client.take))
    assert application.updater
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=telegram.Update.ALL_TYPES)
        yield client
        await application.updater.stop()
        await application.stop()
    assert len(api.world.updates) == 0  # it confirms what it has read


class _Ptb:
    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot
        self._heard: asyncio.Queue[Heard] = asyncio.Queue()

    async def take(self, update: telegram.Update, _: Any) -> None:
        self._heard.put_nowait(read(update))

    async def heard(self) -> Heard:
        return await asyncio.wait_for(self._heard.get(), 10)

    async def send(
        self, chat: int, html: str, *, button: str = "", reply_to: int = 0, thread: int | None = None
    ) -> int:
        keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton(button, callback_data=button.lower())]])
        sent = await self._bot.send_message(
            chat,
            html,
            parse_mode="HTML",
            reply_markup=keys if button else None,
            reply_parameters=telegram.ReplyParameters(reply_to) if reply_to else None,
            message_thread_id=thread,
        )
        return sent.message_id

    async def edit(self, chat: int, message: int, html: str) -> None:
        await self._bot.edit_message_text(html, chat, message, parse_mode="HTML")

    async def answer(self, tap: str, text: str) -> None:
        await self._bot.answer_callback_query(tap, text)

    async def photo(self, chat: int, photo: bytes | str) -> str:
        return (await self._bot.send_photo(chat, photo)).photo[-1].file_id

    async def quiz(self, chat: int, question: str, *options: str) -> int:
        return (await self._bot.send_poll(chat, question, options, type="quiz", correct_option_ids=[0])).message_id

    async def offer(self, query: str, title: str, html: str) -> None:
        said = telegram.InputTextMessageContent(html, "HTML")
        await self._bot.answer_inline_query(query, [telegram.InlineQueryResultArticle("1", title, said)])

    async def download(self, file: str) -> bytes:
        return bytes(await (await self._bot.get_file(file)).download_as_bytearray())

    async def standing(self, chat: int, user: int) -> str:
        return str((await self._bot.get_chat_member(chat, user)).status)

    async def refusal(self, call: Awaitable[object]) -> tuple[str, int]:
        try:
            await call
        except telegram.error.RetryAfter as error:
            return "too much", int(error._retry_after.total_seconds())
        except telegram.error.ChatMigrated as error:
            return "moved", error.new_chat_id
        except telegram.error.TelegramError as error:
            return _words(error.message), 0
        raise AssertionError("it was not refused")


@asynccontextmanager
async def aiogram(api: LocalBotApi) -> AsyncIterator[Client]:
    async with AiogramBot(api.token, AiohttpSession(api=TelegramAPIServer.from_base(api.url))) as bot:
        client, dispatcher = _Aiogram(bot), Dispatcher()
        dispatcher.update.outer_middleware(client.take)
        polling = asyncio.create_task(
            dispatcher.start_polling(
                bot, handle_signals=False, close_bot_session=False, handle_as_tasks=False, allowed_updates=_ALL
            )
        )
        yield client
        await dispatcher.stop_polling()
        await polling


class _Aiogram:
    def __init__(self, bot: AiogramBot) -> None:
        self._bot = bot
        self._heard: asyncio.Queue[Heard] = asyncio.Queue()

    async def take(self, _: Any, update: aio.TelegramObject, __: Any) -> None:
        self._heard.put_nowait(read(update))

    async def heard(self) -> Heard:
        return await asyncio.wait_for(self._heard.get(), 10)

    async def send(
        self, chat: int, html: str, *, button: str = "", reply_to: int = 0, thread: int | None = None
    ) -> int:
        key = aio.InlineKeyboardButton(text=button, callback_data=button.lower())
        sent = await self._bot.send_message(
            chat,
            html,
            parse_mode="HTML",
            reply_markup=aio.InlineKeyboardMarkup(inline_keyboard=[[key]]) if button else None,
            reply_parameters=aio.ReplyParameters(message_id=reply_to) if reply_to else None,
            message_thread_id=thread,
        )
        return sent.message_id

    async def edit(self, chat: int, message: int, html: str) -> None:
        await self._bot.edit_message_text(html, chat_id=chat, message_id=message, parse_mode="HTML")

    async def answer(self, tap: str, text: str) -> None:
        await self._bot.answer_callback_query(tap, text=text)

    async def photo(self, chat: int, photo: bytes | str) -> str:
        given = photo if isinstance(photo, str) else aio.BufferedInputFile(photo, "a.png")
        sent = await self._bot.send_photo(chat, given)
        assert sent.photo
        return sent.photo[-1].file_id

    async def quiz(self, chat: int, question: str, *options: str) -> int:
        given: list[aio.InputPollOptionUnion] = [aio.InputPollOption(text=each) for each in options]
        return (await self._bot.send_poll(chat, question, given, type="quiz", correct_option_ids=[0])).message_id

    async def offer(self, query: str, title: str, html: str) -> None:
        said = aio.InputTextMessageContent(message_text=html, parse_mode="HTML")
        result = aio.InlineQueryResultArticle(id="1", title=title, input_message_content=said)
        await self._bot.answer_inline_query(query, [result])

    async def download(self, file: str) -> bytes:
        found = await self._bot.download(file, BytesIO())
        assert found
        return found.read()

    async def standing(self, chat: int, user: int) -> str:
        return _plain((await self._bot.get_chat_member(chat, user)).status)

    async def refusal(self, call: Awaitable[object]) -> tuple[str, int]:
        try:
            await call
        except TelegramRetryAfter as error:
            return "too much", error.retry_after
        except TelegramMigrateToChat as error:
            return "moved", error.migrate_to_chat_id
        except TelegramAPIError as error:
            return _words(error.message), 0
        raise AssertionError("it was not refused")
