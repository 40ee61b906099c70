from dataclasses import replace

import pytest

from facts.meaning import Change
from facts.model import Lang
from handlers import digests
from handlers.ports import PostLang, Subscription
from handlers.reply import Text
from tests.handlers.fakes import GROUP, PRIVATE, World, ask, world
from tests.handlers.limits import check, read, said
from tests.handlers.town import BASE, COST, MAYOR, OPENING


async def posted(town: World, **more: object) -> Text:
    (part,) = await said(digests.post, ask(person=None, **more), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return part


async def previewed(town: World, **more: object) -> Text:
    (part,) = await said(digests.preview, ask(**more), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return part


async def test_a_post_opens_with_the_fact_and_says_its_place_in_the_series(town: World) -> None:
    part = await posted(town, chat=GROUP)
    text = read(part.html)
    assert text.startswith("The harbour costs 7 million crowns\n")
    assert text.endswith("\n1 of 3, from a 2021 article")
    assert [posted.fact for posted in part.facts] == ["harbour-cost"]
    assert [[(button.label, button.data or button.url) for button in row] for row in part.buttons] == [
        [
            ("Read more", "https://t.me/chancheng_facts_bot?start=f_harbour-cost"),
            ("Post settings", "https://t.me/chancheng_facts_bot?start=s_-1001000000001_0"),
        ]
    ]


async def test_a_post_in_chinese_in_a_private_chat(town: World) -> None:
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost"]
    part = await posted(town, lang="zh")
    assert read(part.html).endswith("\n第2期，共3期 · 出自2021年的一篇报道")
    assert [[button.data for button in row] for row in part.buttons] == [["tf:zh:harbour:0:new", "s:zh:open"]]


async def test_after_the_last_post_comes_a_closing_one_without_a_fact(town: World) -> None:
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost", "harbour-builder", "harbour-opening"]
    part = await posted(town)
    assert part.facts == ()
    assert read(part.html).startswith("That was the whole series: 3 facts\n")


async def test_new_facts_join_a_series_and_removed_ones_drop_out(town: World) -> None:
    town.subscriptions.facts[PRIVATE.id, None] = ["gone-since", "harbour-builder"]
    part = await posted(town)
    assert [posted.fact for posted in part.facts] == ["harbour-cost"]
    assert "2 of 3" in part.html


async def test_a_doubt_travels_with_its_post(town: World) -> None:
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost", "harbour-builder"]
    html = (await posted(town)).html
    assert html.startswith("<b>⚠️ ")
    assert html.index("Doubt:") < html.index("<blockquote")


async def test_a_base_without_posts_sends_nothing_and_says_so_when_asked() -> None:
    quiet = world(replace(BASE, facts=(replace(COST, digest=False),)))
    assert await said(digests.post, ask(), quiet.services) == ()
    assert "No posts are prepared yet" in (await previewed(quiet)).html


async def test_a_preview_is_marked_and_not_counted(town: World) -> None:
    part = await previewed(town)
    assert read(part.html).endswith("\nPreview: 1 of 3, from a 2021 article")
    assert part.facts == ()
    assert await previewed(town) == part


KEPT = Subscription(GROUP.id, None, frozenset({0}), 9, "Asia/Shanghai", "en", None)


def subscribed(town: World, **settings: object) -> None:
    town.subscriptions.kept[GROUP.id, None] = replace(KEPT, **settings)  # type: ignore[arg-type]  # fields of Subscription


def send(town: World, part: Text) -> None:
    """Do what the engine does once a post was sent."""
    sent = [] if part.anew else town.subscriptions.facts.get((GROUP.id, None), [])
    town.subscriptions.facts[GROUP.id, None] = [*sent, *(fact for fact, _ in part.facts)]


async def test_in_two_languages_the_english_card_comes_first_in_one_message(town: World) -> None:
    subscribed(town, lang="both")
    part = await posted(town, chat=GROUP)
    text = read(part.html)
    assert text.index("1 of 3, from a 2021 article") < text.index("建港要花700万克朗") < text.index("第1期，共3期")
    assert [[button.label for button in row] for row in part.buttons] == [
        ["Read more", "看详情"], ["Post settings", "推送设置"],
    ]  # fmt: skip


async def test_a_post_holds_as_many_facts_as_wanted_of_one_topic() -> None:
    another = replace(MAYOR, id="another-view")
    facts = tuple(replace(fact, digest=True) for fact in (*BASE.facts, another))
    town = world(replace(BASE, facts=facts))
    subscribed(town, size=2)
    numbers, topics = [], {fact.id: fact.topic for fact in facts}
    for _ in range(3):
        part = await posted(town, chat=GROUP)
        assert len({topics[fact] for fact, _ in part.facts}) == 1
        numbers.append(read(part.html).splitlines()[-1].partition(",")[0])
        send(town, part)
    assert numbers == ["1–2 of 5", "3 of 5", "4–5 of 5"]


async def test_only_the_topics_wanted_are_posted_and_all_if_the_base_has_none_of_them() -> None:
    facts = tuple(replace(fact, digest=True) for fact in BASE.facts)
    town = world(replace(BASE, facts=facts))
    subscribed(town, topics=frozenset({"people"}))
    part = await posted(town, chat=GROUP)
    assert [fact for fact, _ in part.facts] == ["mayor-view"]
    assert "1 of 1" in part.html
    subscribed(town, topics=frozenset({"gone"}))
    assert "1 of 4" in (await posted(town, chat=GROUP)).html


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
async def test_a_repeated_series_begins_again_and_another_closes(town: World, lang: PostLang) -> None:
    subscribed(town, lang=lang, repeat=True, silent=True)
    for _ in range(3):
        send(town, await posted(town, chat=GROUP))
    part = await posted(town, chat=GROUP)
    assert part.anew
    assert part.silent
    assert [fact for fact, _ in part.facts] == ["harbour-cost"]
    subscribed(town, lang=lang, silent=True)
    closing = await posted(town, chat=GROUP)
    assert closing.facts == ()
    assert closing.silent
    assert len(closing.buttons[0]) == (2 if lang == "both" else 1)
    assert ("全部发完了" in closing.html) == (lang != "en")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "Corrected – The harbour costs 7 million crowns",
                "Changed: 6 million → 7 million",
                "Changed: View → Plan",
            ],
        ),
        ("zh", ["更正——建港要花700万克朗", "新增：堰城"]),
    ],
)
async def test_a_correction_replies_to_the_post_and_tells_what_has_changed(
    town: World, lang: Lang, lines: list[str]
) -> None:
    changes = {"en": (Change("6 million", "7 million"), Change("View", "Plan")), "zh": (Change("", "堰城"),)}
    text = digests.correction(COST, changes, 55, replace(KEPT, lang=lang, silent=True), town.services)  # type: ignore[arg-type]  # its keys are languages
    assert text is not None
    check((text,))
    read_lines = read(text.html).splitlines()
    assert read_lines[: len(lines)] == lines
    assert "Sorry: our earlier post" in read_lines[-1] or "抱歉" in read_lines[-1]
    assert (text.reply_to, text.silent, text.facts) == (55, True, ())


async def test_a_correction_speaks_the_languages_in_which_something_was_wrong(town: World) -> None:
    kept, gone = replace(KEPT, lang="both"), Change("Weir <Works>", "")
    both = digests.correction(OPENING, {"en": (gone,), "zh": (gone,)}, 55, kept, town.services)
    assert both is not None
    assert "No longer said: Weir <Works>" in read(both.html)
    assert "已删去：Weir <Works>" in read(both.html)
    one = digests.correction(OPENING, {"zh": (gone,)}, 55, kept, town.services)
    assert one is not None
    assert read(one.html).startswith("更正——⚠️ ")
    assert digests.correction(OPENING, {"zh": (gone,)}, 55, KEPT, town.services) is None
