"""HTML and Markdown in all that curators, and whoever names a chat, can write: shown as typed, never as markup."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from bot.delivery.request import deliver_now
from tests.facts.bases import written
from tests.flows.sim import BOT, LIN, TOM, WAIT, Json, Sim, labels

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from bot.playground.server import LocalBotApi

MARKUP = "<b>&amp;</b> *_[x](y)_* `<s>`"
SHORT = "<b>&lt;*_`"
CURATOR = 1004
"""The id of the first person that a server is given beside its own."""
BOTH = {"en": MARKUP, "zh": MARKUP}
FACT = {
    "id": "hostile",
    "topic": "article",
    "kind": "figure",
    "standing": "plan",
    "title": BOTH | {"en": f"Title {MARKUP}"},
    "label": {"en": SHORT, "zh": SHORT},
    "text": {"en": f"Text {MARKUP}: 20 km²", "zh": f"{MARKUP}：20平方公里"},
    "evidence": [{"paragraph": 1, "phrase": f"20 km² {MARKUP}"}],
    "ask": {"en": ["what is hostile", f"how is {MARKUP}"], "zh": ["什么有敌意"]},
    "figures": [
        {"of": "area", "value": 20, "unit": "km2", "drawn": {"chart": "areas", "en": "20 km²", "zh": "20平方公里"}}
    ],
    "about": ["hall"],
    "notes": [{"kind": "left-open", "en": f"note {MARKUP}", "zh": f"说明{MARKUP}"}],
    "digest": True,
}
DAY = FACT | {
    "id": "hostile-day",
    "kind": "date",
    "title": {"en": f"Day {SHORT}: 18 June 2022", "zh": f"{SHORT}：2022年6月18日"},
    "text": BOTH,
    "evidence": [{"paragraph": 1, "phrase": f"18 June 2022 {MARKUP}"}],
    "ask": {"en": ["which day is it"], "zh": ["是哪一天"]},
    "figures": [],
    "digest": False,
}
FILES = {
    "facts/hostile.yaml": [FACT, DAY],
    "topics.yaml": [{"id": "article", "title": {"en": f"T {SHORT}", "zh": SHORT}, "order": 1}],
    "names.yaml": [
        {"id": "hall", "kind": "place", "en": [f"Hall {SHORT}"], "zh": [f"厅{SHORT}"]},
        {"id": "nowhere", "kind": "place", "in_source": False, "en": ["Nowhere <i>&"], "zh": ["无处<i>&"]},
    ],
    "gaps.yaml": [
        {
            "id": "gap",
            "title": {"en": f"Gap {MARKUP}", "zh": f"空白{MARKUP}"},
            "text": BOTH | {"en": f"Told {MARKUP}"},
            "ask": {"en": ["what does the gap lack"], "zh": ["空白缺什么"]},
            "nearest": ["hostile"],
        }
    ],
    "smalltalk.yaml": [{"id": "thanks", "text": BOTH, "ask": {"en": ["thanks"], "zh": ["谢谢"]}}],
}
SOURCE = {
    "title": BOTH,
    "publisher": {"en": f"Publisher {MARKUP}", "zh": MARKUP},
    "subject": BOTH,
    "about": BOTH | {"en": f"About {MARKUP}"},
    "counting": BOTH | {"en": f"Counting {MARKUP}"},
    "contact": f"contact {MARKUP}",
    "examples": [{"ask": {"en": SHORT, "zh": SHORT}, "fact": "hostile"}],
    "charts": [{"id": "areas", "title": {"en": f"Areas {SHORT}", "zh": SHORT}}],
    "date": "2022-01-01",
    "language": "zh",
    "machine_translated": False,
    "paragraphs": 1,
    "floors": {"answered_wrong": 0.01, "answered_though_silent": 0.02},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = written(tmp_path / "base")
    for name, content in {**FILES, "source.yaml": SOURCE}.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    other = folder / "facts/article.yaml"  # posts are of the hostile one alone
    other.write_text(other.read_text(encoding="utf-8").replace("digest: true", "digest: false"), encoding="utf-8")
    return folder


@pytest.fixture
async def settings(settings: Settings, sim: Sim) -> Settings:
    """With a curator whose name is hostile, too."""
    made = await sim.post("user", first_name=MARKUP, language_code="en")
    assert made["user"]["id"] == CURATOR
    return settings.model_copy(update={"admin_ids": frozenset({LIN, CURATOR})})


async def text(sim: Sim, user: int, said: str) -> str:
    """What the bot answers; there is no markup in it but the bot's own."""
    heard = await sim.ask(user, said)
    assert {each["type"] for each in heard.get("entities", ())} <= {"bold", "expandable_blockquote"}
    return str(heard["text"])


async def reviewed(sim: Sim) -> Json:
    look = await sim.outcome(CURATOR)
    await sim.tap(CURATOR, look, "Serve it")
    assert "is served" in (await sim.decided(CURATOR))["text"]
    return look


async def test_markup_in_every_field_of_a_base_is_shown_as_typed(
    sim: Sim, api: LocalBotApi, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    await sim.post("start", user_id=LIN)
    await sim.post("start", user_id=CURATOR)
    async with running(settings, api.clock):
        await sim.post("start", user_id=TOM)
        start = await sim.next("message", lambda e: e["chat_id"] == TOM and MARKUP in e["message"].get("text", ""))
        assert SHORT in labels(start["message"])
        card = await text(sim, TOM, "what is hostile")
        for part in ("Title", "Text", "note", "Publisher", "20 km²"):
            assert f"{part} {MARKUP}" in card
        assert (await text(sim, TOM, f"how is {MARKUP}")).startswith(f"Title {MARKUP}\n")
        assert f"Gap {MARKUP}\nTold {MARKUP}\n" in await text(sim, TOM, "what does the gap lack")
        assert await text(sim, TOM, "thanks") == MARKUP
        assert (await text(sim, TOM, "how big is Nowhere <i>&")).startswith("Nowhere <i>& isn't mentioned")
        source = await text(sim, TOM, "/source")
        for part in (f"{MARKUP}\n", f"About {MARKUP}", f"Counting {MARKUP}", f"contact {MARKUP}"):
            assert part in source
        topics = await sim.ask(TOM, "/topics")
        await sim.tap(TOM, topics, f"T {SHORT}")
        opened = await sim.edited(TOM)
        assert opened["text"].startswith(f"T {SHORT}\n")
        assert SHORT in labels(opened)
        caption = (await sim.ask(TOM, "/figures"))["caption"]
        assert caption.splitlines()[-2:] == [f"Areas {SHORT}", f"{SHORT}: 20 km² · Plan"]
        assert f"18 June 2022\nDay {SHORT}: 18 June 2022 · Plan" in await text(sim, TOM, "/dates")
        poll = (await sim.ask(TOM, "/quiz"))["poll"]
        assert f"Day {SHORT}: ____" in poll["question"]
        assert poll["explanation"].startswith(f"Day {SHORT}: 18 June 2022\n")
        assert MARKUP in poll["explanation"]
        under = {"user_id": TOM, "chat_id": TOM, "caption": f"how is {MARKUP}"}
        for act, file in (("document", {"name": "a.txt", "content": "YQ=="}), ("media", {"kind": "photo"})):
            await sim.post(act, **under, **file)
            assert (await sim.heard(TOM))["text"].startswith(f"Title {MARKUP}\n")
        query = (await sim.post("inline", user_id=TOM, query="what is hostile"))["inline_query_id"]
        listed = await sim.next("inline", lambda e: e["inline_query_id"] == query)
        assert listed["results"][0]["message"]["text"] == card
        await sim.tap(TOM, await sim.ask(TOM, "/subscribe"), "Turn on")
        await sim.edited(TOM)
        assert (await deliver_now(settings, TOM, None)).sent
        assert (await sim.heard(TOM))["text"].startswith(f"Title {MARKUP}\nText {MARKUP}: 20 km²\n")
    assert caplog.records == []


async def test_markup_in_what_curators_write_and_in_their_and_their_channels_names_is_shown_as_typed(
    sim: Sim, api: LocalBotApi, settings: Settings, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    await sim.post("start", user_id=LIN)
    await sim.post("start", user_id=CURATOR)
    async with running(settings, api.clock):
        await sim.post("start", user_id=TOM)
        for user in (TOM, CURATOR):
            await sim.heard(user)
        facts = folder / "facts/hostile.yaml"
        changed = facts.read_text(encoding="utf-8").replace(f"note {MARKUP}", f"note <i>and</i> {MARKUP}")
        facts.write_text(changed, encoding="utf-8")
        await sim.say(CURATOR, "/reload")
        look = await reviewed(sim)
        cut = MARKUP.removesuffix(" `<s>`")
        assert f"“Left open: note {cut}…” → “Left open: note <i>and</i> {cut}…”" in look["text"]
        assert f"from the folder, {MARKUP}" in await text(sim, CURATOR, "/rollback")
        assert f"{MARKUP} served version 2" in await text(sim, CURATOR, "/acts")

        question = "how many <i>lanterns</i> & *lamps* hang"
        await sim.ask(TOM, question)
        async with asyncio.timeout(WAIT):
            while question not in (inbox := await sim.ask(CURATOR, "/inbox"))["text"]:
                pass
        await sim.tap(CURATOR, inbox, next(label for label in labels(inbox) if label.startswith("how many <i>")))
        opened = await sim.edited(CURATOR)
        assert question in opened["text"]
        wording = (
            f"No lanterns {MARKUP}\nNothing of <i>them</i> & *all*\n灯笼没写{MARKUP}\n文章只提到<i>灯会</i>，没有数字"
        )
        await sim.say(CURATOR, wording, reply_to=opened["message_id"])
        assert (await reviewed(sim))["text"].endswith(wording.replace("\n灯笼", "\n\n灯笼"))
        assert (await text(sim, TOM, question)).startswith(f"No lanterns {MARKUP}\nNothing of <i>them</i> & *all*\n")

        made = await sim.post("chat", kind="channel", title=MARKUP, user_id=CURATOR)
        channel = int(made["chat"]["id"])
        await sim.post("member", chat_id=channel, user_id=BOT, status="administrator", by=CURATOR)
        offer = await sim.heard(CURATOR)
        assert f"“{MARKUP}”" in offer["text"]
        await sim.tap(CURATOR, offer, "Turn on")
        assert f"“{MARKUP}”" in (await sim.edited(CURATOR))["text"]
        assert (await deliver_now(settings, channel, None)).sent
        assert MARKUP in await text(sim, CURATOR, "/acts")
    assert caplog.records == []
