"""The one place where failures end: everything is logged under an id, the person hears something kind.

Trouble in reaching Telegram is told nobody (it would not arrive), and the log keeps quiet about its repetitions.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError

from bot.storage.database import is_trouble
from handlers import routes

if TYPE_CHECKING:
    from datetime import date

    from bot.telegram.edge import Edge
    from handlers.ports import Clock
    from handlers.stats import FailedKind

log = logging.getLogger(__name__)

QUIET_SECONDS = 60.0


class Journal:
    """Logs failures, each with an id, in full once a minute for each sort, repetitions of an outage not at all.

    `new`: how many there were by day (UTC) and kind, those included; whoever writes them down takes them out.
    """

    def __init__(self, clock: Clock) -> None:
        self.new: Counter[tuple[date, FailedKind]] = Counter()
        self._clock = clock
        self._last: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}

    def failed(self, what: str, error: BaseException, **fields: object) -> None:
        self.new[self._clock.now().date(), _kind(error)] += 1
        sort = f"{what} {type(error).__name__}"
        now = time.monotonic()
        again = now - self._last.get(sort, -QUIET_SECONDS) < QUIET_SECONDS
        if again and is_outage(error):
            self._unsaid[sort] = self._unsaid.get(sort, 0) + 1
            return
        if not again:
            self._last[sort] = now
        fields |= {"error": secrets.token_hex(4), "because": repr(error)}
        if unsaid := self._unsaid.pop(sort, 0):
            fields["unsaid"] = unsaid
        if is_outage(error):
            log.warning(what, extra=fields)
        else:
            log.error(what, extra=fields, exc_info=None if again else error)

    def poll_failed(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            self.failed("another running copy uses the same token: stop one of them", error)
        else:
            self.failed("Telegram does not answer; trying on", error)


class Failures:
    """`handle` is python-telegram-bot's error handler."""

    def __init__(self, edge: Edge, journal: Journal) -> None:
        self._edge = edge
        self._journal = journal

    async def handle(self, update: object, context: Any) -> None:
        error: Exception = context.error
        update_id = update.update_id if isinstance(update, Update) else None
        self._journal.failed("an update could not be answered", error, update=update_id)
        if is_outage(error):
            return
        try:
            await self._edge.apologise(update, routes.FAILED)
        except Exception as another:  # noqa: BLE001 - nothing may come of an apology but its own log line
            self._journal.failed("nor could that be said", another)


def _kind(error: BaseException) -> FailedKind:
    if is_outage(error):
        return "unreachable"
    if isinstance(error, TelegramError):
        return "refused"
    return "database" if is_trouble(error) else "inside"


def is_outage(error: BaseException) -> bool:
    return isinstance(error, (NetworkError, RetryAfter, Conflict)) and not isinstance(error, BadRequest)
