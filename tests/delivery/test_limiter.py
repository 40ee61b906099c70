"""The limiter, in virtual time: against servers that count as Telegram says it does."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.telegram.limiter import Limiter, Turn, seconds
from tests.delivery.counting import Api, Bucket, HardWindow, digests, now, reply, worst
from tests.delivery.virtual import run


def test_a_token_bucket_is_used_to_the_full_without_one_refusal() -> None:
    async def trial() -> None:
        api = Api(Bucket().wait, jitter=0.03)
        await digests(Limiter(), api, list(range(1, 1801)))
        assert api.refused == []
        assert len(api.taken) / api.taken[-1][0] >= 29.7

    run(trial())


def test_after_a_standstill_what_is_late_comes_faster_but_in_no_burst() -> None:
    async def trial() -> None:
        api, limiter = Api(lambda _: 0.0), Limiter()
        running = asyncio.create_task(digests(limiter, api, list(range(1, 301))))
        await asyncio.sleep(3)
        limiter._all.paused_until = now() + 2
        await running
        after = [at for at, _, _ in api.taken if at >= 5]
        assert worst(api, 0.25) <= 18  # twice the pace, and what was prepared before
        assert 30 * 0.99 <= (len(after) - 1) / (after[-1] - after[0]) <= 33

    run(trial())


def test_a_hard_window_is_nearly_used_to_the_full_and_nothing_is_lost() -> None:
    async def trial() -> None:
        api = Api(HardWindow().wait, jitter=0.03)
        await digests(Limiter(), api, list(range(1, 7201)))
        assert {chat for _, chat, _ in api.taken} == set(range(1, 7201))
        assert len(api.taken) == 7200
        assert len(api.taken) / api.taken[-1][0] >= 27.5
        assert worst(api, 1.0) <= 30
        assert len(api.refused) <= 2  # the first ones tell how it counts


def test_a_hard_window_soon_refuses_no_more_however_uneven_the_way_is() -> None:
    async def trial() -> None:
        api = Api(HardWindow().wait, jitter=0.05, jam=0.25)
        await digests(Limiter(), api, list(range(1, 5001)))
        assert len(api.taken) == 5000
        assert all(at < 10 for at, _, _ in api.refused)

    run(trial())


def test_a_slow_database_costs_no_room_in_a_hard_window() -> None:
    async def trial() -> None:
        api = Api(HardWindow().wait, jitter=0.02)
        await digests(Limiter(), api, list(range(1, 5001)), preparing=0.2)
        assert len(api.taken) == 5000
        assert len(api.taken) / api.taken[-1][0] >= 27.5
        assert worst(api, 1.0) <= 30
        assert len(api.refused) <= 2  # the first ones tell how it counts

    run(trial())


def test_a_digest_that_is_ready_when_everything_has_to_wait_is_not_sent_but_comes_back() -> None:
    async def trial() -> None:
        api, limiter = Api(lambda _: 0.0), Limiter()
        await limiter.turn()
        turn = limiter.begin(1)
        assert isinstance(turn, Turn)
        limiter._all.paused_until = now() + 20
        with pytest.raises(RetryAfter) as told:
            await limiter.process_request(api.call, (1, "digest"), {}, "sendMessage", {"chat_id": 1}, turn)
        assert seconds(told.value) == 20
        assert api.taken == []
        assert isinstance(limiter.begin(1), Turn)  # the chat is free

    run(trial())


def test_a_digest_that_is_given_up_on_its_way_takes_no_room() -> None:
    async def trial() -> None:
        api, limiter = Api(lambda _: 0.0), Limiter(1)
        limiter._all.paused_until = now() + 2
        for _ in range(3):
            await limiter.turn()
            turn = limiter.begin(1)
            assert isinstance(turn, Turn)
            limiter._all.paused_until = now() + 2
            call = limiter.process_request(api.call, (1, "digest"), {}, "sendMessage", {"chat_id": 1}, turn)
            task = asyncio.create_task(call)
            await asyncio.sleep(1)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await reply(limiter, api, 1)
        assert api.taken[0][0] == pytest.approx(8.0)  # when the last pause ends, and no later

    run(trial())


@pytest.mark.parametrize(("chat", "minute"), [(5, 60), (-5, 20)])
def test_a_chat_gets_one_a_second_and_a_group_twenty_a_minute(chat: int, minute: int) -> None:
    async def trial() -> None:
        api = Api(HardWindow().wait, jitter=0.1)
        await asyncio.gather(*(reply(limiter, api, chat, number) for number in range(70)))
        assert api.refused == []
        assert [what for _, _, what in api.taken] == list(range(70))  # in the order in which they were said
        assert worst(api, 1.0) == 1
        assert minute - 8 <= worst(api, 60.0) <= minute

    limiter = Limiter()
    run(trial())


def test_people_go_ahead_of_digests_and_slow_nobody_elses_chat_down() -> None:
    async def trial() -> None:
        api = Api(Bucket().wait)
        limiter = Limiter()
        busy = asyncio.create_task(digests(limiter, api, list(range(1000, 4000))))
        await asyncio.sleep(10.001)
        asked = now()
        await asyncio.gather(*(reply(limiter, api, chat, "answer") for chat in range(1, 11)), reply(limiter, api, 1))
        answers = [at - asked for at, _, what in api.taken if what == "answer"]
        assert max(answers) < 0.7
        await busy
        assert len(api.taken) == 3011
        assert api.refused == []

    run(trial())


def test_a_refusal_is_obeyed_to_the_full_and_the_reply_still_arrives() -> None:
    async def trial() -> None:
        until = 40.0
        api = Api(lambda _: max(0.0, until - now()) if now() < until and now() >= 5 else 0.0)
        limiter = Limiter()
        await reply(limiter, api, 1)
        await asyncio.sleep(5 - now())
        await asyncio.gather(*(reply(limiter, api, chat) for chat in range(2, 40)))
        assert len(api.taken) == 39
        # Those under way at that moment are told the same; nobody else asks before the time has come.
        assert all(at == 5.0 for at, _, _ in api.refused)
        assert min(at for at, _, _ in api.taken[1:]) >= until

    run(trial())


def test_a_refusal_that_a_chat_brought_upon_itself_pauses_only_that_chat() -> None:
    async def trial() -> None:
        api = Api(lambda chat: 20.0 if chat == -5 and 1 <= now() < 21 else 0.0)
        limiter = Limiter()
        await reply(limiter, api, -5)
        await asyncio.sleep(1.5)
        waiting = asyncio.create_task(reply(limiter, api, -5))
        await asyncio.sleep(0.01)
        await asyncio.gather(*(reply(limiter, api, chat) for chat in range(1, 31)))
        assert now() < 3
        await waiting
        assert len(api.refused) == 1
        assert api.taken[-1][0] >= 21.5

    run(trial())


def test_a_storm_of_refusals_loses_nothing_and_ends() -> None:
    async def trial() -> None:
        rng = Random(7)  # noqa: S311 - as above
        api = Api(lambda _: float(rng.randint(1, 5)) if now() < 60 and rng.random() < 0.5 else 0.0, jitter=0.05)
        limiter = Limiter()
        people = [reply(limiter, api, chat, "answer") for chat in range(1, 51)]
        await asyncio.gather(digests(limiter, api, list(range(1000, 1400))), *people)
        assert Counter(what for _, _, what in api.taken) == {"answer": 50, "digest": 400}

    run(trial())


def test_typing_and_questions_to_telegram_are_not_held_up() -> None:
    async def trial() -> None:
        api, limiter = Api(lambda _: 0.0), Limiter()
        for endpoint in ("sendChatAction", "getChatMember", "answerCallbackQuery"):
            await asyncio.gather(*(reply(limiter, api, chat % 3, endpoint=endpoint) for chat in range(8)))
        assert now() == 0.0
        await asyncio.gather(*(reply(limiter, api, 1, endpoint="editMessageText") for _ in range(10)))
        assert now() < 0.5

    run(trial())


def test_other_errors_pass_and_free_the_chat() -> None:
    async def trial() -> None:
        async def fail() -> None:
            raise NetworkError("down")

        limiter = Limiter()
        for _ in range(3):
            with pytest.raises(NetworkError):
                await limiter.process_request(fail, (), {}, "sendMessage", {"chat_id": 1}, None)
        assert now() < 3

    run(trial())


def test_who_gives_up_waiting_holds_up_nobody() -> None:
    async def trial() -> None:
        api, limiter = Api(HardWindow().wait, jitter=0.01), Limiter()
        waiting = [asyncio.create_task(reply(limiter, api, 1, number)) for number in range(10)]
        await asyncio.sleep(0.5)
        for task in waiting[1:9]:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert [what for _, _, what in api.taken] == [0, 9]
        assert now() < 2.2

    run(trial())


def test_without_a_rate_only_the_servers_word_counts() -> None:
    async def trial() -> None:
        api, limiter = Api(lambda _: 7.0 if now() == 0.0 and len(api.taken) == 300 else 0.0), Limiter(0)
        await asyncio.gather(*(reply(limiter, api, 1) for _ in range(500)))
        assert len(api.taken) == 500
        assert 7.0 <= now() < 8.0

    run(trial())


def test_it_remembers_only_chats_that_it_must() -> None:
    async def trial() -> None:
        api, limiter = Api(lambda _: 0.0), Limiter(1000)
        for chat in range(1, 10_000):
            await reply(limiter, api, chat)
        assert len(limiter._chats) <= 4096 + 1

    run(trial())
