"""The playground: the very same bot, talking to the local server instead of Telegram."""

from __future__ import annotations

import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.app import running
from bot.config import StartError
from bot.playground.clock import MovableClock
from bot.playground.server import LocalBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import Running
    from bot.config import Settings
    from bot.curation.builder import Builder
    from bot.playground.refusals import Json
    from facts.model import FactBase


@asynccontextmanager
async def playground(
    settings: Settings, port: int, builder: Builder | None = None
) -> AsyncIterator[tuple[LocalBotApi, Running]]:
    """Serve the page on http://127.0.0.1:<port> (0: any free one) and run the bot behind it; on leaving stop both.

    Nothing of it stays: its people are not real, so the world is in memory and the database in a temporary folder.
    Raises StartError.
    """
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-playground-"))
        api = LocalBotApi(MovableClock())
        try:
            await api.start(port=port)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            other = "choose another: --port 8081, or make run PORT=8081"
            raise StartError(f"port {port} cannot be used: {reason}; {other}") from None
        stack.push_async_callback(api.stop)
        bot = await stack.enter_async_context(running(local(settings, api, Path(folder)), api.clock, builder))
        api.world.page = page_state(settings, bot.services.library.base)
        yield api, bot


def local(settings: Settings, api: LocalBotApi, folder: Path) -> Settings:
    """Return the settings with the local server's address and token, its curators, and a database in `folder`."""
    return settings.model_copy(
        update={
            "token": SecretStr(api.token),
            "api_url": api.url,
            "admin_ids": api.curators,
            "database_url": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        }
    )


def page_state(settings: Settings, base: FactBase) -> Json:
    """Return what the page shows beside the world: the bot's time zone and questions to try, by language."""
    examples = {lang: [example.ask.of(lang) for example in base.source.examples] for lang in ("en", "zh")}
    return {"zone": settings.time_zone, "examples": examples}
