"""What a killed process left in chats is mended at a start, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.faults import Fault, refusal
from bot.storage.unfinished import Left
from bot.telegram.mending import Mending
from bot.telegram.sending import Target
from handlers.reply import Text
from tests.bot.standing import LIN, LOST, FakeUnfinished, Told, api, sender, told, unfinished
from tests.delivery import ground

if TYPE_CHECKING:
    import pytest

    from bot.playground.server import LocalBotApi
    from bot.telegram.sending import Sender

__all__ = ["api", "sender", "told", "unfinished"]


async def test_what_an_earlier_life_left_is_mended_once_and_what_is_gone_or_out_of_reach_holds_up_no_other(
    api: LocalBotApi, sender: Sender, told: Told, unfinished: FakeUnfinished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sending.BACKOFF", (0.01,))
    away, here = [await sender.post(Text(text), Target(LIN)) for text in ("one", "two")]
    assert [await told.next() for _ in range(2)] == [("message", "one"), ("message", "two")]
    for message_id in (here + 100, away, here):
        await unfinished.note(Left(LIN, message_id, LOST))
    api.wire.faults.add(Fault("editmessagetext", 1, "error", refusal(400)))
    api.wire.faults.add(Fault("editmessagetext", 2, "error", refusal(502)))
    async with Mending(unfinished, sender).under_way():
        assert await told.next() == ("edit", "Lost")
        await ground.until(lambda: len(unfinished.rows) == 1)
    assert list(unfinished.rows) == [(LIN, away)]
    async with Mending(unfinished, sender).under_way():
        assert await told.next() == ("edit", "Lost")
        await ground.until(lambda: not unfinished.rows)
