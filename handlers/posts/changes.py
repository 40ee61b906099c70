"""What becomes of a subscription: a new one, and each change that a button asks for. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from handlers import zones
from handlers.ports import Subscription
from handlers.posts.data import topic_key
from handlers.schedule import due_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from facts.model import FactBase
    from handlers.ports import PostLang
    from handlers.posts.data import Tap

MONDAY, MORNING = 0, 9
EVERY_DAY = frozenset(range(7))


def proposed(chat_id: int, thread: int | None, zone: str, lang: PostLang, now: datetime) -> Subscription:
    """Return what turning posts on gives: Mondays at nine, everything, a fact a post."""
    made = Subscription(chat_id, thread, frozenset({MONDAY}), MORNING, zone, lang, None)
    return replace(made, next_due_at=due_of(made, now))


def changed(kept: Subscription, tap: Tap, base: FactBase, now: datetime) -> Subscription:
    """Return the subscription with the change of a tap; unchanged where its value means nothing (any more)."""
    change = _CHANGES.get(tap.action)
    return kept if change is None else replace(kept, **change(kept, tap.value, base, now))


def scheduled(new: Subscription, old: Subscription, now: datetime, *, ended: bool) -> Subscription:
    """Return the subscription with its next due time: the old one, unless the change moves it.

    `ended`: its series is over.
    """
    if ended:
        return replace(new, next_due_at=None)
    if old.next_due_at is not None and _timing(new) == _timing(old):
        return new
    return replace(new, next_due_at=due_of(new, now))


def paused(subscription: Subscription, now: datetime) -> bool:
    until = subscription.paused_until
    return until is not None and now.astimezone(ZoneInfo(subscription.zone)).date() < until


def _timing(subscription: Subscription) -> tuple[object, ...]:
    return subscription.weekdays, subscription.hour, subscription.zone, subscription.paused_until


def _day(kept: Subscription, value: str, _base: FactBase, _now: datetime) -> dict[str, Any]:
    """At least one day remains: without any there would be no posts, and for that there are better buttons."""
    if value == "all":
        return {"weekdays": EVERY_DAY}
    day = {int(value[1])}
    return {"weekdays": kept.weekdays | day if value[0] == "+" else kept.weekdays - day or kept.weekdays}


def _zone(kept: Subscription, value: str, _base: FactBase, _now: datetime) -> dict[str, Any]:
    return {"zone": value if zones.offered(value) else kept.zone}


def _topic(kept: Subscription, value: str, base: FactBase, _now: datetime) -> dict[str, Any]:
    """No topic and all of them both mean everything; what the base no longer has drops out."""
    known = {topic_key(topic.id): topic.id for topic in base.topics}
    topics = kept.topics & set(known.values())
    topic = known.get(value[1:])
    if value == "all":
        topics = frozenset()
    elif topic is not None:
        topics = topics | {topic} if value[0] == "+" else topics - {topic}
    every = {fact.topic for fact in base.facts if fact.digest}
    return {"topics": frozenset() if topics >= every else topics}


def _pause(kept: Subscription, value: str, _base: FactBase, now: datetime) -> dict[str, Any]:
    today = now.astimezone(ZoneInfo(kept.zone)).date()
    if value == "week":
        return {"paused_until": today + timedelta(weeks=1)}
    if value == "ever":
        return {"paused_until": date.max}
    year, month = today.year + today.month // 12, today.month % 12 + 1
    return {"paused_until": date(year, month, min(today.day, monthrange(year, month)[1]))}


_CHANGES: dict[str, Callable[[Subscription, str, FactBase, datetime], dict[str, Any]]] = {
    "day": _day,
    "hour": lambda _kept, value, _base, _now: {"hour": int(value)},
    "zone": _zone,
    "lang": lambda _kept, value, _base, _now: {"lang": value},
    "topic": _topic,
    "size": lambda _kept, value, _base, _now: {"size": int(value)},
    "silent": lambda _kept, value, _base, _now: {"silent": value == "1"},
    "repeat": lambda _kept, value, _base, _now: {"repeat": value == "1"},
    "missed": lambda _kept, value, _base, _now: {"catch_up": value},
    "unsure": lambda _kept, value, _base, _now: {"uncertain": value},
    "pause": _pause,
    "resume": lambda _kept, _value, _base, _now: {"paused_until": None},
    "again": lambda _kept, _value, _base, _now: {"paused_until": None},
}
