"""The series of digests: which facts, in which order, and where a chat goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.digest import next_facts, series
from facts.loading import load_files
from tests.facts.bases import fact, small

if TYPE_CHECKING:
    from facts.model import FactBase

TOPICS = b"""\
- {id: later, title: {en: Later, zh: "\xe5\x90\x8e"}, order: 2}
- {id: article, title: {en: Article, zh: "\xe6\x96\x87"}, order: 1}
"""


def base(*second: bytes) -> FactBase:
    files = {f"facts/b{number}.yaml": content for number, content in enumerate(second)}
    return load_files(small() | {"topics.yaml": TOPICS} | files)


def named(ident: str, topic: str, digest: str = "true") -> bytes:
    return fact(id=ident, topic=topic, digest=digest, ask=f"{{en: [ask {ident}], zh: [问 {ident}]}}")


def ids(facts: tuple[object, ...]) -> list[str]:
    return [getattr(each, "id", "") for each in facts]


def test_topics_come_in_their_order_and_facts_as_the_files_have_them() -> None:
    whole = base(
        named("one", "later"), named("two", "article"), named("three", "later"), named("four", "later", "false")
    )
    assert ids(series(whole)) == ["the-article", "two", "one", "three"]


def test_a_chat_goes_on_after_what_it_was_sent() -> None:
    whole = base(named("one", "later"), named("two", "article"))
    assert ids(next_facts(whole, [])) == ["the-article"]
    assert ids(next_facts(whole, ["the-article"], 2)) == ["two", "one"]
    assert ids(next_facts(whole, {"the-article", "two", "gone"}, 5)) == ["one"]
    assert next_facts(whole, ["one", "two", "the-article"]) == ()
    assert next_facts(whole, [], -1) == ()


def test_a_fact_that_came_in_meanwhile_is_sent_too() -> None:
    assert ids(next_facts(base(named("new", "article")), ["the-article"])) == ["new"]
