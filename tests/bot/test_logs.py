"""Logs: one line a record, and never a secret."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from bot.logs import Formatter, set_up

TOKEN = "7000000001:PLAYGROUND-local-only"


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(written: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(written)
    handler.setFormatter(Formatter([TOKEN, "hunter2 with a space"]))
    logger = logging.getLogger("bot.test")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.handlers = [handler]
    return logger


def test_a_secret_is_taken_out_of_messages_fields_and_tracebacks(log: logging.Logger, written: io.StringIO) -> None:
    log.info(
        "POST https://api.telegram.org/bot%s/getMe", TOKEN, extra={"url": f"/bot{TOKEN}/x", "p": "hunter2 with a space"}
    )
    try:
        int(f"the token {TOKEN}")
    except ValueError:
        log.exception("failed: %s", "7000000001%3APLAYGROUND-local-only")
    log.info("another one: 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    assert "PLAYGROUND" not in written.getvalue()
    assert "hunter2" not in written.getvalue()
    assert "AAHdq" not in written.getvalue()
    assert "Traceback" in written.getvalue()


def test_fields_follow_the_message_and_need_no_guessing(log: logging.Logger, written: io.StringIO) -> None:
    log.warning("a digest\nwas sent", extra={"fact": "top-reward", "why": 'said "no"', "chat": -100})
    line = written.getvalue().rstrip("\n")
    assert line.endswith(r' warning bot.test a digest\nwas sent fact=top-reward why="said \"no\"" chat=-100')
    assert "\n" not in line


def test_libraries_that_log_each_request_are_silenced() -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    try:
        set_up("DEBUG", [TOKEN])
        for name in ("httpx", "httpcore", "telegram", "telegram.ext"):
            assert not logging.getLogger(name).isEnabledFor(logging.INFO)
        assert logging.getLogger("bot").isEnabledFor(logging.DEBUG)
    finally:
        root.handlers = before
        logging.captureWarnings(capture=False)


def test_nothing_of_a_warning_escapes_the_formatter(capsys: pytest.CaptureFixture[str]) -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    try:
        set_up("INFO", [TOKEN])
        logging.getLogger("py.warnings").warning("of %s", TOKEN)
        sys.stderr.flush()
        assert TOKEN not in capsys.readouterr().err
    finally:
        root.handlers = before
        logging.captureWarnings(capture=False)
