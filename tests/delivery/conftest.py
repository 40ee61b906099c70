"""The databases of tests/bot, and the ground for engine tests."""

from __future__ import annotations

from tests.bot.conftest import database, database_url

__all__ = ["database", "database_url"]
