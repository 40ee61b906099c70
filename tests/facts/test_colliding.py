"""Sample questions that find another entry than their own are found themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.colliding import CLEAR_LEAD, LEAST_LEAD, Collider
from facts.matching import Matcher
from tests.facts.clashing import HALVES
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import base, fact

if TYPE_CHECKING:
    from facts.model import FactBase


def collider(served: FactBase) -> Collider:
    return Collider(served, Matcher(served).ranked)


def test_a_question_that_finds_another_entry_word_for_word_is_a_clash() -> None:
    [clash] = collider(HALVES).clashes()
    assert (clash.entry.id, clash.line, clash.rival.id) == ("giants", "first half of the game", "halves")
    assert clash.met in HALVES.fact_by_id["halves"].ask.en
    assert clash.lead < LEAST_LEAD


def test_only_the_lines_that_are_wanted_are_looked_at() -> None:
    assert collider(HALVES).clashes(lambda line: "ferry" in line) == ()


def test_entries_that_differ_do_not_clash() -> None:
    assert collider(RIVERTOWN).clashes() == ()


def test_a_question_that_would_lead_elsewhere_if_it_were_not_there_is_near() -> None:
    told: list[tuple[int, int]] = []
    near = collider(HALVES).near(lambda done, total: told.append((done, total)))
    assert "first half of the game" in [each.line for each in near]
    assert all(each.lead <= -CLEAR_LEAD and each.entry is not each.rival for each in near)
    assert list(near) == sorted(near, key=lambda each: each.lead)
    lines = sum(len(each.ask.every) for each in HALVES.facts) + 2
    assert told == [(done, lines) for done in range(1, lines + 1)]


def test_a_base_of_one_entry_or_none_has_no_collisions() -> None:
    for served in (base([fact("only", ["how much is it", "what does it cost"])]), base([])):
        assert collider(served).clashes() == collider(served).near() == ()
