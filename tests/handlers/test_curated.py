"""Every message about the curated base, in both languages, within Telegram's and VOICE's limits."""

from dataclasses import replace

import pytest

from facts.digest import series
from facts.meaning import Told
from facts.model import LANGS, Lang
from facts.verdict import Candidate, NotInSource
from handlers import browsing, digests, questions, starting
from handlers.ports import Subscription
from handlers.reply import Text
from tests.handlers.fakes import GROUP, PRIVATE, World, ask, tap
from tests.handlers.limits import check, read, said


@pytest.mark.parametrize("lang", LANGS)
async def test_every_fact_and_topic_can_be_shown(chancheng: World, lang: Lang) -> None:
    base = chancheng.library.base
    for fact in base.facts:
        check((browsing.shown(fact, lang, chancheng.services),))
    for topic in base.topics:
        await said(browsing.topic, tap(f"{lang}:{topic.id}:0"), chancheng.services)
    await said(browsing.topics, ask(lang=lang), chancheng.services)
    await said(browsing.source, ask(lang=lang), chancheng.services)


@pytest.mark.parametrize("lang", LANGS)
def test_every_gap_can_be_shown(chancheng: World, lang: Lang) -> None:
    base = chancheng.library.base
    for gap in base.gaps:
        nearest = tuple(Candidate(base.fact_by_id[fact_id], 1.0) for fact_id in gap.nearest)
        html, buttons = questions._said(NotInSource(lang, gap=gap, facts=nearest), chancheng.services)
        check((Text(html, buttons),))


@pytest.mark.parametrize("lang", LANGS)
async def test_every_post_of_the_series_can_be_sent_then_it_closes(chancheng: World, lang: Lang) -> None:
    whole = series(chancheng.library.base)
    assert len(whole) >= 5
    posted = chancheng.subscriptions.facts[GROUP.id, None] = []
    for fact in whole:
        (part,) = await said(digests.post, ask(lang=lang, chat=GROUP), chancheng.services)
        assert isinstance(part, Text)
        assert part.facts == ((fact.id, Told.of(fact).kept()),)
        posted.append(fact.id)
    (part,) = await said(digests.post, ask(lang=lang, chat=GROUP), chancheng.services)
    assert isinstance(part, Text)
    assert part.facts == ()


@pytest.mark.parametrize("size", [1, 2, 3])
async def test_posts_of_any_size_fit_in_two_languages_with_their_evidence(chancheng: World, size: int) -> None:
    kept = Subscription(GROUP.id, 5, frozenset({0}), 9, "Asia/Shanghai", "both", None, size=size)
    chancheng.subscriptions.kept[GROUP.id, 5] = kept
    posted = chancheng.subscriptions.facts[GROUP.id, 5] = []
    at = ask(chat=replace(GROUP, thread=5))
    while True:
        (post,) = await said(digests.post, at, chancheng.services)
        assert isinstance(post, Text)
        if not post.facts:
            break
        assert post.html.count("<blockquote") == 2 * len(post.facts)
        posted += [fact for fact, _ in post.facts]
    assert len(posted) == len(series(chancheng.library.base))


@pytest.mark.parametrize("lang", LANGS)
async def test_every_example_of_start_finds_its_fact(chancheng: World, lang: Lang) -> None:
    base = chancheng.library.base
    await said(starting.start, ask(lang=lang), chancheng.services)
    for number, example in enumerate(base.source.examples):
        (part,) = await said(questions.example, tap(f"{number}:{lang}"), chancheng.services)
        assert isinstance(part, Text)
        assert base.fact_by_id[example.fact].title.of(lang) in read(part.html).splitlines()[0]


async def test_start_reads_exactly_as_voice_has_it(chancheng: World) -> None:
    (part,) = await said(starting.start, ask(chat=PRIVATE), chancheng.services)
    assert isinstance(part, Text)
    assert read(part.html).startswith(
        "Ask me about Chancheng's digital-economy plan\nI know one article: Foshan Daily, 19 June 2022."
    )
    assert [[button.label for button in row] for row in part.buttons] == [
        ["How much is the reward?"], ["Which companies signed?"], ["Topics", "中文"],
    ]  # fmt: skip
    (part,) = await said(starting.start, ask(lang="zh"), chancheng.services)
    assert isinstance(part, Text)
    assert read(part.html).startswith("禅城数字经济规划，问我就行\n我只懂一篇文章：《佛山日报》2022年6月19日的报道。")
    assert [[button.label for button in row] for row in part.buttons] == [
        ["最高能奖多少？"], ["哪些企业签约了？"], ["按主题看", "English"],
    ]  # fmt: skip
