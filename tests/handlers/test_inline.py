from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facts.model import Lang
from handlers import inline
from handlers.reply import Results
from tests.handlers.fakes import World, ask, world
from tests.handlers.limits import read, said


async def listed(at: World, query: str, lang: Lang = "en") -> Results:
    (part,) = await said(inline.results, ask(query, lang), at.services)
    assert isinstance(part, Results)
    return part


async def test_the_fact_that_answers_stands_first_and_is_posted_as_its_card_with_a_link(town: World) -> None:
    first = (await listed(town, "how much does the harbour cost")).items[0]
    assert first.title == "The harbour costs 7 million crowns"
    assert read(first.html).startswith(first.title)
    assert first.buttons[0][0].url == "https://t.me/chancheng_facts_bot?start=f_harbour-cost"


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_the_title_of_a_fact_finds_it_as_sharing_types_it(town: World, lang: Lang) -> None:
    for fact in town.library.base.facts:
        assert (await listed(town, fact.title.of(lang), lang)).items[0].id == f"f-{fact.id}"


async def test_a_doubt_travels_into_the_list(town: World) -> None:
    first = (await listed(town, "when does the harbour open")).items[0]
    assert first.title.startswith("⚠️ ")
    assert first.description.startswith("Doubt: elsewhere")


async def test_a_chinese_description_has_no_gaps_between_its_sentences(town: World) -> None:
    title = town.library.base.fact_by_id["harbour-opening"].title.zh
    description = (await listed(town, title, "zh")).items[0].description
    assert description.startswith("疑点：另一处印的是2042年。")
    assert len(description) > len("疑点：另一处印的是2042年。")
    assert " " not in description


async def test_what_the_article_leaves_out_is_said_first(town: World) -> None:
    assert (await listed(town, "how many jobs will there be")).items[0].title.endswith("the article doesn't say")
    absent = await listed(town, "how much does the harbour of Brim cost")
    assert absent.items[0].title == "Brim isn't mentioned in the article"


async def test_nothing_found_lists_nothing_and_leads_to_the_private_chat(town: World) -> None:
    part = await listed(town, "2000 2001")
    assert part.items == ()
    assert "didn't find" in part.privately


@pytest.mark.parametrize("query", ["", "  ", "thanks"])
async def test_before_a_question_the_examples_and_the_topics_are_offered(town: World, query: str) -> None:
    ids = [item.id for item in (await listed(town, query)).items]
    assert ids[:3] == ["f-harbour-cost", "f-harbour-builder", "f-mayor-view"]


async def test_only_what_depends_on_the_person_is_kept_for_the_person(town: World) -> None:
    clear = await listed(town, "how much does the harbour cost", "zh")
    assert clear.items[0].title.startswith("The harbour")
    assert not clear.personal
    unclear = await listed(town, "", "zh")
    assert unclear.personal
    assert unclear.items[0].title == "建港要花700万克朗"


async def test_a_question_in_either_script_is_the_same_for_everybody_and_one_in_both_is_not(town: World) -> None:
    assert not (await listed(town, "建港要花多少钱")).personal
    assert not (await listed(town, "建港要花多少錢")).personal
    assert (await listed(town, "建港的金")).personal


async def test_no_more_than_ten_are_listed(town: World) -> None:
    base = town.library.base
    topics = tuple(replace(base.topics[0], id=f"t-{n}") for n in range(20))
    topics += base.topics
    facts = tuple(replace(base.facts[0], id=f"f-{n}", topic=f"t-{n}", related=()) for n in range(20))
    many = replace(base, topics=topics, facts=(*base.facts, *facts))
    assert len((await listed(world(many), "")).items) == inline.MOST


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_typed_gets_a_sound_list(town: World, query: str) -> None:
    await listed(town, query)
