"""What the database does not take is done again, for as long as it may take."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from bot.storage.patience import patiently

GONE = (OperationalError("SELECT", {}, Exception("gone")), ConnectionRefusedError("not yet there"))


class Work:
    """Done once it was tried more often than there are errors."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.failed: list[Exception] = []

    async def __call__(self) -> str:
        if self._errors:
            raise self._errors.pop(0)
        return "done"

    def note(self, _: str, error: Exception) -> None:
        self.failed.append(error)


async def test_it_is_done_once_the_database_is_back() -> None:
    work = Work(*GONE)
    assert await patiently(work, 60, work.note) == "done"
    assert work.failed == list(GONE)


async def test_who_has_no_patience_left_hears_of_the_error() -> None:
    work = Work(*GONE)
    with pytest.raises(OperationalError):
        await patiently(work, 0, work.note)
    assert work.failed == []


async def test_what_is_no_fault_of_the_database_is_not_done_again() -> None:
    work = Work(ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        await patiently(work, 60, work.note)
