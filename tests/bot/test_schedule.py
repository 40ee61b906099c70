"""The fixed jobs: when they run, and what becomes of one that fails or is under way at the end."""

from __future__ import annotations

import asyncio

from bot.schedule import Job, running

LONG = 3600.0


def untold(what: str, error: Exception) -> None:
    raise AssertionError(what) from error


async def test_a_job_runs_at_once_where_that_is_wanted() -> None:
    ran = asyncio.Event()

    async def work() -> None:
        ran.set()

    async def early() -> None:
        raise AssertionError("this one is not wanted for an hour")

    async with running((Job("later", LONG, early), Job("now", LONG, work, at_once=True)), untold):
        await asyncio.wait_for(ran.wait(), 5)


async def test_a_job_that_fails_is_told_and_runs_again() -> None:
    runs, told = 0, list[str]()
    again = asyncio.Event()

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise RuntimeError("broken on purpose")
        again.set()

    async with running((Job("fragile", 0.01, work),), lambda what, error: told.append(f"{what}: {error}")):
        await asyncio.wait_for(again.wait(), 5)
    assert told == ["the job fragile failed: broken on purpose"]


async def test_no_two_jobs_run_at_a_time() -> None:
    under_way, most, runs = 0, 0, 0
    enough = asyncio.Event()

    async def work() -> None:
        nonlocal under_way, most, runs
        under_way, runs = under_way + 1, runs + 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        if runs >= 6:
            enough.set()

    async with running((Job("one", 0.01, work), Job("other", 0.01, work)), untold):
        await asyncio.wait_for(enough.wait(), 5)
    assert most == 1


async def test_the_end_waits_for_the_job_under_way() -> None:
    begun, done = asyncio.Event(), False

    async def work() -> None:
        nonlocal done
        begun.set()
        await asyncio.sleep(0.1)
        done = True

    async with running((Job("slow", LONG, work, at_once=True),), untold):
        await asyncio.wait_for(begun.wait(), 5)
    assert done


async def test_at_the_end_no_job_begins_that_waited_for_another() -> None:
    begun, goes_on, ran = asyncio.Event(), asyncio.Event(), []

    def job(name: str) -> Job:
        async def work() -> None:
            ran.append(name)
            begun.set()
            await goes_on.wait()

        return Job(name, LONG, work, at_once=True)

    async with running((job("one"), job("other")), untold):
        await asyncio.wait_for(begun.wait(), 5)
        await asyncio.sleep(0.05)  # the other one waits by now
        asyncio.get_running_loop().call_later(0.05, goes_on.set)
    await asyncio.sleep(0)
    assert len(ran) == 1
