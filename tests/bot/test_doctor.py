"""The doctor finds what is wrong, says how to mend it, and changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from telegram import (
    AcceptedGiftTypes,
    ChatFullInfo,
    ChatMember,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatPermissions,
    User,
)

from bot.config import Settings, load_settings
from bot.doctor import chats, here, there
from bot.pictures import fonts
from bot.playground.server import LocalBotApi
from bot.storage.database import Database
from bot.storage.migrating import migrate
from tests.facts.bases import fact, small

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.doctor.finding import Finding

LIN = 1003
ME = User(7000000001, "Facts", is_bot=True)


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalBotApi]:
    monkeypatch.setattr(there, "LISTEN", 1)
    async with LocalBotApi() as server:
        yield server


@pytest.fixture
def settings(api: LocalBotApi, tmp_path: Path) -> Settings:
    for name, content in small().items():
        (tmp_path / "base" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "base" / name).write_bytes(content)
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    given = {"token": SecretStr(api.token), "api_url": api.url, "facts_dir": tmp_path / "base", "database_url": url}
    return load_settings(None).model_copy(update=given | {"admin_ids": frozenset({LIN})})


async def told(settings: Settings) -> dict[str, Finding]:
    return {finding.subject: finding async for finding in there.examined(settings)}


async def test_a_healthy_bot_is_called_so(settings: Settings, api: LocalBotApi) -> None:
    api.world.people[LIN].started = True
    found = await told(settings)
    assert found.pop("command menus").mend == "a start of the bot sets them"
    assert [finding.line for finding in found.values() if finding.mend] == []
    assert found["token"].line == "ok    token: good: @chancheng_facts_bot"
    assert set(found) == {
        "token", "privacy mode", "groups", "inline mode", "webhook", "polling", f"curator {LIN}", "clock",
        "groups and channels",
    }  # fmt: skip


async def test_what_botfather_has_to_set_is_named(settings: Settings, api: LocalBotApi) -> None:
    api.world.privacy = False
    assert "/setprivacy" in (await told(settings))["privacy mode"].mend
    assert "/setinline" in there.inline(on=False).mend
    assert "/setjoingroups" in there.groups(allowed=False).mend


async def test_a_second_poller_is_noticed(settings: Settings, api: LocalBotApi) -> None:
    looking = asyncio.create_task(told(settings))
    await api.world.updates.polled.wait()
    await api.world.updates.poll(0, 1, 0)
    found = (await looking)["polling"]
    assert "somebody polls" in found.said
    assert "/revoke" in found.mend


ALL, NOBODY = ChatPermissions(can_send_messages=True), ChatPermissions(can_send_messages=False)


@pytest.mark.parametrize(
    ("kind", "everybody", "member", "said"),
    [
        ("supergroup", ALL, ChatMemberMember(ME), None),
        ("supergroup", NOBODY, ChatMemberMember(ME), "only administrators may write there"),
        ("group", NOBODY, ChatMemberOwner(ME, is_anonymous=False), None),
        ("group", ALL, ChatMemberLeft(ME), "it isn't a member any more"),
        ("channel", ALL, ChatMemberMember(ME), "it may not post there"),
    ],
)
def test_who_may_write_in_a_chat_is_read_from_its_permissions_and_the_bots_own_standing(
    kind: str, everybody: ChatPermissions, member: ChatMember, said: str | None
) -> None:
    chat = ChatFullInfo(-1, kind, 0, 11, AcceptedGiftTypes(*[False] * 5), permissions=everybody)
    assert [each for each, _ in chats._barred(chat, member)] == ([said] if said else [])


async def test_a_curator_who_never_started_is_named(settings: Settings) -> None:
    found = await told(settings.model_copy(update={"curator_ids": frozenset({987654})}))
    assert "press Start" in found["curator 987654"].mend


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"token": None}, "BOT_TOKEN is not set"),
        ({"token": SecretStr("123:wrong")}, "refuses it"),
        ({"api_url": "http://127.0.0.1:1"}, "no answer from http://127.0.0.1:1"),
    ],
)
async def test_without_a_good_token_nothing_else_is_looked_at(
    settings: Settings, change: dict[str, object], said: str
) -> None:
    [finding] = [finding async for finding in there.examined(settings.model_copy(update=change))]
    assert said in finding.said
    assert finding.fatal
    assert "wrong" not in finding.line


@pytest.mark.parametrize(("ahead", "said"), [(0, "right"), (-29, "right"), (90, "90 seconds fast"), (-90, "slow")])
def test_a_wrong_clock_is_told(ahead: float, said: str) -> None:
    assert said in there.clock(ahead).said


async def test_here_a_sound_installation_needs_nothing(settings: Settings, tmp_path: Path) -> None:
    database = await Database.open(settings.database_url)
    await migrate(database)
    await database.close()
    found = {finding.subject: finding async for finding in here.examined(settings)}
    assert set(found) == {"curators", "facts", "database", "time zones", "font"}
    assert [found[name].line for name in ("curators", "facts", "database", "time zones") if found[name].mend] == []
    assert "1 facts" in found["facts"].said


async def test_looking_makes_no_database(settings: Settings, tmp_path: Path) -> None:
    assert "is not there yet" in (await here.database(settings)).said
    assert not (tmp_path / "bot.db").exists()


async def test_a_database_that_is_behind_ahead_or_no_database_is_told(settings: Settings, tmp_path: Path) -> None:
    database = await Database.open(settings.database_url)
    await migrate(database)
    for number, mend in (("0001", "migrate"), ("9999", "update this one")):
        async with database.writing() as writing:
            await writing.execute(text(f"UPDATE alembic_version SET version_num = '{number}'"))  # noqa: S608 - ours
        assert mend in (await here.database(settings)).mend
    await database.close()
    (tmp_path / "notes.db").write_text("no database at all " * 100, encoding="utf-8")
    given = {"database_url": f"sqlite+aiosqlite:///{tmp_path / 'notes.db'}"}
    assert (await here.database(settings.model_copy(update=given))).fatal
    given = {"database_url": "postgresql+asyncpg://me:hunter2@127.0.0.1:1/none"}
    finding = await here.database(settings.model_copy(update=given))
    assert finding.fatal
    assert "hunter2" not in finding.line


def test_broken_facts_and_nobody_to_mend_them_are_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "base" / "topics.yaml").write_text("- id: [\n", encoding="utf-8")
    finding = here.facts(settings)
    assert finding.fatal
    assert "python -m facts check" in finding.mend
    for curators, missing in ((frozenset(), "/reload"), (frozenset({LIN}), "/stats")):
        finding = here.curators(settings.model_copy(update={"admin_ids": frozenset(), "curator_ids": curators}))
        assert (missing in finding.said, "BOT_ADMIN_IDS" in finding.mend) == (True, True)


def test_numbers_that_no_quote_gives_are_told(settings: Settings, tmp_path: Path) -> None:
    edited = fact(title="{en: 27 firms, zh: 27家}", evidence="[{paragraph: 1, phrase: 26 came}]")
    (tmp_path / "base" / "facts" / "second.yaml").write_bytes(edited)
    finding = here.facts(settings)
    assert "2 texts give numbers that their quotes don't" in finding.said
    assert "python -m facts check" in finding.mend
    assert not finding.fatal


async def test_a_font_is_tried_by_drawing_with_it(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"no font")
    finding = await here.font(settings.model_copy(update={"font": broken, "cache_dir": tmp_path}))
    assert f"{broken} cannot be read" in finding.said
    assert "fonts-noto-cjk" in finding.mend


async def test_without_a_font_it_says_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path,))
    finding = await here.font(settings.model_copy(update={"cache_dir": tmp_path}))
    assert finding.said == "there is none for Chinese, so people get /figures in words"
    assert "BOT_FONT" in finding.mend


def test_missing_time_zones_are_told() -> None:
    assert here.zones(1).fatal
