import re
from dataclasses import replace
from random import Random

import pytest

from facts.loading import load
from facts.model import LANGS, Fact, FactBase, Lang
from facts.quiz import GAP, LEAST, MOST, Quiz, quiz
from facts.shipped import shipped
from tests.handlers.town import BASE, both


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(shipped())


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a game


def many(base: FactBase, lang: Lang) -> list[Quiz]:
    return [made for seed in range(300) if (made := quiz(base, lang, chance(seed)))]


@pytest.mark.parametrize("lang", LANGS)
def test_the_right_option_fills_the_gap_with_what_the_fact_says(base: FactBase, lang: Lang) -> None:
    made = many(base, lang)
    assert len({each.fact.id for each in made}) >= 8
    for each in made:
        assert each.question.count(GAP) == 1
        assert each.question.replace(GAP, each.options[each.right]) == each.fact.title.of(lang)
        assert LEAST <= len(set(each.options)) == len(each.options) <= MOST


@pytest.mark.parametrize("lang", LANGS)
def test_no_other_option_is_said_by_the_fact(base: FactBase, lang: Lang) -> None:
    for each in many(base, lang):
        said = each.question + each.fact.text.of(lang)
        assert not [option for at, option in enumerate(each.options) if at != each.right and option in said]


@pytest.mark.parametrize("lang", LANGS)
def test_a_doubtful_fact_is_never_asked_nor_lends_its_number(base: FactBase, lang: Lang) -> None:
    doubtful = [fact for fact in base.facts if fact.in_doubt or any(note.kind == "conflict" for note in fact.notes)]
    made = many(base, lang)
    assert doubtful
    assert not {each.fact.id for each in made} & {fact.id for fact in doubtful}


def test_the_explanation_is_the_fact_its_standing_and_its_evidence(base: FactBase) -> None:
    title, standing, evidence = many(base, "en")[0].explanation
    assert title
    assert "19 June 2022" in standing
    assert "para" in evidence


def test_the_same_chance_gives_the_same_question(base: FactBase) -> None:
    assert quiz(base, "en", chance(7)) == quiz(base, "en", chance(7))


@pytest.mark.parametrize("lang", LANGS)
def test_a_question_asks_for_no_item_of_a_list_nor_for_the_publisher_of_every_card(base: FactBase, lang: Lang) -> None:
    for each in many(base, lang):
        before, _, behind = each.question.partition(GAP)
        assert not behind.lstrip().startswith(("、", "和", "and "))
        assert not before.rstrip().endswith(("、", "和", " and"))
        assert each.options[each.right] not in base.source.publisher.of(lang)


@pytest.mark.parametrize("lang", LANGS)
def test_days_stand_beside_days_and_years_beside_years(base: FactBase, lang: Lang) -> None:
    """Nobody is to tell a day by its year, nor an amount by its unit."""
    for each in many(base, lang):
        if any(character.isdigit() for character in each.options[0]):
            left = {re.sub(r"[0-9][0-9,.]*", "#", option) for option in each.options}
            years = {tuple(re.findall(r"(?:19|20)[0-9]{2}", option)) for option in each.options}
            assert len(left) == 1, each
            assert left in ({"#"}, {"#年"}) or len(years) == 1, each


def test_the_right_number_is_neither_always_the_least_nor_the_most(base: FactBase) -> None:
    by_size = {
        sorted(each.options, key=lambda option: int(option[:4])).index(each.options[each.right])
        for each in many(base, "zh")
        if re.fullmatch("[0-9]{4}年", each.options[0])
    }
    assert by_size == set(range(MOST))


def test_a_base_with_too_little_to_choose_from_gives_none() -> None:
    bare = [fact for fact in BASE.facts if not re.search("[0-9]", fact.title.en)]
    assert bare
    assert quiz(replace(BASE, facts=tuple(bare)), "en", chance(1)) is None


def priced(number: int) -> Fact:
    fact, price = BASE.facts[0], f"{number} million yuan"
    title = both(f"Pier {'ABCDE'[number]} costs {price}", f"码头造价{number}00万元")
    return replace(fact, id=f"pier-{number}", title=title, related=())


def priced_base() -> FactBase:
    """Four piers, each with its price."""
    return replace(BASE, facts=tuple(priced(number) for number in range(1, 5)), gaps=())


@pytest.mark.parametrize("lang", LANGS)
def test_amounts_of_one_unit_stand_side_by_side(lang: Lang) -> None:
    made = quiz(priced_base(), lang, chance(3))
    assert made is not None
    assert len(made.options) == MOST
    assert all(option.endswith("yuan" if lang == "en" else "元") for option in made.options)
