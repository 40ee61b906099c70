"""Two clients that no one here wrote call the server and understand its refusals: python-telegram-bot and aiogram."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import telegram
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.types import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode

from tests.playground.talking import GROUP, LIN, MEI, TOM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.playground.talking import Talk

QUOTED = "<b>Top reward</b>\n<blockquote expandable>para. 21 &amp; more</blockquote>"


@pytest.fixture
async def ptb(talk: Talk) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(talk.api.token, base_url=f"{talk.api.url}/bot") as bot:
        yield bot


async def test_ptb_calls_and_reads_the_answers(met: Talk, ptb: telegram.Bot) -> None:
    assert ptb.username == "chancheng_facts_bot"
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("More", callback_data="f:en:x")]])
    preview = telegram.LinkPreviewOptions(is_disabled=True)
    sent = await ptb.send_message(
        TOM, QUOTED, ParseMode.HTML, reply_markup=keyboard, link_preview_options=preview, disable_notification=True
    )
    assert sent.text_html == QUOTED
    assert sent.reply_markup == keyboard
    edited = await ptb.edit_message_text("plain", TOM, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date
    await ptb.set_my_commands([("ask", "Ask")], telegram.BotCommandScopeAllPrivateChats(), "zh")
    assert (await ptb.get_my_commands(telegram.BotCommandScopeAllPrivateChats(), "zh"))[0].command == "ask"
    chat = await ptb.get_chat(GROUP)
    assert (chat.title, chat.type) == ("Chancheng readers", "supergroup")
    assert isinstance(await ptb.get_chat_member(GROUP, LIN), telegram.ChatMemberOwner)
    assert {member.user.id for member in await ptb.get_chat_administrators(GROUP)} == {LIN, TOM}
    assert await ptb.send_chat_action(GROUP, "typing")
    assert (await ptb.get_webhook_info()).url == ""
    assert await ptb.leave_chat(GROUP)


# The library warns of its own next version whenever it meets a 429.
@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
async def test_ptb_understands_the_refusals(met: Talk, ptb: telegram.Bot) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Message text is empty"):
        await ptb.send_message(TOM, "")
    with pytest.raises(telegram.error.Forbidden, match="can't initiate conversation"):
        await ptb.send_message(MEI, "x")
    await met.sim("fault", method="sendMessage", error_code=429, retry_after=3)
    with pytest.raises(telegram.error.RetryAfter) as patience:
        await ptb.send_message(TOM, "x")
    assert int(patience.value._retry_after.total_seconds()) == 3
    await met.sim("fault", method="sendMessage", error_code=400, migrate_to_chat_id=-1009)
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await ptb.send_message(TOM, "x")
    assert moved.value.new_chat_id == -1009
    await met.sim("fault", method="sendMessage", kind="drop_after")
    with pytest.raises(telegram.error.NetworkError):
        await ptb.send_message(TOM, "x")
    async with telegram.Bot(met.api.token, base_url=f"{met.api.url}/bot") as other:
        poll = asyncio.create_task(ptb.get_updates(timeout=30))
        await met.api.world.updates.polled.wait()
        assert await other.get_updates() == ()
        with pytest.raises(telegram.error.Conflict, match="terminated by other getUpdates"):
            await poll
    stranger = telegram.Bot("1:AAA", base_url=f"{met.api.url}/bot")
    with pytest.raises(telegram.error.InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


@pytest.fixture
async def aiogram(talk: Talk) -> AsyncIterator[AiogramBot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(talk.api.url))
    async with AiogramBot(talk.api.token, session=session) as bot:
        yield bot


async def test_aiogram_calls_and_understands_the_refusals(met: Talk, aiogram: AiogramBot) -> None:
    assert (await aiogram.get_me()).username == "chancheng_facts_bot"
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="More", callback_data="x")]])
    sent = await aiogram.send_message(TOM, QUOTED, parse_mode="HTML", reply_markup=keyboard)
    assert sent.html_text == QUOTED
    assert sent.reply_markup
    assert sent.reply_markup.model_dump() == keyboard.model_dump()
    await aiogram.set_my_commands([BotCommand(command="ask", description="Ask")], BotCommandScopeChat(chat_id=GROUP))
    assert (await aiogram.get_chat(TOM)).first_name == "Tom"
    assert (await aiogram.get_chat_member(GROUP, LIN)).status == "creator"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await sent.edit_text(QUOTED, parse_mode="HTML", reply_markup=keyboard)
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await aiogram.send_message(MEI, "x")
    await met.sim("fault", method="sendMessage", error_code=429, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as patience:
        await aiogram.send_message(TOM, "x")
    assert patience.value.retry_after == 3
    await met.sim("fault", method="sendMessage", error_code=400, migrate_to_chat_id=-1009)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await aiogram.send_message(TOM, "x")
    assert moved.value.migrate_to_chat_id == -1009
