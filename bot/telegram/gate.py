"""How much one person, and one group, may ask: a bucket each, filled anew all the time, with one warning when empty.

All people together are bounded elsewhere: `lanes` keeps what waits in bounds, and the rest waits with Telegram.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming

Passage = Literal["pass", "warn", "drop"]
KEPT = 20_000
GROUP_SHARE = 2
"""A group may ask this many times as much as a person."""
_TYPED = 0.2
"""What a query in inline mode costs: one arrives for every few letters typed."""


@dataclass(slots=True)
class Bucket:
    """What is left at `at` (seconds); `warned`: since it was last half full."""

    left: float
    at: float
    warned: bool = False


class Gate:
    """`rate`: what a person may ask in a minute, all at once or one by one; 0: as much as they like."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()

    def admit(self, incoming: Incoming, now: float) -> Passage:
        """Return whether to answer, to warn instead, or to say nothing; `now` in seconds."""
        if not self._rate or not (incoming.expected or incoming.inline):  # what is overheard is nobody's asking
            return "pass"
        person, chat, cost = incoming.person, incoming.chat, _TYPED if incoming.inline else 1.0
        buckets = [self._bucket(person.id, self._rate, now)] if person else []
        if not chat.private:
            buckets.append(self._bucket(chat.id, GROUP_SHARE * self._rate, now))
        empty = [bucket for bucket in buckets if bucket.left < cost]
        if not empty:
            for bucket in buckets:
                bucket.left -= cost
            return "pass"
        if incoming.inline or all(bucket.warned for bucket in empty):
            return "drop"
        for bucket in empty:
            bucket.warned = True
        return "warn"

    def _bucket(self, key: int, size: int, now: float) -> Bucket:
        bucket = self._buckets.setdefault(key, Bucket(size, now))
        self._buckets.move_to_end(key)
        bucket.left = min(size, bucket.left + max(0.0, now - bucket.at) * size / 60)
        bucket.at = now
        if bucket.left >= size / 2:
            bucket.warned = False
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        return bucket
