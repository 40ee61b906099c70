"""The one place where failures end: everything is logged under an id, the person hears something kind.

Trouble in reaching Telegram is told nobody (it would not arrive), and the log keeps quiet about its repetitions.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError

from handlers import routes

if TYPE_CHECKING:
    from bot.telegram.edge import Edge

log = logging.getLogger(__name__)

QUIET_SECONDS = 60.0


class Journal:
    """Logs failures, each with an id, in full once a minute for each kind, repetitions of an outage not at all.

    `count`: how many there were, those included.
    """

    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}
        self.count = 0

    def failed(self, what: str, error: BaseException, **fields: object) -> None:
        self.count += 1
        kind = f"{what} {type(error).__name__}"
        now = time.monotonic()
        again = now - self._last.get(kind, -QUIET_SECONDS) < QUIET_SECONDS
        if again and is_outage(error):
            self._unsaid[kind] = self._unsaid.get(kind, 0) + 1
            return
        if not again:
            self._last[kind] = now
        fields |= {"error": secrets.token_hex(4), "because": repr(error)}
        if unsaid := self._unsaid.pop(kind, 0):
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


def is_outage(error: BaseException) -> bool:
    return isinstance(error, (NetworkError, RetryAfter, Conflict)) and not isinstance(error, BadRequest)
