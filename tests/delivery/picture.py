"""A hundred thousand digests at Telegram's pace, by a simulated clock, drawn as an SVG.

The courier, circuit and limiter are the real ones; the outbox is in memory and Telegram a token bucket, so that an
hour passes in a minute.
"""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from telegram.error import NetworkError, RetryAfter

from bot.config import ROOT
from bot.delivery.circuit import Circuit
from bot.delivery.courier import Courier, Road
from bot.storage.deliveries import Delivery
from bot.telegram.errors import Journal
from bot.telegram.limiter import Limiter
from tests.delivery.ground import NOW, daily, nobody_was_shown, post
from tests.delivery.virtual import run

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.storage.deliveries import StoredDeliveries
    from bot.telegram.limiter import Turn
    from bot.telegram.presence import Presence
    from bot.telegram.sending import Target
    from handlers.ports import Handler, Services
    from handlers.reply import Text

FILE = ROOT / "docs" / "pictures" / "hundred-thousand-digests.svg"
STORM, OUTAGE = (900.0, 930.0), (2000.0, 2120.0)


def seconds() -> float:
    return asyncio.get_running_loop().time()


class Now:
    def now(self) -> datetime:
        return NOW + timedelta(seconds=seconds())


@dataclass
class MemoryOutbox:
    """`StoredDeliveries` as the courier uses it, in memory."""

    waiting: list[tuple[datetime, int, Delivery]] = field(default_factory=list)
    done: int = 0

    def add(self, number: int) -> None:
        heapq.heappush(self.waiting, (NOW, number, Delivery(number, NOW, 0, number, daily(-number))))

    async def claim(self, now: datetime) -> Delivery | None:
        return heapq.heappop(self.waiting)[2] if self.waiting and self.waiting[0][0] <= now else None

    async def begin(self, delivery: Delivery, now: datetime) -> bool:
        return delivery.due_at <= now

    async def sent(self, *_: object) -> None:
        self.done += 1

    async def release(self, delivery: Delivery, next_at: datetime, reason: str = "") -> None:
        heapq.heappush(self.waiting, (next_at, delivery.id, delivery))

    retry = unsure = release


@dataclass
class Telegram:
    """Thirty tokens, thirty more a second; half a minute of refusals and two minutes of failures on the way."""

    sent: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0
    _tokens: float = 30.0
    _at: float = 0.0
    _rng: Random = field(default_factory=lambda: Random(11))  # noqa: S311 - repeatable chance, no secret

    async def send(self, text: Text, to: Target, turn: Turn) -> int:
        await asyncio.sleep(self._rng.uniform(0.02, 0.08))
        now = seconds()
        if OUTAGE[0] <= now < OUTAGE[1]:
            self.failed += 1
            raise NetworkError("Bad Gateway")
        self._tokens, self._at = min(30.0, self._tokens + 30 * (now - self._at)), now
        if self._tokens < 1 or STORM[0] <= now < STORM[1]:
            self.refused += 1
            raise RetryAfter(int(STORM[1] - now) + 1 if STORM[0] <= now < STORM[1] else 1)
        self._tokens -= 1
        self.sent.append(now)
        return len(self.sent)


async def simulate(count: int) -> Telegram:
    telegram, outbox, limiter, rng = Telegram(), MemoryOutbox(), Limiter(30), Random(5)  # noqa: S311 - as above
    for number in range(1, count + 1):
        outbox.add(number)

    async def send(text: Text, to: Target, turn: Turn) -> int:
        call = (text, to, turn)
        taken: int = await limiter.process_request(
            telegram.send, call, {}, "sendMessage", {"chat_id": to.chat_id}, turn
        )
        return taken

    services = cast("Services", SimpleNamespace(clock=Now()))
    chats, write = cast("Presence", None), cast("Handler", post)
    road = Road(write, send, limiter, Circuit(rng), chats, nobody_was_shown, lambda: None, rng)
    courier = Courier(services, cast("StoredDeliveries", outbox), road, Journal(Now()))
    courier.start()
    while outbox.done < count:
        courier.wake()
        await asyncio.sleep(1)
    await courier.stop(10)
    await limiter.shutdown()
    return telegram


def draw(sent: list[float], file: Path = FILE) -> None:
    """Sent each second, in bars of ten seconds, and in all, against thirty a second."""
    minutes = int(sent[-1] // 60) + 1
    wide, high, left, top = 900, 300, 60, 50
    x, y = wide / (minutes * 60), high / 36
    bars = [0] * (minutes * 6)
    for at in sent:
        bars[int(at // 10)] += 1
    shapes = [
        f'<rect x="{left + number * 10 * x:.1f}" y="{top + high - each / 10 * y:.1f}" width="{10 * x:.2f}" '
        f'height="{each / 10 * y:.1f}"/>'
        for number, each in enumerate(bars)
    ]
    done = " ".join(
        f"{left + at * x:.1f},{top + high - high * place / len(sent):.1f}"
        for place, at in enumerate(sent)
        if place % 500 == 0
    )
    limit = top + high - 30 * y
    marks = [
        f'<text x="{left + minute * 60 * x:.0f}" y="{top + high + 18}" text-anchor="middle">{minute}</text>'
        for minute in range(0, minutes + 1, 10)
    ]
    marks += [
        f'<text x="{left - 8}" y="{top + high - at * y + 4:.0f}" text-anchor="end">{at}</text>'
        for at in (0, 10, 20, 30)
    ]
    title = f"{len(sent):,} digests due at once: {sent[-1] / 60:.1f} minutes, {len(sent) / sent[-1]:.2f} a second"
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 40} {top + high + 50}" '
        'font-family="sans-serif" font-size="13" fill="#444">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n<title>{title}</title>\n'
        f'<text x="{left}" y="22" font-size="16" fill="#111">{title}</text>\n'
        f'<text x="{left}" y="40">bars: sent a second · line: done of all · dashed: 30 a second · '
        "refusals at minute 15, an outage at 33 · simulated clock</text>\n"
        f'<g fill="#4c8bf5">{"".join(shapes)}</g>\n'
        f'<polyline points="{done}" fill="none" stroke="#e08a00" stroke-width="2"/>\n'
        f'<line x1="{left}" x2="{left + wide}" y1="{limit:.1f}" y2="{limit:.1f}" '
        'stroke="#c00" stroke-dasharray="6 4"/>\n'
        f"{''.join(marks)}\n"
        f'<text x="{left + wide / 2}" y="{top + high + 38}" text-anchor="middle">minutes</text>\n</svg>\n',
        encoding="utf-8",
    )


def picture(count: int) -> Telegram:
    telegram = run(simulate(count))
    draw(telegram.sent)
    return telegram
