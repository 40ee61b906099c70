"""Delivery in numbers: planning, pace, lateness, kills, restart, memory, time zones, and a picture. Prints tables."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from bot.playground.server import LocalBotApi
from tests.delivery import measuring, test_dst
from tests.delivery.killing import Killing, end_often
from tests.delivery.picture import FILE, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from tests.delivery.small_api import Limit

DATABASES = ("sqlite", "postgresql")
LIFE_POSTS = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many lives to end on each database")
    parser.add_argument("--seconds", type=float, default=60, help="how long each throughput is measured")
    parser.add_argument("--rounds", type=int, default=3, help="how often each time is taken")
    parser.add_argument("--only", choices=["planning", "pace", "late", "whole", "kills", "zones", "picture"])
    chosen = parser.parse_args([] if sys.argv[0].endswith("bench/__main__.py") else None)
    steps = {
        "planning": lambda: planning(chosen.rounds),
        "pace": lambda: pace(chosen.seconds, chosen.rounds),
        "late": lambda: late(chosen.rounds),
        "whole": lambda: whole(chosen.rounds),
        "kills": lambda: asyncio.run(kills(chosen.kills)),
        "zones": zones,
        "picture": draw,
    }
    for name, step in steps.items():
        if chosen.only in (None, name):
            step()


Told = dict[str, float]


def report(title: str, rows: Mapping[str, Callable[[], Coroutine[Any, Any, Told]]], rounds: int) -> None:
    """Print the median of each number, the least and the most, and how busy the machine was: rows in turn."""
    told: dict[str, list[Told]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, measure in rows.items():
            told[name].append(asyncio.run(measure()) | {"load of the machine": os.getloadavg()[0]})
    columns = list(next(iter(told.values()))[0])
    print(f"\n| {title}, {rounds} rounds | " + " | ".join(columns) + " |\n|" + " --- |" * (len(columns) + 1))
    for name, taken in told.items():
        cells = [sorted(one[column] for one in taken) for column in columns]
        spread = [f"{cell[len(cell) // 2]:.2f} ({cell[0]:.2f} to {cell[-1]:.2f})" for cell in cells]
        print(f"| {name} | " + " | ".join(spread) + " |", flush=True)


def planning(rounds: int) -> None:
    zones = measuring.full_hour_zones()
    kinds: dict[str, Sequence[str]] = {"alike": ("UTC",), f"in {len(zones)} zones on all sorts of weekdays": zones}
    rows = {
        f"{kind}, {what}": partial(measuring.planning, kind, some) for kind in DATABASES for what, some in kinds.items()
    }
    report("100,000 due rows", rows, rounds)


def pace(seconds: float, rounds: int) -> None:
    limits: tuple[Limit, ...] = ("bucket", "window")
    rows = {str(limit): partial(measuring.throughput, "sqlite", limit, seconds) for limit in limits}
    report("a Bot API that counts by", rows, rounds)


def late(rounds: int) -> None:
    report("lateness, empty queue", {kind: partial(measuring.lateness, kind) for kind in DATABASES}, rounds)


def whole(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as cache:
        run = partial(measuring.whole_process, cache=cache)
        asyncio.run(run(100))  # from here on a matcher is kept
        rows = {f"{count:,} posts due": partial(run, count) for count in (100, measuring.MANY)}
        rows["100 posts due, the facts changed"] = partial(run, 100, changed=True)
        report("`python -m bot run`", rows, rounds)


async def kills(times: int) -> None:
    print(
        "\n| kill -9 at random moments | kills | in mid-run | posts | lost | repeated |"
        "\n| --- | --- | --- | --- | --- | --- |"
    )
    for kind in DATABASES:
        totals = [0] * 5
        while totals[0] < times:
            share = min(75, times - totals[0])
            async with measuring.fresh(kind) as (database, url), LocalBotApi() as api:
                killing = await Killing.prepared(api, database, url, min(900, LIFE_POSTS * share))
                rng = Random(totals[0])  # noqa: S311 - repeatable chance, no secret
                toll = killing.toll
                in_time = await end_often(killing, share, signal.SIGKILL, rng)
                await killing.finish(300)
                came = toll(in_time)
            for place, number in enumerate((share, came.in_time, came.posts, came.lost, came.repeated)):
                totals[place] += number
        print(f"| {kind} | " + " | ".join(map(str, totals)) + " |", flush=True)


def zones() -> None:
    began = time.perf_counter()
    dates, hours = 0, (0, 1, 2, 3, 9, 23)
    for zone in sorted(available_timezones()):
        for hour in hours:
            test_dst.check(zone, hour, test_dst.START, test_dst.START + test_dst.DAY * 365 * test_dst.YEARS)
            dates += 365 * test_dst.YEARS
    count = len(available_timezones())
    print(f"\n{count} zones × {len(hours)} hours, every day of ten years: about {dates:,} posts, 0 missed, 0 double")
    print(f"({time.perf_counter() - began:.0f} s)")


def draw() -> None:
    began = time.perf_counter()
    told = picture(measuring.MANY)
    print(f"\n{len(told.sent):,} digests in {told.sent[-1] / 60:.1f} simulated minutes, {told.refused} refused and")
    print(f"{told.failed} failed attempts in a storm and an outage: {FILE.name} ({time.perf_counter() - began:.0f} s)")


if __name__ == "__main__":
    main()
