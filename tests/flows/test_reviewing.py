"""What a curator looks at before it is served: question sets, collisions, hostile words; and who serves it then."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from bot.playground.server import LocalBotApi
from tests.bot.conftest import database_url
from tests.facts.bases import fact, written
from tests.facts.clashing import HALVES
from tests.flows.conftest import settings_for
from tests.flows.sim import LIN, TOM, WAIT, Json, Sim, labels

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running
    from bot.config import Settings

__all__ = ["database_url"]

SERVE = "换上"
GAME = "first half of the game"
LANTERNS = fact(
    title="{en: Forty lanterns, zh: 四十盏灯笼}",
    label="{en: Lanterns, zh: 灯笼}",
    ask="{en: [how many lanterns are there, number of lanterns], zh: [有多少灯笼]}",
)


@pytest.fixture
def settings(api: LocalBotApi, folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """On PostgreSQL, too, where a test asks for it."""
    made = settings_for(api, folder, tmp_path)
    given = "database_url" in request.fixturenames
    return made.model_copy(update={"database_url": request.getfixturevalue("database_url")}) if given else made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


def put(folder: Path, name: str, content: bytes) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)


def of_halves(ident: str, title: str, asked: list[str]) -> bytes:
    return fact(
        id=ident,
        title=f"{{en: {title}, zh: {ident}一条}}",
        label=f"{{en: {ident}, zh: {ident[:6]}}}",
        ask=f"{{en: {json.dumps(asked)}, zh: [{ident}是什么]}}",
    )


def asked(folder: Path, *questions: tuple[str, list[str]]) -> None:
    lines = [
        json.dumps({"id": str(number), "q": text, "lang": "en", "kind": "plain", "facts": facts})
        for number, (text, facts) in enumerate(questions)
    ]
    put(folder, "eval/dev.jsonl", "\n".join(lines).encode())


async def started(sim: Sim) -> None:
    for user in (TOM, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)


async def served(sim: Sim, look: Json) -> str:
    await sim.tap(LIN, look, SERVE)
    return str((await sim.decided(LIN))["text"])


async def first_line(sim: Sim, question: str) -> str:
    return str((await sim.ask(TOM, question))["text"]).splitlines()[0]


async def test_a_reload_tells_collisions_and_how_the_question_sets_come_out_and_refuses_what_does_worse(
    sim: Sim, api: LocalBotApi, settings: Settings, folder: Path
) -> None:
    lines = {each.id: list(each.ask.en) for each in HALVES.facts}
    put(folder, "facts/halves.yaml", of_halves("halves", "Both halves", lines["halves"]))
    async with running(settings, api.clock):
        await started(sim)
        before = await first_line(sim, GAME)
        put(folder, "facts/giants.yaml", of_halves("giants", "The giants", lines["giants"]))
        asked(folder, (GAME, ["halves"]), ("who is the mayor", []))
        refused = await sim.reload()
        assert labels(refused) == []
        assert refused["text"].endswith(
            "\n\n2道测试题\n答对：1 → 0\n答错：0 → 1\n答案在选项里：0 → 0\n没找到，或者误说文章没写：1 → 1\n\n"
            "这些题原来没答错\n“first half of the game”：giants一条"
        )
        assert await first_line(sim, GAME) == before
        asked(folder, (lines["halves"][-2], ["halves"]), ("which giants lead", ["giants"]), ("who is the mayor", []))
        look = await sim.reload()
        assert look["text"].endswith(
            "\n\n新增\ngiants一条\n\n这些新问法会问到别的内容\n"
            "“first half of the game”：本来写给“giants一条”，问到的是“halves一条”\n\n"
            "2道测试题\n答对：1 → 1\n答错：0 → 0\n答案在选项里：0 → 0\n没找到，或者误说文章没写：1 → 1"
        )
        assert (await served(sim, look)).startswith("已换上版本2\n")
        assert await first_line(sim, "which giants lead") == "The giants"


@pytest.mark.usefixtures("bot")
async def test_a_number_that_was_changed_and_its_quote_not_is_told_before_it_is_served(sim: Sim, folder: Path) -> None:
    await started(sim)
    quoted = "[{paragraph: 1, phrase: 26 lanterns hang there}]"
    lanterns = {"label": "{en: Lanterns, zh: 灯笼}", "ask": "{en: [how many lanterns], zh: [有多少灯笼]}"}
    put(folder, "facts/second.yaml", fact(title="{en: 26 lanterns, zh: 26盏灯笼}", evidence=quoted, **lanterns))
    look = await sim.reload()
    assert "⚠️" not in look["text"]
    await served(sim, look)
    put(folder, "facts/second.yaml", fact(title="{en: 27 lanterns, zh: 27盏灯笼}", evidence=quoted, **lanterns))
    look = await sim.reload()
    assert (
        "\n\n⚠️ 引文里没有这些数，请核对\n27盏灯笼\n"
        "标题（英文）：27、标题（中文）：27\n引文：“26 lanterns hang there”\n\n"
    ) in look["text"]
    assert labels(look)[0] == SERVE
    assert (await served(sim, look)).startswith("已换上版本3\n")


@pytest.mark.usefixtures("database_url")
async def test_what_one_copy_accepts_another_on_the_same_database_serves_by_itself(
    sim: Sim, bot: Running, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    """The other copy speaks to people of its own, so that it is clear who answers."""
    await started(sim)
    async with LocalBotApi() as elsewhere, Sim(elsewhere.url) as others:
        its = settings_for(elsewhere, folder, tmp_path).model_copy(update={"database_url": settings.database_url})
        async with running(its, elsewhere.clock) as other:
            await others.post("start", user_id=TOM)
            await others.heard(TOM)
            assert "Forty lanterns" not in await first_line(others, "how many lanterns are there")
            put(folder, "facts/second.yaml", LANTERNS)
            look = await sim.reload()
            assert await first_line(sim, "how many lanterns are there") != "Forty lanterns"
            assert (await served(sim, look)).startswith("已换上版本2\n")
            assert await first_line(sim, "how many lanterns are there") == "Forty lanterns"
            async with asyncio.timeout(WAIT):
                while await first_line(others, "how many lanterns are there") != "Forty lanterns":
                    pass
            assert await other.services.revisions.number() == await bot.services.revisions.number() == 2


@pytest.mark.usefixtures("bot")
async def test_a_question_of_the_inbox_is_added_to_a_fact_which_then_answers_it(sim: Sim, folder: Path) -> None:
    await started(sim)
    put(folder, "facts/second.yaml", LANTERNS)
    await served(sim, await sim.reload())
    question = "how many lanterns hang in the harbour"
    assert "Forty lanterns" not in await first_line(sim, question)
    async with asyncio.timeout(WAIT):
        while question not in (inbox := await sim.ask(LIN, "/inbox"))["text"]:  # it is written within a second
            pass
    await sim.tap(LIN, inbox, next(label for label in labels(inbox) if label.startswith("how many lanterns")))
    opened = await sim.edited(LIN)
    await sim.tap(LIN, opened, "灯笼")
    look = await sim.outcome(LIN)
    assert f"\n\n四十盏灯笼\n问法（英文）：+ “{question}”\n" in look["text"]
    assert (await served(sim, look)).startswith("已换上版本3\n")
    assert await first_line(sim, question) == "Forty lanterns"
    assert question not in (await sim.ask(LIN, "/inbox"))["text"]
    (folder / "topics.yaml").touch()
    assert (await sim.reload())["text"].startswith("没有变化：版本3\n")  # a folder without an inbox keeps it
