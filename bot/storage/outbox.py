"""The statements of the outbox, by name. Nothing here runs them.

A row waits while `next_at` is set, and is in somebody's hands while `lease_until` is; else it is at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, case, delete, extract, false, func, insert, literal, or_, select, update

from bot.storage.schema import Instant, deliveries, subscriptions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Delete, Insert, Select, Update
    from sqlalchemy.sql.dml import ReturningUpdate

CANCELLED = "cancelled"
NOMINAL_KEY = ("subscription_id", "local_date", "slot")
PENDING = {"state": "pending", "attempts": 0}
LOOSE = {"owner": None, "lease_until": None}
_NOT_SENT = ("dead", "uncertain", "skipped")


def _begun(at: Column[datetime]) -> ColumnElement[bool]:
    first = select(at).where(at.is_not(None)).order_by(at).limit(1).scalar_subquery()
    return func.coalesce(first <= bindparam("now", type_=Instant()), false())


# Whether any subscription is due at `now`, and whether any delivery is to be sent: all that an idle tick asks. It
# compares the first entry of each index: where the time stands in the condition, PostgreSQL's plan of a prepared
# statement expects a third of the table to fulfil it, and reads all.
WAITING = select(_begun(subscriptions.c.next_due_at).label("due"), _begun(deliveries.c.next_at).label("ready"))


def claimed(owner: str, now: datetime, until: datetime) -> ReturningUpdate[Any]:
    """Take the row that has waited longest; rows that other copies are taking are passed over."""
    first = (
        select(deliveries.c.id)
        .where(deliveries.c.next_at <= now)
        .order_by(deliveries.c.next_at, deliveries.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return (
        update(deliveries)
        .where(deliveries.c.id == first)
        .values(state="claimed", next_at=None, owner=owner, lease_until=until)
        .returning(deliveries.c.id, deliveries.c.due_at, deliveries.c.attempts, deliveries.c.subscription_id)
    )


def sending(delivery: int, owner: str, now: datetime, until: datetime) -> Update:
    """From here on it may arrive: only if it is still in the owner's hands."""
    return (
        update(deliveries)
        .where(deliveries.c.id == delivery, deliveries.c.owner == owner, deliveries.c.state == "claimed")
        .where(deliveries.c.lease_until > now)
        .values(state="sending", lease_until=until)
    )


def in_hand(delivery: int, owner: str) -> Any:
    """Condition: the row is still the owner's, so that what became of it is theirs to say."""
    return (deliveries.c.id == delivery) & (deliveries.c.owner == owner)


def overdue_leases(now: datetime, longest: datetime, mine: Collection[int]) -> Any:
    """Condition: whoever had it is gone, or has a clock that nobody can wait for; `mine` are in this copy's hands."""
    late = or_(deliveries.c.lease_until <= now, deliveries.c.lease_until > longest)
    # A copy that froze in mid-transaction holds locks on its rows: nobody waits for it.
    chosen = select(deliveries.c.id).where(late, deliveries.c.id.not_in(mine)).with_for_update(skip_locked=True)
    return deliveries.c.id.in_(chosen)


def put_back(overdue: Any, now: datetime) -> tuple[Update, Update]:
    """What was never begun is sent now; of what was begun nobody knows, and the subscription says what then."""
    wanted = (subscriptions.c.uncertain == "repeat") & (func.coalesce(deliveries.c.reason, "") != CANCELLED)
    again = (
        select(case((wanted, literal(now, Instant()))))
        .where(subscriptions.c.id == deliveries.c.subscription_id)
        .correlate(deliveries)
        .scalar_subquery()
    )
    values: dict[str, Any] = {"state": "uncertain", "next_at": again, "reason": "the bot ended while it was sending"}
    return (
        update(deliveries)
        .where(overdue, deliveries.c.state == "claimed")
        .values(state="pending", next_at=now, **LOOSE),
        update(deliveries).where(overdue, deliveries.c.state == "sending").values(**values, **LOOSE),
    )


def given_up(oldest: datetime) -> Update:
    """Give up what could not be sent in time: an old post would only puzzle its readers."""
    # What waits is a small part of what was due before: the index of due times would lead through the whole ledger.
    late = deliveries.c.next_at.is_not(None) & (func.coalesce(deliveries.c.due_at, deliveries.c.next_at) < oldest)
    chosen = select(deliveries.c.id).where(late).with_for_update(skip_locked=True)
    return (
        update(deliveries).where(deliveries.c.id.in_(chosen)).values(state="skipped", next_at=None, reason="too late")
    )


def hurried(now: datetime) -> Update:
    """Let nothing wait for a time that a clock, since set back, once called near."""
    return update(deliveries).where(deliveries.c.next_at > now).values(next_at=now)


def cancelled(condition: Any) -> Update:
    """Cancel what is planned for the subscriptions that fulfil a condition; what is being sent is not sent again."""
    chosen = select(subscriptions.c.id).where(condition)
    begun = deliveries.c.state == "sending"
    values: dict[str, Any] = {"state": case((begun, "sending"), else_="skipped"), "next_at": None, "reason": CANCELLED}
    values |= {column.name: case((begun, column)) for column in (deliveries.c.owner, deliveries.c.lease_until)}
    return (
        update(deliveries)
        .where(deliveries.c.subscription_id.in_(chosen))
        .where(deliveries.c.next_at.is_not(None) | deliveries.c.state.in_(("claimed", "sending")))
        .values(**values)
    )


def put_off(state: str, next_at: datetime | None, reason: str | None) -> dict[str, Any]:
    """Return the values of a row that waits again, unless it was cancelled while it was being sent."""
    off = deliveries.c.reason == CANCELLED
    return {
        "state": case((off, "skipped"), else_=state),
        "next_at": case((off, None), else_=literal(next_at, Instant())),
        "reason": case((off, CANCELLED), else_=literal(reason, String)),
    }


def pruned(oldest: datetime, limit: int) -> Delete:
    """Forget up to `limit` entries of the ledger that were due before `oldest`."""
    done = deliveries.c.next_at.is_(None) & deliveries.c.lease_until.is_(None)
    chosen = select(deliveries.c.id).where(deliveries.c.due_at < oldest, done).limit(limit)
    return delete(deliveries).where(deliveries.c.id.in_(chosen))


def counted(since: datetime, late: float) -> Select[Any]:
    """Count what was due since then: sent, sent more than `late` seconds after, and failed for good."""
    took = extract("epoch", deliveries.c.sent_at) - extract("epoch", deliveries.c.due_at)
    sent = deliveries.c.state == "sent"
    over = deliveries.c.next_at.is_(None) & deliveries.c.state.in_(_NOT_SENT)
    wanted = func.coalesce(deliveries.c.reason, "") != CANCELLED
    counts: Any = select(
        func.count(case((wanted, 1))).label("due"),
        func.count(case((sent, 1))).label("sent"),
        func.count(case((sent & (took > late), 1))).label("late"),
        func.count(case((over & wanted & deliveries.c.reason.is_not(None), 1))).label("failed"),
    )
    chosen: Select[Any] = counts.where(deliveries.c.due_at >= since)
    return chosen


def queued() -> Select[Any]:
    """Count what waits to be sent, now or once more, or is in hand, and the subscriptions that are suspended."""
    ready, in_hand = (
        deliveries.c.next_at.is_not(None),
        deliveries.c.lease_until.is_not(None),
    )  # never both; each has an index
    waits = [select(func.count()).select_from(deliveries).where(one).scalar_subquery() for one in (ready, in_hand)]
    return select(
        (waits[0] + waits[1]).label("queue"),
        select(func.count())
        .select_from(subscriptions)
        .where(subscriptions.c.suspended.is_not(None))
        .scalar_subquery()
        .label("suspended"),
    )


def asked_for(values: dict[str, Any]) -> Insert:
    """Put one more delivery into the outbox, at an operator's word."""
    return insert(deliveries).values(**PENDING, **values)
