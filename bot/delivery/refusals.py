"""What a failed attempt to send a digest means."""

from __future__ import annotations

from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.request import UnansweredError, UnreachedError


class Outcome(Enum):
    MOVED = auto()
    """The group has a new id."""
    LOST = auto()
    """The chat cannot be written to."""
    TOPIC_LOST = auto()
    """The forum topic cannot be written to; the rest of the chat can."""
    NO_TOKEN = auto()
    """The bot's token is no longer accepted."""
    WAIT = auto()
    """Telegram says when to try again."""
    DOWN = auto()
    """It did not arrive, and Telegram is the reason."""
    UNSURE = auto()
    """It may have arrived."""
    REFUSED = auto()
    """Telegram will never take it."""


# Telegram's words, lower case: the API gives no codes finer than 400.
_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_CHAT = (
    "chat not found",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "channel_private",
    "chat_admin_required",
    "group chat was deactivated",
    "peer_id_invalid",
)


# In this order: BadRequest and TimedOut are NetworkErrors for python-telegram-bot. What is left of those is an answer
# of the 5xx kind.
_KINDS: tuple[tuple[type[TelegramError], Outcome], ...] = (
    (ChatMigrated, Outcome.MOVED),
    (InvalidToken, Outcome.NO_TOKEN),
    (Forbidden, Outcome.LOST),
    (BadRequest, Outcome.REFUSED),
    (RetryAfter, Outcome.WAIT),
    (UnreachedError, Outcome.DOWN),
    (TimedOut, Outcome.UNSURE),
    (UnansweredError, Outcome.UNSURE),
    (NetworkError, Outcome.DOWN),
)


def outcome_of(error: TelegramError) -> Outcome:
    outcome = next((known for kind, known in _KINDS if isinstance(error, kind)), Outcome.REFUSED)
    return _refusal(error.message.lower()) if outcome is Outcome.REFUSED else outcome


def _refusal(words: str) -> Outcome:
    if any(known in words for known in _TOPIC):
        return Outcome.TOPIC_LOST
    return Outcome.LOST if any(known in words for known in _CHAT) else Outcome.REFUSED
