"""Inline queries: what was asked, what the bot answered, and answers kept for who types the same again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.playground.queries import TOO_OLD, Queries
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from bot.playground.refusals import Json
    from handlers.ports import Clock

KEPT = 1000
KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Typed:
    """An inline query: who typed what, from which result on."""

    user_id: int
    query: str
    offset: str

    def key(self, *, personal: bool) -> tuple[int, str, str]:
        return (self.user_id if personal else 0, self.query, self.offset)


class InlineQueries:
    """Those open, and the newest answers by query id and, until they grow old, by what was typed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queries = Queries(clock)
        self._typed: OrderedDict[str, Typed] = OrderedDict()
        self._answers: OrderedDict[str, Json] = OrderedDict()
        self._cache: OrderedDict[tuple[int, str, str], tuple[float, Json]] = OrderedDict()

    def ask(self, typed: Typed) -> tuple[str, Json | None]:
        """Return the id of a new query, and the answer if one is kept: then the bot is not asked."""
        query_id = self._queries.ask(typed.user_id)
        for personal in (True, False):
            until, answer = self._cache.get(typed.key(personal=personal), (0.0, {}))
            if until > self._clock.now().timestamp():
                _keep(self._answers, query_id, answer)
                return query_id, answer
        _keep(self._typed, query_id, typed)
        return query_id, None

    def answer(self, query_id: str, answer: Json, seconds: int, *, personal: bool) -> Typed:
        """Close a query and return it. Raises Refusal when it is unknown, answered already or too old."""
        self._queries.answer(query_id)
        typed = self._typed.pop(query_id, None)
        if typed is None:  # so many came after it that it was given up
            raise bad_request(TOO_OLD)
        _keep(self._answers, query_id, answer)
        _keep(self._cache, typed.key(personal=personal), (self._clock.now().timestamp() + seconds, answer))
        return typed

    def result(self, query_id: str, result_id: str) -> Json | None:
        """Return the message that a result becomes, None for no such result."""
        results = self._answers.get(query_id, {}).get("results", [])
        found = (result["message"] for result in results if result["id"] == result_id)
        return next(found, None)


def _keep(kept: OrderedDict[KeyT, ValueT], key: KeyT, value: ValueT) -> None:
    kept[key] = value
    if len(kept) > KEPT:
        kept.popitem(last=False)
