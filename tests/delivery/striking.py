"""What tests do to the Bot API server, and how they let time pass."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.playground.faults import Fault, Kind, refusal

if TYPE_CHECKING:
    from bot.playground.clock import MovableClock
    from bot.playground.server import LocalBotApi
    from tests.delivery.ground import Engine

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def strike(api: LocalBotApi, times: int, code: int = 502, words: str = "", *, retry_after: int = 0) -> None:
    api.wire.faults.add(Fault("sendmessage", times, refusal=refusal(code, words, retry_after)))


def slow(api: LocalBotApi, times: int, seconds: float) -> None:
    api.wire.faults.add(Fault("sendmessage", times, "slow", seconds=seconds))


def drop(api: LocalBotApi, times: int, kind: Kind) -> None:
    api.wire.faults.add(Fault("sendmessage", times, kind))


def attempts(api: LocalBotApi) -> list[dict[str, Any]]:
    return api.world.calls.last(method="sendMessage")


async def finish(it: Engine, clock: MovableClock, step: timedelta = MINUTE) -> None:
    """Let time pass, and the jobs run, until every delivery has come to its end."""
    for _ in range(400):
        await it.digests.sweep()
        await it.settle()
        if not await it.unfinished():
            return
        clock.move(step.total_seconds())
    raise AssertionError(await it.states())
