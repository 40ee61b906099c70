"""A Reply → messages in a chat. What Telegram refuses in the ordinary course of things is taken in stride here."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Poll,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.telegram.progress import seen_through
from handlers.reply import Document, Edit, Keys, Photo, Quiz, Results, Text, Toast, Working

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import ExtBot

    from bot.telegram.limiter import Turn
    from bot.telegram.photos import Photos
    from bot.telegram.presence import Presence
    from bot.telegram.progress import Unfinished
    from handlers.reply import Button, Buttons, Part, Reply, Result

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Seconds before an answer that Telegram did not take is sent again; where it says "slow down", the limiter waits.
BACKOFF = (0.5, 2.0)
_PAST = ("message is not modified", "message to edit not found", "message can't be edited", "query is too old")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reply goes. `message_id`: what a quoting Text replies to or an Edit changes; `tap`, `inline`: a query."""

    chat_id: int
    thread: int | None = None
    message_id: int | None = None
    tap: str | None = None
    inline: str | None = None


log = logging.getLogger(__name__)


class Sender:
    def __init__(self, bot: ExtBot[Turn], presence: Presence, photos: Photos, unfinished: Unfinished) -> None:
        self._bot = bot
        self._presence = presence
        self._photos = photos
        self._unfinished = unfinished

    async def reply(self, reply: Reply, to: Target) -> None:
        """Send every part, with patience. Raises TelegramError where that did not help."""
        if to.tap is not None:
            toast = next((part for part in reply if isinstance(part, Toast)), Toast(""))
            await self.patiently(partial(self._answer, toast), to)
        for part in reply:
            if isinstance(part, Working):
                await seen_through(part, to, self, self._unfinished)
                continue
            there = Target(part.at[0], None, part.at[1]) if isinstance(part, Edit) and part.at else to
            if (call := self._call(part, there)) is not None:
                await self.patiently(call, there)

    def _call(self, part: Part, to: Target) -> Callable[[Target], Awaitable[object]] | None:
        """What sends a part; None for one that has no place there, or was sent before the others."""
        calls: dict[type[Part], Callable[..., Awaitable[object]]] = {
            Text: self._text,
            Document: self._upload,
            Photo: self._photo,
            Quiz: self._quiz,
        }
        if to.message_id is not None:
            calls |= {Edit: self.edit, Keys: self._keys}
        if to.inline is not None:
            calls[Results] = self._list
        call = calls.get(type(part))
        return partial(call, part) if call else None

    async def _text(self, text: Text, to: Target) -> None:
        message_id = await self.post(text, to)
        if text.card:
            await self._presence.shown_at(to.chat_id, to.thread, message_id)

    async def post(self, text: Text, to: Target, turn: Turn | None = None) -> int:
        """Send one message, once, at the `turn` that a digest was given; return its id. Raises TelegramError."""
        if text.reply_to is not None:
            # Whatever is said of an earlier message means nothing without it.
            quoted = ReplyParameters(text.reply_to)
        elif text.quote and to.message_id:
            quoted = ReplyParameters(to.message_id, allow_sending_without_reply=True)
        else:
            quoted = None
        message = await self._bot.send_message(
            to.chat_id,
            text.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            disable_notification=text.silent or None,
            reply_markup=keyboard(text.buttons),
            reply_parameters=quoted,
            message_thread_id=to.thread,
            rate_limit_args=turn,
        )
        return message.message_id

    async def typing(self, to: Target) -> None:
        """Show for a moment that an answer is being written. Raises TelegramError."""
        await self._bot.send_chat_action(to.chat_id, ChatAction.TYPING, message_thread_id=to.thread)

    async def _upload(self, document: Document, to: Target) -> None:
        await self._bot.send_document(
            to.chat_id,
            document.content,
            filename=document.name,
            caption=document.caption or None,
            message_thread_id=to.thread,
        )

    async def _photo(self, photo: Photo, to: Target) -> None:
        if not await self._photos.send(photo, to.chat_id, to.thread) and photo.instead:
            await self.post(photo.instead, to)

    async def edit(self, edit: Edit, to: Target) -> None:
        """Replace a message, once. Raises TelegramError."""
        await self._bot.edit_message_text(
            edit.html,
            chat_id=to.chat_id,
            message_id=to.message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(edit.buttons),
        )

    async def _keys(self, keys: Keys, to: Target) -> None:
        await self._bot.edit_message_reply_markup(
            chat_id=to.chat_id, message_id=to.message_id, reply_markup=keyboard(keys.buttons)
        )

    async def _quiz(self, quiz: Quiz, to: Target) -> None:
        await self._bot.send_poll(
            to.chat_id,
            quiz.question,
            quiz.options,
            type=Poll.QUIZ,
            correct_option_ids=[quiz.right],  # type: ignore[list-item]  # there it is a literal
            explanation=quiz.explanation,
            message_thread_id=to.thread,
            reply_markup=keyboard(quiz.buttons),
        )

    async def _list(self, results: Results, to: Target) -> None:
        await self._bot.answer_inline_query(
            str(to.inline),
            [_article(result) for result in results.items],
            cache_time=results.seconds,
            is_personal=results.personal,
            button=InlineQueryResultsButton(results.privately, start_parameter="ask"),
        )

    async def _answer(self, toast: Toast, to: Target) -> None:
        try:
            await self._bot.answer_callback_query(str(to.tap), text=toast.text or None, show_alert=toast.alert or None)
        except RetryAfter:
            log.info("a tap was not acknowledged in time")  # what it asked for comes all the same

    async def remove(self, to: Target) -> None:
        """Delete a message of our own. Raises TelegramError."""
        if to.message_id is not None:
            await self._bot.delete_message(to.chat_id, to.message_id)

    async def patiently(self, call: Callable[[Target], Awaitable[object]], to: Target) -> None:
        """Make a call again where that may help; what was lost in the ordinary course of things is no error."""
        pauses = list(BACKOFF)
        while True:
            try:
                await call(to)
            except ChatMigrated as moved:
                await self._presence.moved(to.chat_id, moved.new_chat_id)
                to = Target(moved.new_chat_id, to.thread, None, to.tap)
            except Forbidden as error:
                await self._presence.left(to.chat_id, error.message)
                return
            except BadRequest as error:
                if _matters(error):
                    raise
                return
            except NetworkError as error:
                await _pause(pauses, error)
            else:
                return


async def _pause(pauses: list[float], error: NetworkError) -> None:
    """Wait before the next attempt. Raises the error when there is to be none."""
    if not pauses:
        raise error
    await asyncio.sleep(pauses.pop(0))


def _matters(error: BadRequest) -> bool:
    return not any(words in error.message.lower() for words in _PAST)


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in buttons])


def _article(result: Result) -> InlineQueryResultArticle:
    said = InputTextMessageContent(result.html, ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(
        result.id, result.title, said, keyboard(result.buttons), description=result.description
    )


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.label, callback_data=button.data, url=button.url, switch_inline_query=button.share
    )
