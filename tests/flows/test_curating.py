"""A curator changes a file, looks at what that changes, and serves it; people see it then, or nothing of it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from tests.facts.bases import fact, small, written
from tests.flows.sim import LIN, TOM, Json, Sim, labels

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running
    from bot.config import Settings
    from bot.playground.server import LocalBotApi

QUESTION = "what does the article say"
SERVE, LEAVE = "换上", "先不换"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


async def start(sim: Sim) -> None:
    for user in (TOM, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)


async def answer(sim: Sim) -> str:
    return str((await sim.ask(TOM, QUESTION))["text"])


async def first_line(sim: Sim) -> str:
    return (await answer(sim)).splitlines()[0]


def change(folder: Path, old: str, new: str) -> None:
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
            return
    raise AssertionError(f"{old!r} is nowhere in the base")


async def decided(sim: Sim, look: Json, label: str) -> str:
    """Tap, and return what came of it."""
    await sim.tap(LIN, look, label)
    return str((await sim.decided(LIN))["text"])


@pytest.mark.usefixtures("bot")
async def test_a_changed_fact_is_shown_confirmed_served_and_brought_back(sim: Sim, folder: Path) -> None:
    await start(sim)
    before = await first_line(sim)
    change(folder, before, before + " again")
    look = await sim.reload()
    assert look["text"].startswith("请看一下：新增0条，删去0条，修改1条\n")
    assert f"\n\n事实本身\n标题（英文）：“{before}” → “{before} again”\n\n没有测试题" in look["text"]
    assert await first_line(sim) == before
    assert await decided(sim, look, LEAVE) == "没有换\n继续用版本1。"
    assert await first_line(sim) == before
    assert (await decided(sim, await sim.reload(), SERVE)).startswith("已换上版本2\n")
    assert await first_line(sim) == before + " again"
    versions = await sim.ask(LIN, "/rollback")
    assert "来自文件夹，Lin" in versions["text"]
    await sim.tap(LIN, versions, "版本1")
    assert (await decided(sim, await sim.outcome(LIN), SERVE)).startswith("已换上版本3\n")
    assert await first_line(sim) == before


@pytest.mark.usefixtures("bot")
async def test_a_broken_file_is_named_and_the_old_facts_stay(sim: Sim, folder: Path) -> None:
    await start(sim)
    before = await answer(sim)
    broken = min((folder / "facts").glob("*.yaml"))
    broken.write_text("- id: [\n", encoding="utf-8")
    refused = await sim.reload()
    assert broken.name in refused["text"]
    assert labels(refused) == []
    assert await answer(sim) == before


@pytest.mark.usefixtures("bot")
async def test_questions_are_answered_while_two_reloads_run_and_only_one_is_served(sim: Sim, folder: Path) -> None:
    await start(sim)
    before = await first_line(sim)
    change(folder, before, before + " again")
    for _ in range(2):
        await sim.say(LIN, "/reload")
    assert await first_line(sim) == before
    looks = [await sim.outcome(LIN), await sim.outcome(LIN)]
    assert (await decided(sim, looks[0], SERVE)).startswith("已换上版本2\n")
    assert await decided(sim, looks[1], SERVE) == "这个过期了：现在用的是版本2。请重新来一次。"
    assert await first_line(sim) == before + " again"


async def test_a_restart_keeps_what_was_accepted_whatever_became_of_the_folder(
    sim: Sim, api: LocalBotApi, settings: Settings, folder: Path
) -> None:
    async with running(settings, api.clock):
        await start(sim)
        before = await first_line(sim)
        change(folder, before, before + " again")
        look = await sim.reload()
        await decided(sim, look, SERVE)
        other = await sim.ask(LIN, "/rollback")
    (folder / "topics.yaml").unlink()
    async with running(settings, api.clock):
        assert await first_line(sim) == before + " again"
        await sim.forge(LIN, look, f"r:serve:1.{'0' * 16}")
        await sim.tap(LIN, other, "版本1")
        assert labels(await sim.outcome(LIN)) == [SERVE, LEAVE]


async def test_every_running_copy_follows(
    sim: Sim, bot: Running, api: LocalBotApi, settings: Settings, folder: Path
) -> None:
    await start(sim)
    before = await first_line(sim)
    change(folder, before, before + " again")
    async with running(settings, api.clock) as other:
        # A deploy is accepted by the copy that starts with it; the one that runs already follows.
        assert await other.services.revisions.number() == 2
    while await bot.services.revisions.number() < 2:
        await first_line(sim)
    assert await first_line(sim) == before + " again"


@pytest.mark.usefixtures("bot")
async def test_what_was_asked_in_vain_is_added_to_a_fact_by_two_taps(sim: Sim) -> None:
    await start(sim)
    asked = "how many lanterns hang in the harbour"
    assert "The fact itself" not in (await sim.ask(TOM, asked))["text"]
    await sim.ask(TOM, "what does the article say of lanterns")
    inbox = await sim.ask(LIN, "/inbox")
    while "lanterns" not in inbox["text"]:  # it is written within a second
        inbox = await sim.ask(LIN, "/inbox")
    await sim.tap(LIN, inbox, next(label for label in labels(inbox) if label.startswith("how many lanterns")))
    opened = await sim.edited(LIN)
    assert asked in opened["text"]
    await sim.tap(LIN, opened, "文章没写")
    assert (await decided(sim, await sim.outcome(LIN), SERVE)).startswith("已换上版本2\n")
    assert (await sim.ask(TOM, asked))["text"].startswith("“how many lanterns hang in the…”: the article doesn't say\n")
    assert "how many lanterns" not in (await sim.ask(LIN, "/inbox"))["text"]


@pytest.mark.usefixtures("bot")
async def test_a_curator_answers_a_question_that_no_gap_answered_in_their_own_words(sim: Sim) -> None:
    await start(sim)
    asked = "what does the article say of 2031"
    assert (await sim.ask(TOM, asked))["text"].startswith("The article doesn't give this for 2031\n")
    inbox = await sim.ask(LIN, "/inbox")
    while "2031" not in inbox["text"]:  # it is written within a second
        inbox = await sim.ask(LIN, "/inbox")
    await sim.tap(LIN, inbox, next(label for label in labels(inbox) if label.startswith("what does the article")))
    opened = await sim.edited(LIN)
    assert "得到的回答是“文章没写”" in opened["text"]
    own = "Nothing in the article is about 2031\nIt only mentions a lantern fair.\n2031年的事，文章没写\n只提到灯会。"
    await sim.say(LIN, own, reply_to=opened["message_id"])
    look = await sim.outcome(LIN)
    assert look["text"].startswith("请看一下：新增1条")
    assert look["text"].endswith("2031年的事，文章没写\n只提到灯会。")
    assert (await decided(sim, look, SERVE)).startswith("已换上版本2\n")
    told = (await sim.ask(TOM, asked))["text"]
    assert told.startswith("Nothing in the article is about 2031\nIt only mentions a lantern fair.\n")


@pytest.mark.usefixtures("bot")
async def test_a_person_who_wants_no_questions_kept_is_not_in_the_inbox(sim: Sim, bot: Running) -> None:
    await start(sim)
    policy = await sim.ask(TOM, "/privacy")
    await sim.tap(TOM, policy, "Keep no questions")
    assert (await sim.edited(TOM))["text"].startswith("From now on I keep none of your questions\n")
    await sim.ask(TOM, "how many lanterns hang in the harbour")
    await sim.ask(LIN, "港口里有多少只船")
    while not await bot.services.questions.in_vain(9):
        await sim.ask(TOM, "zzz")
    assert "lanterns" not in (await sim.ask(LIN, "/inbox"))["text"]
    assert (await sim.forgotten(LIN, "删掉")).startswith("已删除：你的问题\n")


async def upload(sim: Sim, name: str, content: bytes, user: int = LIN, **more: object) -> str:
    encoded = base64.b64encode(content).decode()
    await sim.post("document", user_id=user, chat_id=user, name=name, content=encoded, **more)
    heard = await sim.outcome(user)
    uploaded.update(heard)
    return str(heard["text"])


uploaded: Json = {}


@pytest.mark.usefixtures("bot")
async def test_a_file_is_handed_out_changed_sent_back_and_served_without_a_shell(sim: Sim, api: LocalBotApi) -> None:
    await start(sim)
    before = await first_line(sim)
    await sim.tap(LIN, await sim.ask(LIN, "/facts"), "article.yaml")
    document = (await sim.heard(LIN))["document"]
    assert document["file_name"] == "article.yaml"
    content = api.world.files.get(document["file_id"]).content
    assert content == small()["facts/article.yaml"]
    assert (await upload(sim, "article.yaml", b"- id: [\n")).startswith("没有换上：有")
    look = await upload(sim, "article (1).yaml", content.replace(before.encode(), before.encode() + b" again"))
    assert look.startswith("请看一下：新增0条，删去0条，修改1条")
    assert await first_line(sim) == before
    assert (await decided(sim, uploaded, SERVE)).startswith("已换上版本2\n")
    assert await first_line(sim) == before + " again"


@pytest.mark.usefixtures("bot")
async def test_two_files_that_need_each_other_are_served_together(sim: Sim) -> None:
    await start(sim)
    two = fact(about="[lantern-hall]")
    assert "lantern-hall" in await upload(sim, "two.yaml", two)
    names = b"- {id: lantern-hall, kind: place, en: [Lantern Hall], zh: [\xe7\x81\xaf\xe5\xba\x9c]}\n"
    look = await upload(sim, "names.yaml", names)
    assert look.startswith("请看一下：新增2条")
    assert "\n\n新增\n另一条事实\n名称：灯府\n" in look
    assert look.endswith("和这些一起看的：facts/two.yaml")
    assert (await decided(sim, uploaded, SERVE)).startswith("已换上版本2\n")


@pytest.mark.usefixtures("bot")
async def test_what_is_huge_binary_or_somebody_elses_is_refused_clearly(sim: Sim, bot: Running) -> None:
    await start(sim)
    assert (await upload(sim, "huge.yaml", b"- a\n", size=21 * 2**20)).startswith("文件超过1024 KiB\n")
    assert "UTF-8" in await upload(sim, "article.yaml", bytes(range(256)) * 40)
    assert (await upload(sim, "cat.jpg", b"\xff\xd8")).startswith("这不是资料里的文件\n")
    assert (await upload(sim, "compose.yaml", b"services: {web: {image: nginx}}\n")).startswith("没有换上")
    assert (await upload(sim, "article.yaml", b"[]\n", TOM)).startswith("I read text only\n")
    assert await bot.services.revisions.number() == 1
