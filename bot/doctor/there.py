"""What Telegram tells of the bot: token, what @BotFather set, menus, who else polls, what time it is."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.config import proxy_for
from bot.doctor import chats, menus
from bot.doctor.finding import Finding
from bot.telegram.request import AiohttpRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Settings

# Seconds: a second poller, thrown out by our poll, is back within its pause of a second or two and throws ours out.
LISTEN = 6
SKEW = 30.0


async def examined(settings: Settings) -> AsyncIterator[Finding]:
    if settings.token is None:
        mend = "@BotFather gives one; put it into .env or the environment. Without one: make run shows the playground"
        yield Finding("token", "BOT_TOKEN is not set, so nothing of Telegram was looked at", mend, fatal=True)
        return
    async with _bot(settings) as bot:
        try:
            me = await bot.get_me()
        except InvalidToken:
            mend = "compare BOT_TOKEN with what @BotFather shows"
            yield Finding("token", f"{settings.api_url} refuses it", mend, fatal=True)
            return
        except TelegramError as error:
            mend = "is the network there, and BOT_API_URL right?"
            yield Finding("token", f"no answer from {settings.api_url}: {error.message}", mend, fatal=True)
            return
        yield Finding("token", f"good: @{me.username}")
        kept = await chats.kept(settings)
        yield privacy(everything=bool(me.can_read_all_group_messages), wanted=bool(kept.listened))
        yield groups(allowed=bool(me.can_join_groups))
        yield inline(on=bool(me.supports_inline_queries))
        yield await menus.examined(bot, settings.named)
        for look in (_webhook, _poller):
            yield await look(bot)
        for curator in sorted(settings.named):
            yield await _curator(bot, curator)
        async for finding in chats.examined(bot, me, kept):
            yield finding
    yield await _clock(settings)


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot]:
    """A bot that has not asked who it is yet."""
    token = settings.token.get_secret_value() if settings.token else ""
    requests = [AiohttpRequest(connections=2, proxy=proxy_for(settings.api_url)) for _ in range(2)]
    for request in requests:
        await request.initialize()
    try:
        yield Bot(token, f"{settings.api_url}/bot", request=requests[0], get_updates_request=requests[1])
    finally:
        for request in requests:
            await request.shutdown()


def privacy(*, everything: bool, wanted: bool) -> Finding:
    """`wanted`: some groups have /listen on."""
    if everything and wanted:
        return Finding("privacy mode", "off, as /listen wants it")
    if everything:
        mend = "@BotFather, /setprivacy, Enable; then add it to its groups anew"
        return Finding("privacy mode", "off: in groups it is sent everything that is said", mend)
    return Finding("privacy mode", "on: in groups it is sent only what is meant for it")


def groups(*, allowed: bool) -> Finding:
    if allowed:
        return Finding("groups", "it may be added to them")
    return Finding("groups", "it may not be added to any", "@BotFather, /setjoingroups, Enable")


def inline(*, on: bool) -> Finding:
    if on:
        return Finding("inline mode", "on")
    return Finding("inline mode", "off: it can't be asked from other chats", "@BotFather, /setinline, and any hint")


async def _webhook(bot: Bot) -> Finding:
    info = await bot.get_webhook_info()
    if not info.url:
        return Finding("webhook", f"none, {info.pending_update_count} updates wait")
    mend = "a start of this bot takes it away; is another program using the token?"
    return Finding("webhook", "one is set, to which Telegram sends everything", mend)


async def _poller(bot: Bot) -> Finding:
    """Poll without confirming anything: what is fetched will be fetched again."""
    try:
        await bot.get_updates(limit=1, timeout=LISTEN, read_timeout=LISTEN + 10)
    except Conflict:
        mend = "fine if it's your one running bot; else stop the other program, or @BotFather, /revoke, for a new token"
        return Finding("polling", "somebody polls with this token", mend)
    return Finding("polling", "nobody else polls")


async def _curator(bot: Bot, person: int) -> Finding:
    try:
        await bot.get_chat(person)
    except TelegramError as error:
        mend = "let them open the bot and press Start; is the id right?"
        return Finding(f"curator {person}", f"can't be written to ({error.message})", mend)
    return Finding(f"curator {person}", "can be written to")


async def _clock(settings: Settings) -> Finding:
    """Compare this clock with the one in the headers of whatever answers there."""
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get(
                settings.api_url, proxy=proxy_for(settings.api_url), allow_redirects=False
            ) as answer:
                told = answer.headers.get("Date", "")
        except aiohttp.ClientError as error:
            return Finding("clock", f"could not be compared: {error}", "is the network there?")
    try:
        return clock(time.time() - parsedate_to_datetime(told).timestamp())
    except ValueError:
        return Finding("clock", f"could not be compared: {settings.api_url} tells no time", "compare it by hand")


def clock(ahead: float) -> Finding:
    """`ahead`: seconds that this machine's clock is before Telegram's."""
    if abs(ahead) <= SKEW:
        return Finding("clock", "right")
    way = "fast" if ahead > 0 else "slow"
    return Finding("clock", f"{abs(ahead):.0f} seconds {way}: posts come at the wrong time", "timedatectl set-ntp true")
