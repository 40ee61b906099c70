"""`python -m bot run | playground | migrate`. Imports wait until a command needs them: mistakes are told fast."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.config import Settings, StartError, load_settings
from bot.logs import set_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.app import Running
    from bot.playground.server import LocalBotApi
    from handlers.ports import Clock


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 after an orderly stop, 1 where the bot cannot start or go on, 2 for a wrong command."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        set_up(settings.log_level, settings.secrets)
        if chosen.command == "migrate":
            return asyncio.run(_migrate(settings))
        if chosen.command == "playground":
            return asyncio.run(_playground(settings, chosen.port))
        return asyncio.run(_run(settings))
    except StartError as error:
        print(f"The bot cannot start: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="A Telegram bot that knows one article well.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | playground | migrate")
    commands.add_parser("run", help="on Telegram; needs BOT_TOKEN")
    playground = commands.add_parser("playground", help="in your browser, without Telegram")
    playground.add_argument("--port", type=int, default=8080, help="0 for any free one (default: 8080)")
    commands.add_parser("migrate", help="bring the database up to date, as `run` does by itself")
    return parser


def _unwatched(_bot: Running) -> None:
    pass


async def _run(settings: Settings, clock: Clock | None = None, started: Callable[[Running], None] = _unwatched) -> int:
    """Run until a signal, or until Telegram no longer accepts the token."""
    if settings.token is None:
        raise StartError("BOT_TOKEN is not set: @BotFather gives one; put it into .env or the environment")
    from bot.app import running  # noqa: PLC0415 - a missing token is told without loading everything

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with running(settings, clock) as bot:
        started(bot)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        ends = [asyncio.create_task(event.wait()) for event in (stop, bot.lost)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)  # a second Ctrl-C ends it at once
    if bot.lost.is_set():
        print(f"The bot has stopped: {settings.api_url} no longer accepts BOT_TOKEN", file=sys.stderr)
        return 1
    return 0


async def _migrate(settings: Settings) -> int:
    from bot.storage.database import Database  # noqa: PLC0415 - as above
    from bot.storage.migrating import migrate  # noqa: PLC0415 - as above

    database = await Database.open(settings.database_url)
    try:
        changed = await migrate(database)
    finally:
        await database.close()
    print("The database was brought up to date." if changed else "The database is up to date.")
    return 0


async def _playground(settings: Settings, port: int) -> int:
    from bot.playground.clock import MovableClock  # noqa: PLC0415 - a production bot never loads it
    from bot.playground.server import LocalBotApi  # noqa: PLC0415 - as above
    from facts.model import LANGS  # noqa: PLC0415 - as above

    clock = MovableClock()
    server = LocalBotApi(clock)
    try:
        await server.start(port=port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StartError(f"port {port} of this machine cannot be used ({reason}); choose another with --port") from None

    def started(bot: Running) -> None:
        examples = bot.services.library.base.source.examples
        server.world.page = {
            "examples": {lang: [example.ask.of(lang) for example in examples] for lang in LANGS},
            "zone": bot.services.zone,
        }
        print(f"Open {server.url} in your browser; Ctrl-C stops.", flush=True)

    try:
        with tempfile.TemporaryDirectory(prefix="bot-playground-") as folder:
            return await _run(_local(settings, server, Path(folder)), clock, started)
    finally:
        await server.stop()


def _local(settings: Settings, server: LocalBotApi, folder: Path) -> Settings:
    """The same bot with another address: its people are not real, so that nothing of them is kept either."""
    changed = {
        "token": SecretStr(server.token),
        "admin_ids": frozenset(person.id for person in server.world.people.values() if person.role == "curator"),
        "api_url": server.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
    }
    return settings.model_copy(update=changed)


if __name__ == "__main__":
    sys.exit(main())
