"""Delivery in numbers: planning, pace, lateness, kills, restart, memory, time zones, and a picture. Prints tables."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from random import Random
from zoneinfo import available_timezones

from bot.playground.server import LocalBotApi
from tests.delivery import measuring, test_dst
from tests.delivery.killing import Killing, end_often
from tests.delivery.picture import FILE, picture

DATABASES = ("sqlite", "postgresql")
LIFE_POSTS = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many lives to end on each database")
    parser.add_argument("--seconds", type=float, default=60, help="how long each throughput is measured")
    parser.add_argument("--only", choices=["planning", "pace", "whole", "kills", "zones", "picture"])
    chosen = parser.parse_args([] if sys.argv[0].endswith("bench/__main__.py") else None)
    steps = {
        "planning": lambda: asyncio.run(planning()),
        "pace": lambda: asyncio.run(pace(chosen.seconds)),
        "whole": lambda: asyncio.run(whole()),
        "kills": lambda: asyncio.run(kills(chosen.kills)),
        "zones": zones,
        "picture": draw,
    }
    for name, step in steps.items():
        if chosen.only in (None, name):
            step()


async def planning() -> None:
    zones = measuring.full_hour_zones()
    print("| 100,000 due rows | planned in, s | loop lag p99, ms | idle tick, ms |\n| --- | --- | --- | --- |")
    for kind in DATABASES:
        for what, chosen in (("alike", ("UTC",)), (f"{len(zones)} zones × weekdays", zones)):
            told = await measuring.planning(kind, chosen)
            print(f"| {kind}, {what} | {told['seconds']:.1f} | {told['lag']:.1f} | {told['idle']:.2f} |", flush=True)


async def pace(seconds: float) -> None:
    print(
        "\n| Bot API that counts by | arrived a second | refused (429) | most in a second |\n| --- | --- | --- | --- |"
    )
    for limit in ("bucket", "window"):
        told = await measuring.throughput("sqlite", "bucket" if limit == "bucket" else "window", seconds)
        print(f"| {limit} | {told['rate']:.2f} | {told['refused']:.0f} | {told['worst']:.0f} |", flush=True)
    print("\n| lateness, empty queue | p50, s | p99, s |\n| --- | --- | --- |")
    for kind in DATABASES:
        told = await measuring.lateness(kind)
        print(f"| {kind} | {told['p50']:.2f} | {told['p99']:.2f} |", flush=True)


async def whole() -> None:
    print("\n| `python -m bot run`, posts due | first sent after, s | resident MB |\n| --- | --- | --- |")
    for count in (100, measuring.MANY):
        told = await measuring.whole_process(count)
        print(f"| {count:,} | {told['first']:.2f} | {told['memory']:.0f} |", flush=True)


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
