"""Callback queries: each is answered once, and not too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from handlers.ports import Clock

# Telegram gives no figure; people report seconds to a minute. The lenient end is taken.
ANSWERABLE_FOR = 60
KEPT = 10_000
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Query:
    """Who tapped, when (Unix time, seconds)."""

    user_id: int
    asked_at: float


class Queries:
    """Callback queries not yet answered, oldest first, bounded."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, Query] = {}
        self._next_id = 4_000_000_000_000_001

    def ask(self, user_id: int) -> str:
        """Return the id of a new query."""
        query_id = str(self._next_id)
        self._next_id += 1
        self._open[query_id] = Query(user_id, self._clock.now().timestamp())
        if len(self._open) > KEPT:
            del self._open[next(iter(self._open))]
        return query_id

    def answer(self, query_id: str) -> Query:
        """Close a query. Raises Refusal when it is unknown, answered already or too old."""
        query = self._open.pop(query_id, None)
        if query is None or self._clock.now().timestamp() - query.asked_at > ANSWERABLE_FOR:
            raise bad_request(TOO_OLD)
        return query
