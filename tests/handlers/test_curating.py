from facts.loading import Problem
from handlers import curating
from handlers.ports import Reloaded
from handlers.reply import Text
from tests.handlers.fakes import World, ask
from tests.handlers.limits import read, said
from tests.handlers.town import BASE


async def reloaded(town: World, lang: str = "en") -> str:
    (part,) = await said(curating.reload, ask(lang="en" if lang == "en" else "zh"), town.services)
    assert isinstance(part, Text)
    return read(part.html)


async def test_a_served_base_is_told_by_counts_and_its_short_version(town: World) -> None:
    town.curation.next_base = BASE.model_copy(update={"version": "fedcba9876543210", "facts": BASE.facts[1:]})
    town.curation.outcome = Reloaded(version="fedcba9876543210", removed=("harbour-cost",), changed=("mayor-view",))
    assert await reloaded(town) == "Served: version fedcba987654\n0 added, 1 removed, 1 changed; 3 facts now."


async def test_an_unchanged_base_is_called_so(town: World) -> None:
    town.curation.outcome = Reloaded(version=BASE.version)
    assert (await reloaded(town)).startswith("Nothing has changed: version 0123456789ab\n")
    assert (await reloaded(town, "zh")).startswith("没有变化：版本 0123456789ab\n")


async def test_problems_are_listed_with_place_and_mend_fifteen_at_most(town: World) -> None:
    problems = tuple(Problem.at("facts/a.yaml", n, "missing-file") for n in range(1, 21))
    town.curation.outcome = Reloaded(problems=problems)
    text = await reloaded(town)
    assert text.startswith("Not served: 20 to mend\nPeople still get the facts served before.\n\nfacts/a.yaml:1\n")
    assert problems[0].text("en") in text
    assert "facts/a.yaml:15\n" in text
    assert "facts/a.yaml:16" not in text
    assert text.endswith("\n\n+5 more")
    assert problems[0].text("zh") in await reloaded(town, "zh")


async def test_markup_in_a_problem_is_only_text(town: World) -> None:
    town.curation.outcome = Reloaded(problems=(Problem.at("<b>.yaml", 1, "missing-file"),))
    assert "<b>.yaml:1" in await reloaded(town)
