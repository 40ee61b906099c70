"""`python -m bot COMMAND`, see --help. Imports wait for the command, so that mistakes are told fast."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import re
import signal
import sys
from typing import TYPE_CHECKING, Any

from bot.config import Settings, StartError, load_settings
from bot.curation.builder import Builder
from bot.curation.work import place_of
from bot.logs import Formatter, set_up
from bot.memory import give_back, share
from facts.output import printed

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Seconds for which a thread may have the interpreter to itself. While one unpickles a matcher, posts go out.
_SHARE, _SMALL_SHARE = sys.getswitchinterval(), 0.0005


class LostError(Exception):
    """Why the bot cannot go on, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 after an orderly stop, 1 where the bot cannot start or go on, 2 for a wrong command."""
    return printed(lambda: _begin(_parser().parse_args(arguments)))


def _begin(chosen: argparse.Namespace) -> int:
    tell = Formatter(()).redact
    share()
    gc.disable()  # while starting nearly all that is made stays; looking for what does not is a quarter of the time
    sys.setswitchinterval(_SMALL_SHARE)
    try:
        settings = load_settings()
        tell = Formatter(settings.secrets).redact
        set_up(settings.log_level, settings.secrets)
        return asyncio.run(_until_signal(_command(chosen, settings)))
    except StartError as error:
        print(tell(f"The bot cannot start: {error}"), file=sys.stderr)
        return 1
    except LostError as error:
        print(tell(f"The bot has stopped: {error}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()
        sys.setswitchinterval(_SHARE)


def _command(chosen: argparse.Namespace, settings: Settings) -> Coroutine[Any, Any, int]:
    if chosen.command == "inbox":
        return _inbox(settings, chosen.limit)
    if chosen.command == "doctor":
        return _doctor(settings)
    if chosen.command == "report":
        return _report(settings)
    if chosen.command == "migrate":
        return _migrate(settings)
    if chosen.command == "digest":
        return _digest(settings, chosen.now, chosen.topic)
    return _run(settings) if chosen.command == "run" else _playground(settings, chosen.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="A Telegram bot that knows one article well.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="on Telegram; needs BOT_TOKEN")
    playground = commands.add_parser("playground", help="in your browser, without Telegram")
    playground.add_argument("--port", type=int, default=8080, help="0 for any free one (default: 8080)")
    commands.add_parser("migrate", help="bring the database up to date, as `run` does by itself")
    digest = commands.add_parser("digest", help="post a chat's next digest at once, through the bot that is running")
    digest.add_argument("--now", type=_chat, required=True, metavar="CHAT", help="the chat's id, like -1001234567890")
    digest.add_argument("--topic", type=_topic, metavar="ID", help="the forum topic, if the posts go to one")
    inbox = commands.add_parser("inbox", help="what people asked in vain in the last 30 days")
    inbox.add_argument("--limit", type=_count, default=50, help="lines at most (default: 50)")
    commands.add_parser("doctor", help="is all well: token, rights, database, facts, …; and how to mend what isn't")
    commands.add_parser("report", help="what people asked and got in the last 30 days")
    return parser


def _chat(given: str) -> int:
    """Read a chat's id, which has at most 52 bits (core.telegram.org/bots/api#chat)."""
    return _number(given, -(2**52), 2**52, "a chat's id, like -1001234567890")


def _count(given: str) -> int:
    return _number(given, 1, 100_000, "a number of lines, like 50")


def _topic(given: str) -> int:
    return _number(given, 1, 2**31 - 1, "a forum topic's id, like 42")


def _number(given: str, least: int, most: int, wanted: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,16}", given) or not least <= int(given) <= most:
        raise argparse.ArgumentTypeError(f"{given[:40]!r} is not {wanted}")
    return int(given)


async def _until_signal(work: Coroutine[Any, Any, int]) -> int:
    """Stop `work` in order at the first SIGINT or SIGTERM, wherever it is; a second one ends the process at once."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
        task.cancel()

    with contextlib.suppress(NotImplementedError):  # Windows, where Ctrl-C cancels by itself
        for number in _SIGNALS:
            loop.add_signal_handler(number, stop)
    try:
        return await task
    except asyncio.CancelledError:
        return 0


async def _run(settings: Settings) -> int:
    if settings.token is None:
        raise StartError("BOT_TOKEN is not set: @BotFather gives one; put it into .env or the environment")
    with Builder(place_of(settings)) as builder:
        from bot.app import running  # noqa: PLC0415 - takes time to load: the builder has begun

        async with running(settings, builder=builder) as bot:
            _started()
            await bot.lost.wait()
    raise LostError(f"{settings.api_url} no longer accepts BOT_TOKEN")


def _started() -> None:
    """Collect garbage from now on, but never search what the start has built: a fifth more answers a second."""
    gc.freeze()
    gc.enable()
    give_back()
    sys.setswitchinterval(_SHARE)


async def _playground(settings: Settings, port: int) -> int:
    with Builder(place_of(settings)) as builder:
        from bot.playground.running import playground  # noqa: PLC0415 - as above; a bot on Telegram never loads it

        async with playground(settings, port, builder) as (api, bot):
            _started()
            print(f"Open {api.url} in your browser; Ctrl-C stops.", flush=True)
            await bot.lost.wait()
    raise LostError("the playground no longer accepts its own token")


async def _digest(settings: Settings, chat: int, topic: int | None) -> int:
    from bot.delivery.request import deliver_now  # noqa: PLC0415 - as above

    fate = await deliver_now(settings, chat, topic)
    print(fate.told)
    return 0 if fate.sent else 1


async def _inbox(settings: Settings, limit: int) -> int:
    from bot.curation.telling import inbox  # noqa: PLC0415 - as above

    print(await inbox(settings, limit))
    return 0


async def _doctor(settings: Settings) -> int:
    from bot.doctor import here, there  # noqa: PLC0415 - as above
    from bot.doctor.finding import Finding, summary  # noqa: PLC0415 - as above

    findings: list[Finding] = []
    for examined in (here.examined, there.examined):
        async for finding in examined(settings):
            print(finding.line, flush=True)
            findings.append(finding)
    print(summary(findings))
    return 1 if any(each.fatal for each in findings) else 0


async def _report(settings: Settings) -> int:
    from bot.clock import SystemClock  # noqa: PLC0415 - as above
    from bot.curation.telling import report  # noqa: PLC0415 - as above

    print(await report(settings, SystemClock().now()))
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


if __name__ == "__main__":
    sys.exit(main())
