"""Quizzes as the local server plays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.playground.talking import MEI, TOM

if TYPE_CHECKING:
    from tests.playground.talking import Talk

ASKED: dict[str, object] = {
    "chat_id": TOM,
    "question": "How many?",
    "options": [{"text": "1"}, {"text": "2"}],
    "type": "quiz",
    "correct_option_ids": [1],
    "explanation": "Two.",
}


async def test_a_vote_counts_once_and_the_bot_is_told(met: Talk) -> None:
    sent = await met.call("sendPoll", **ASKED)
    await met.updates()
    where = {"chat_id": TOM, "message_id": sent["message_id"]}
    await met.sim("vote", user_id=TOM, option=0, **where)
    (update,) = await met.updates()
    assert [option["voter_count"] for option in update["poll"]["options"]] == [1, 0]
    assert update["poll"]["total_voter_count"] == 1
    assert "has voted" in await met.sim_refused("vote", user_id=TOM, option=1, **where)
    assert "somebody else" in await met.sim_refused("vote", user_id=MEI, option=1, **where)


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("at least 2", {"options": [{"text": "1"}]}),
        ("no more than 12", {"options": [{"text": str(n)} for n in range(13)]}),
        ("must be non-empty", {"options": [{"text": "1"}, {"text": " "}]}),
        ("must not exceed 100", {"options": [{"text": "1"}, {"text": "x" * 101}]}),
        ("question must be non-empty", {"question": " "}),
        ("must not exceed 300", {"question": "x" * 301}),
        ("wrong correct option", {"correct_option_ids": [2]}),
        ("too long", {"explanation": "x" * 201}),
        ("too long", {"explanation": "a\nb\nc\nd"}),
        ("can't initiate", {"chat_id": MEI}),
    ],
)
async def test_what_telegram_refuses_is_refused(met: Talk, words: str, changed: dict[str, object]) -> None:
    assert words in await met.refused("sendPoll", **ASKED | changed)
