"""How much one person, one group, and all people may ask: a bucket each, filled anew all the time.

Whoever meets an empty one is warned once, each of a group for themselves, but no more of them than a group can bear.
What was let in is answered in any case; that what waits for it stays in bounds is the business of `lanes`.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming

Passage = Literal["pass", "slower", "crowded", "drop"]
KEPT = 20_000
GROUP_SHARE = 2
"""A group may ask this many times as much as a person."""
OVERALL_SHARE = 40
"""All people together may. By default that is 20 a second, which leaves a third of what may be sent to the posts: those
wait wherever people do.
"""
WARNED = 5
"""Members whom a group's own bucket warns, each once: more would be a flood of ours."""
_TYPED = 0.2
"""What a query in inline mode costs: one arrives for every few letters typed."""


@dataclass(slots=True)
class Bucket:
    """What is left at `at` (seconds); `warned`: who was, since it was last half full."""

    left: float
    at: float
    warned: set[int] = field(default_factory=set)

    def warns(self, asker: int) -> bool:
        return asker not in self.warned and len(self.warned) < WARNED


class Gate:
    """`rate`: what a person may ask in a minute, all at once or one by one; 0: all may ask as much as they like."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()
        self._overall = Bucket(OVERALL_SHARE * rate, 0.0)
        self._told: set[int] = set()

    def admit(self, incoming: Incoming, now: float) -> Passage:
        """Return whether to answer, to warn instead, of one's own haste or of the crowd, or to say nothing.

        `now` in seconds.
        """
        if not self._rate or not (incoming.expected or incoming.inline):  # what is overheard is nobody's asking
            return "pass"
        person, chat, cost = incoming.person, incoming.chat, _TYPED if incoming.inline else 1.0
        buckets = [self._bucket(person.id, self._rate, now)] if person else []
        if not chat.private:
            buckets.append(self._bucket(chat.id, GROUP_SHARE * self._rate, now))
        empty = [bucket for bucket in buckets if bucket.left < cost]
        if not empty:
            return self._among_all(incoming, [*buckets, self._overall], cost, now)
        asker = _asker(incoming)
        if incoming.inline or not any(bucket.warns(asker) for bucket in empty):
            return "drop"
        for bucket in empty:
            bucket.warned.add(asker)
        return "slower"

    def _among_all(self, incoming: Incoming, buckets: list[Bucket], cost: float, now: float) -> Passage:
        if _filled(self._overall, OVERALL_SHARE * self._rate, now):
            self._told.clear()
        if self._overall.left >= cost:
            for bucket in buckets:
                bucket.left -= cost
            return "pass"
        asker = _asker(incoming)
        if incoming.inline or asker in self._told or len(self._told) >= KEPT:
            return "drop"
        self._told.add(asker)
        return "crowded"

    def _bucket(self, key: int, size: int, now: float) -> Bucket:
        bucket = self._buckets.setdefault(key, Bucket(size, now))
        self._buckets.move_to_end(key)
        if _filled(bucket, size, now):
            bucket.warned.clear()
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        return bucket


def _asker(incoming: Incoming) -> int:
    return incoming.person.id if incoming.person else incoming.chat.id


def _filled(bucket: Bucket, size: int, now: float) -> bool:
    """Put in what has come since, and return whether it is at least half full."""
    bucket.left = min(size, bucket.left + max(0.0, now - bucket.at) * size / 60)
    bucket.at = now
    return bucket.left >= size / 2
