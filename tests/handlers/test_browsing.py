from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facts.model import Topic
from handlers import browsing
from handlers.ports import Handler
from handlers.reply import Edit, Text, Toast
from tests.handlers.fakes import World, ask, tap, world
from tests.handlers.limits import read, said
from tests.handlers.town import BASE, COST, both


def many() -> World:
    """Fourteen topics; the first holds twenty facts."""
    topics = tuple(Topic(id=f"t{n}", title=both(f"Topic {n}", f"主题{n}"), order=n) for n in range(14))
    first = [replace(COST, id=f"f{n}", topic="t0") for n in range(20)]
    others = [replace(COST, id=f"g{n}", topic=f"t{n}") for n in range(1, 14)]
    return world(replace(BASE, topics=topics, facts=(*first, *others)))


def data(part: Text | Edit) -> list[list[str | None]]:
    return [[button.data for button in row] for row in part.buttons]


async def shown(handler: Handler, world: World, text: str) -> Edit:
    (part,) = await said(handler, tap(text), world.services)
    assert isinstance(part, Edit)
    return part


async def test_topics_that_have_facts_stand_one_a_row_in_their_order(town: World) -> None:
    (part,) = await said(browsing.topics, ask(lang="zh"), town.services)
    assert isinstance(part, Text)
    assert [[button.label for button in row] for row in part.buttons] == [["港口"], ["人物"]]
    assert read(part.html).endswith("2个主题，4条内容")


async def test_many_topics_are_paged_in_place() -> None:
    world = many()
    first = await shown(browsing.topics, world, "en:0")
    assert len(first.buttons) == 7
    assert data(first)[-1] == ["t:en:1"]
    second = await shown(browsing.topics, world, "en:1")
    assert data(second)[-1] == ["t:en:0", "t:en:2"]
    assert "page 2 of 3" in second.html
    assert len((await shown(browsing.topics, world, "en:2")).buttons) == 3


async def test_a_page_beyond_the_last_shows_the_last() -> None:
    assert "page 3 of 3" in (await shown(browsing.topics, many(), "en:999")).html


async def test_a_topic_shows_its_facts_and_the_way_back() -> None:
    first = await shown(browsing.topic, many(), "en:t0:0")
    assert data(first)[:4] == [[f"f:en:f{n}", f"f:en:f{n + 1}"] for n in (0, 2, 4, 6)]
    assert data(first)[4:] == [["tf:en:t0:1"], ["t:en:0"]]
    assert data(await shown(browsing.topic, many(), "en:t0:2"))[-2:] == [["tf:en:t0:1"], ["t:en:0"]]


async def test_a_list_asked_for_from_a_card_comes_as_a_message_of_its_own(town: World) -> None:
    for handler, text in ((browsing.topics, "en:0:new"), (browsing.topic, "en:harbour:0:new")):
        (part,) = await said(handler, tap(text), town.services)
        assert isinstance(part, Text)


async def test_a_fact_comes_as_its_card_with_related_facts_and_its_topic(town: World) -> None:
    (part,) = await said(browsing.fact, tap("zh:harbour-cost"), town.services)
    assert isinstance(part, Text)
    assert part.html.startswith("<b>建港要花700万克朗</b>")
    assert data(part) == [["f:zh:harbour-builder", "f:zh:harbour-opening"], ["tf:zh:harbour:0:new", None]]


async def test_a_fact_that_is_gone_is_told_over_the_chat(town: World) -> None:
    (part,) = await said(browsing.fact, tap("zh:removed", "en"), town.services)
    assert part == Toast("这条内容已经撤下了，再问我一次吧。")


@pytest.mark.parametrize("handler", [browsing.topics, browsing.topic, browsing.fact])
@given(rest=st.text(max_size=64) | st.from_regex(r"(en|zh):[a-z0-9-]{0,50}(:[0-9]{0,4})?(:new)?", fullmatch=True))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_forged_taps_never_break(town: World, handler: Handler, rest: str) -> None:
    assert await said(handler, tap(rest), town.services)


async def test_the_source_says_what_it_is_how_it_was_read_and_what_is_known(town: World) -> None:
    (part,) = await said(browsing.source, ask(), town.services)
    assert isinstance(part, Text)
    text = read(part.html)
    for told in (
        "A harbour for Weir\nWeir Post, 5 March 2021", "machine-translated from Chinese: that's what (MT) means",
        "Every printed block counts.", "4 facts", "leaves open: 1",
    ):  # fmt: skip
        assert told in text
    assert "Found a mistake?" not in text


async def test_the_source_names_a_contact_and_no_translation_where_so() -> None:
    source = replace(BASE.source, contact="desk@weir.example", machine_translated=False)
    (part,) = await said(browsing.source, ask(), world(replace(BASE, source=source)).services)
    assert isinstance(part, Text)
    assert "desk@weir.example" in part.html
    assert "machine-translated" not in part.html
