"""The program from outside: exit codes, one clear line, an orderly stop. Each runs in a process of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config import ROOT
from bot.playground.faults import Fault
from bot.playground.server import LocalBotApi
from bot.storage.database import Database
from bot.storage.preferences import ChatKeys
from bot.storage.questions import StoredQuestions
from handlers.asked import Asked
from tests.delivery import ground

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from typing import IO, Any

TOKEN = LocalBotApi.token


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


async def bot(folder: Path, *arguments: str, to: int | IO[bytes] = asyncio.subprocess.PIPE, **settings: str) -> Process:
    names = ("PATH", "HOME", "SYSTEMROOT", "XDG_CACHE_HOME")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::RuntimeWarning", **settings}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=environment,
        stdout=to,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: Process) -> tuple[int, str, str]:
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out or b"").decode(), err.decode()


async def refused(folder: Path, *arguments: str, **settings: Any) -> str:
    """Run to the end, which must be a failure with one line; return the line."""
    code, out, err = await ended(await bot(folder, *arguments, **settings))
    assert code != 0
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    return err.strip()


async def until(process: Process, word: bytes) -> None:
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while word not in (line := await process.stderr.readline()):
            assert line, "it ended early"


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    assert "@BotFather" in await refused(tmp_path, "run")


async def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    assert "BOT_TIME_ZONE takes" in await refused(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_TIME_ZONE="Mars")


async def test_make_run_says_of_a_bad_setting_only_what_is_wrong_with_it(tmp_path: Path) -> None:
    ready = f"{sys.prefix}/.run"  # nothing is installed first
    process = await asyncio.create_subprocess_exec(
        *("make", "run", f"VENV={sys.prefix}", "-o", ready, "-C", str(ROOT), "--no-print-directory"),
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "BOT_TOKEN": TOKEN, "BOT_TIME_ZONE": "Mars"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    code, out, err = await ended(process)
    assert (code, out) == (2, "")
    assert err.startswith("The bot cannot start: BOT_TIME_ZONE takes ")


async def test_a_wrong_token_is_told_without_telling_it(tmp_path: Path, api: LocalBotApi) -> None:
    line = await refused(tmp_path, "run", BOT_TOKEN="123456:wrong-one", BOT_API_URL=api.url)
    assert "refuses BOT_TOKEN" in line
    assert "wrong-one" not in line


async def test_an_api_that_does_not_answer_is_named(tmp_path: Path) -> None:
    line = await refused(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1")
    assert "http://127.0.0.1:1" in line
    assert TOKEN not in line


async def test_what_speaks_no_http_is_told_in_one_short_line(tmp_path: Path) -> None:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n" + bytes(range(256)) * 20)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1") as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        line = await refused(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=url)
    assert f"no answer from the Bot API at {url}: " in line
    assert len(line) < 350


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, "<html>Welcome</html>"), (200, "[]"), (404, "<h1>Not Found</h1>\n" * 99), (404, ""), (502, "{"), (401, "")],
)
async def test_what_is_no_bot_api_is_told_apart_from_a_refused_token(tmp_path: Path, status: int, body: str) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        line = await refused(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=str(server.make_url("")))
    assert "is no Bot API" in line
    assert "<" not in line


async def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path, api: LocalBotApi) -> None:
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": api.url, "BOT_DATABASE_URL": f"sqlite:///{tmp_path}"}
    assert str(tmp_path) in await refused(tmp_path, "run", **settings)
    assert str(tmp_path) in await refused(tmp_path, "migrate", **settings)


async def test_a_file_that_is_no_database_is_told(tmp_path: Path, api: LocalBotApi) -> None:
    file = tmp_path / "notes.db"
    file.write_text("not a database at all, but long enough to look like one " * 20, encoding="utf-8")
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": api.url, "BOT_DATABASE_URL": f"sqlite:///{file}"}
    assert "not a database" in await refused(tmp_path, "run", **settings)


async def test_broken_facts_are_told_with_file_and_line(tmp_path: Path, api: LocalBotApi) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "source.yaml").write_text("title: [\n", encoding="utf-8")
    line = await refused(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=api.url, BOT_FACTS_DIR=str(facts))
    assert ".yaml:1: " in line


async def test_a_port_in_use_is_told(tmp_path: Path, api: LocalBotApi) -> None:
    told = await refused(tmp_path, "playground", "--port", str(api.port))
    assert f"port {api.port}" in told
    assert "make run PORT=" in told
    assert "port 99999" in await refused(tmp_path, "playground", "--port", "99999")


async def test_a_wrong_command_is_told() -> None:
    process = await bot(ROOT, "fly")
    code, _, err = await ended(process)
    assert code == 2
    assert "fly" in err


@pytest.mark.parametrize("chat", ["9" * 40, str(2**62), "many", "1e9"])
async def test_a_chat_that_cannot_be_is_told_in_one_line(tmp_path: Path, chat: str) -> None:
    code, _, err = await ended(await bot(tmp_path, "digest", "--now", chat))
    assert code == 2
    assert "a chat's id, like -1001234567890" in err.splitlines()[-1]


async def test_a_signal_while_it_connects_leaves_nothing_open(tmp_path: Path, api: LocalBotApi) -> None:
    api.wire.faults.add(Fault("getme", 1, "slow", seconds=20))
    process = await bot(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=api.url)
    await ground.until(lambda: not api.wire.faults._waiting)
    process.terminate()
    assert await ended(process) == (0, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
@pytest.mark.parametrize("arguments", [("migrate",), ("playground", "--port", "0")])
async def test_a_full_disk_is_told_in_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:  # noqa: ASYNC230 - it only stands for standard output
        code, _, err = await ended(await bot(tmp_path, *arguments, to=full, BOT_LOG_LEVEL="ERROR"))
    assert code == 1
    assert err == "the output could not be written: No space left on device\n"


async def test_migrate_brings_a_database_up_to_date(tmp_path: Path) -> None:
    for said in ("was brought up to date", "is up to date"):
        code, out, err = await ended(await bot(tmp_path, "migrate"))
        assert (code, err) == (0, "")
        assert said in out
    with closing(sqlite3.connect(tmp_path / "var" / "bot.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall()


async def test_the_inbox_is_told_a_line_a_question(tmp_path: Path) -> None:
    code, out, err = await ended(await bot(tmp_path, "inbox"))
    assert (code, err) == (0, "")
    assert out.startswith("Nobody asked in vain")
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'var' / 'bot.db'}")
    kept = StoredQuestions(database, ChatKeys(b"k"))
    asked = Asked(1, datetime(2026, 3, 2, tzinfo=UTC), "en", "how big is the moon", "not_meant")
    for each in (
        asked,
        replace(asked, text="月亮多大", entry="size"),
        replace(asked, text="in 1999", fate="not_in_source"),
    ):
        kept.note(each)
    await kept.tick()
    await database.close()
    code, out, err = await ended(await bot(tmp_path, "inbox"))
    assert (code, err) == (0, "")
    assert sorted(out.splitlines()[1:]) == [
        "    1       1  en    how big is the moon",
        "    1       1  en    in 1999   (told that it isn't in the article)",
        "    1       1  en    月亮多大   (not meant: size)",
    ]
    code, out, _ = await ended(await bot(tmp_path, "inbox", "--limit", "1"))
    assert (code, len(out.splitlines())) == (0, 2)


async def test_the_doctor_ends_with_one_where_something_keeps_the_bot_from_working(
    tmp_path: Path, api: LocalBotApi
) -> None:
    code, out, err = await ended(await bot(tmp_path, "doctor"))
    assert (code, err) == (1, "")
    assert out.count("BAD   token: BOT_TOKEN is not set") == 1
    assert re.search(r"\n\n1 BAD, \d to look at, \d ok · BAD: token( · to look at: [^\n]+)?\n$", out)
    code, out, err = await ended(await bot(tmp_path, "doctor", BOT_TOKEN=TOKEN, BOT_API_URL=api.url))
    assert (code, err) == (0, "")
    assert "ok    token: good" in out
    assert re.search(r"\n\n0 BAD, \d to look at, \d+ ok · to look at: [^\n]*command menus[^\n]*\n$", out)
    assert TOKEN not in out


async def test_the_report_is_told_on_an_empty_database_too(tmp_path: Path) -> None:
    code, out, err = await ended(await bot(tmp_path, "report"))
    assert (code, err) == (0, "")
    assert out.startswith("Last 30 days · questions: 0, people: 0\n\nScheduled posts, last 24 hours\nNone was due")
    assert out.endswith("Errors, last 30 days\nNone.\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_in_order(tmp_path: Path, api: LocalBotApi, number: signal.Signals) -> None:
    process = await bot(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=api.url)
    await until(process, b"ready")
    process.send_signal(number)
    code, _, err = await ended(process)
    assert (code, "Traceback" in err) == (0, False), err
    assert err.rstrip().endswith("bot.app stopping")
    assert TOKEN not in err


async def test_a_signal_stops_the_playground_too(tmp_path: Path) -> None:
    process = await bot(tmp_path, "playground", "--port", "0")
    assert process.stdout is not None
    await process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    code, _, err = await ended(process)
    assert (code, "Traceback" in err) == (0, False), err
