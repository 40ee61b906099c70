"""Structured logs on stderr, one `time level logger message key=value …` line a record, with every secret taken out.

Fields are given as `extra={"chat": …}`. Questions and user ids are never logged.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "[hidden]"
_TOKEN = re.compile(r"\b\d{6,}(?::|%3A)[A-Za-z0-9_-]{20,}")
_PLAIN = re.compile(r"[^\s\"=]+")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# They log each request at INFO, and its address holds the token.
_LOUD = ("httpx", "httpcore", "telegram", "apscheduler", "aiosqlite", "alembic", "asyncio")


class Formatter(logging.Formatter):
    """Formats and redacts last of all, so that no message, field or traceback can carry a secret."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = [form for secret in secrets if secret for form in (secret, quote(secret, safe=""))]

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        line = f"{when} {record.levelname.lower()} {record.name} {_one_line(record.getMessage())}"
        fields = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line = " ".join([line, *(f"{key}={_value(value)}" for key, value in fields.items())])
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return self.redact(line)

    def redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, text)


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Log everything from `level` on to stderr; libraries from WARNING on, whatever the level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # It warns at each tick that is left out because the one before has not ended, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # Failed polls are told once by `bot.telegram.errors`; this would add a traceback when stopping in an outage.
    logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
    # It would write down all that was fetched, questions included, where one update can't be read.
    logging.getLogger("telegram.ext.ExtBot").addFilter(_tells_no_updates)


def _tells_no_updates(record: logging.LogRecord) -> bool:
    return "Received data was" not in record.msg


def _one_line(text: str) -> str:
    return (
        text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") if "\n" in text or "\r" in text else text
    )


def _value(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
