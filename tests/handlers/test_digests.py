from handlers import digests
from handlers.reply import Text
from tests.handlers.fakes import GROUP, PRIVATE, World, ask, world
from tests.handlers.limits import read, said
from tests.handlers.town import BASE, COST


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
        [("Read more", "https://t.me/chancheng_facts_bot?start=f_harbour-cost"), ("Post settings", "s:en:open")]
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
    assert read(part.html).startswith("That was the whole series: 3 posts\n")


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
    quiet = world(BASE.model_copy(update={"facts": (COST.model_copy(update={"digest": False}),)}))
    assert await said(digests.post, ask(), quiet.services) == ()
    assert "No posts are prepared yet" in (await previewed(quiet)).html


async def test_a_preview_is_marked_and_not_counted(town: World) -> None:
    part = await previewed(town)
    assert read(part.html).endswith("\nPreview: 1 of 3, from a 2021 article")
    assert part.facts == ()
    assert await previewed(town) == part
