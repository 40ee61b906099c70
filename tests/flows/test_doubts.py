"""A doubt or contradiction travels with its figure wherever that goes, first and whole, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.facts.bases import fact, written
from tests.flows.sim import GROUP, MEI, TOM, Json, Sim, button

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running

MARK = "⚠️"
LONG = (
    "on another page the very same sum is printed with one more zero behind it, and nothing in all of that text tells"
)
NOTES = {
    "doubt": {"en": f"{LONG} which of them is right.", "zh": "另一页印的多了一个零，哪个对，文章没说。"},
    "conflict": {"en": f"{LONG} how that came about.", "zh": "另一页印的多了一个零，为什么会这样，文章没说。"},
}
LABELS = {"doubt": "Doubt: ", "conflict": "The article disagrees with itself: "}
SURE, UNSURE = ("Three", "Four", "Five"), ("doubt", "conflict")
QUIZZES = 8
"""Each would draw on what is in doubt with a chance of one in two, if anything did not keep it out."""


def pier(name: str, number: int, kind: str = "") -> bytes:
    """A fact that tells what a pier cost: in doubt, contradicted, or neither; drawn, and one of a series if it is."""
    price, there = f"{number}00 crowns", f"{number}00克朗"
    drawn = f"{{chart: piers, en: {price}, zh: {there}}}"
    note, notes = NOTES.get(kind), "[]"
    if note:
        left_open = "{kind: left-open, en: who built it., zh: 谁建的。}"
        notes = f"[{left_open}, {{kind: {kind}, en: '{note['en']}', zh: {note['zh']}}}]"
    return fact(
        id=f"pier-{name.lower()}",
        title=f"{{en: 'Pier {name} cost {price}', zh: '{name}号码头花了{there}'}}",
        label=f"{{en: Pier {name}, zh: '{name}号码头'}}",
        text="{en: The harbour paid for it., zh: 由港口出钱。}",
        evidence=f"[{{paragraph: 1, phrase: {price}}}]",
        ask=f"{{en: [what did pier {name} cost], zh: ['{name}号码头花了多少']}}",
        figures=f"[{{of: pier-{number}, value: {number}00, unit: crowns, drawn: {drawn}}}]",
        notes=notes,
        digest=str(bool(note)).lower(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = written(tmp_path / "base")
    source = folder / "source.yaml"
    charts = "charts: [{id: piers, title: {en: Piers, zh: 码头}}]\n"
    source.write_text(source.read_text(encoding="utf-8") + charts, encoding="utf-8")
    article = folder / "facts" / "article.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("digest: true", "digest: false"), encoding="utf-8")
    piers = [pier(kind.title(), number, kind) for number, kind in enumerate(UNSURE, 1)]
    piers += [pier(name, number) for number, name in enumerate(SURE, 3)]
    (folder / "facts" / "piers.yaml").write_bytes(b"".join(piers))
    return folder


@pytest.fixture(autouse=True)
async def _started(bot: Running, sim: Sim) -> None:
    for user in (TOM, MEI):
        await sim.post("start", user_id=user)
        await sim.heard(user)


def unfolded(message: Json) -> list[str]:
    """The lines that stand outside the folded quote."""
    said, marks = ("caption", "caption_entities") if "caption" in message else ("text", "entities")
    folded = [each["offset"] for each in message.get(marks, []) if each["type"] == "expandable_blockquote"]
    return str(message[said])[: folded[0] if folded else None].split("\n")


def told(kind: str) -> str:
    return LABELS[kind] + NOTES[kind]["en"]


def doubted(message: Json, kind: str) -> bool:
    """Whether the title bears the mark, and the doubt is the first of the notes, whole and unfolded."""
    lines = unfolded(message)
    return lines[0].startswith(f"{MARK} Pier {kind.title()}") and lines[2] == told(kind)


async def test_on_the_card_in_both_languages_and_under_a_deep_link(sim: Sim) -> None:
    for kind in UNSURE:
        assert doubted(await sim.ask(TOM, f"what did pier {kind} cost"), kind)
        await sim.post("start", user_id=TOM, payload=f"f_pier-{kind}")
        assert doubted(await sim.heard(TOM), kind)
        chinese = unfolded(await sim.ask(MEI, f"{kind}号码头花了多少"))
        assert chinese[0].startswith(MARK)
        assert NOTES[kind]["zh"] in chinese[2]


async def test_in_the_list_of_inline_results_whole_and_on_what_is_posted(sim: Sim) -> None:
    for kind in UNSURE:
        await sim.post("start", user_id=TOM, payload=f"f_pier-{kind}")
        shared = button(await sim.heard(TOM), "Share")["switch_inline_query"]
        query = (await sim.post("inline", user_id=TOM, query=shared))["inline_query_id"]
        result = (await sim.next("inline"))["results"][0]
        assert result["title"].startswith(f"{MARK} Pier {kind.title()}")
        assert result["description"].startswith(told(kind))
        await sim.post("choose", user_id=TOM, chat_id=GROUP, inline_query_id=query, result_id=result["id"])
        posted = await sim.next("message", lambda e: e["chat_id"] == GROUP and "via_bot" in e["message"])
        assert doubted(posted["message"], kind)


async def test_in_the_preview_and_the_posts_of_a_series(sim: Sim, bot: Running) -> None:
    assert doubted(await sim.ask(TOM, "/digest"), "doubt")
    await sim.tap(TOM, await sim.ask(TOM, "/subscribe"), "Turn on")
    await sim.edited(TOM)
    for kind in UNSURE:
        kept = await bot.services.subscriptions.get(TOM, None)
        assert kept is not None
        assert kept.next_due_at is not None
        await sim.post("clock", to=kept.next_due_at.isoformat())
        assert doubted(await sim.heard(TOM), kind)


async def test_under_the_chart_and_none_of_them_is_folded(sim: Sim) -> None:
    chart = await sim.ask(TOM, "/figures")
    lines = unfolded(chart)
    for kind in UNSURE:
        at = next(at for at, line in enumerate(lines) if line.startswith(f"{MARK} Pier {kind.title()}: "))
        assert lines[at + 1] == told(kind)
    assert "Pier Three: 300 crowns" in lines


async def test_a_quiz_is_never_made_of_it(sim: Sim) -> None:
    """Piers that cost what nobody doubts are asked after, those in doubt never, nor are they an option."""
    asked = set()
    for _ in range(QUIZZES):
        poll = (await sim.ask(TOM, "/quiz"))["poll"]
        assert not [kind for kind in UNSURE if kind.title() in poll["question"] or kind.title() in poll["explanation"]]
        asked.add(poll["question"])
        await sim.move_clock(1)
    assert len(asked) > 1
