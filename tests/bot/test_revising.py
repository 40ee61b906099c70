"""A change is looked at aside, in a real process, accepted once, and followed by every running copy."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.config import StartError, load_settings
from bot.curation import aside
from bot.curation.aside import AsideError
from bot.curation.builder import Builder
from bot.curation.opening import opened
from bot.curation.revising import KEPT, Revising
from bot.curation.work import Built, Place, Work
from bot.storage.bases import Accepted, StoredBases
from bot.storage.database import Database
from bot.storage.migrating import migrate
from facts.library import Library
from facts.verdict import outcome
from handlers.ports import Person
from handlers.revisions import Broken, Proposal, Refused, Same, Served, Step
from tests.facts.bases import FACTS, fact, small

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from facts.problems import Problem
    from handlers.revisions import Told

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIN = Person(1003, "Lin")
SECOND = "facts/second.yaml"
QUESTION = "how many lanterns hang there"
LANTERNS = fact(ask=f"{{en: [{QUESTION}], zh: [挂了多少灯笼]}}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    write(folder, small())
    return folder


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def asked(folder: Path, *questions: dict[str, object]) -> None:
    write(folder, {"eval/dev.jsonl": "\n".join(map(json.dumps, questions)).encode()})


class Copy:
    """A running copy of the bot: what it serves, and how it changes that."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.bases = StoredBases(database)

    async def start(self) -> Copy:
        with Builder(Place(self.folder, load_settings(None).cache)) as builder:
            served = await opened(self.folder, builder, self.bases, NOW)
            self.library = Library(served.read.base)
            self.revisions = Revising(Place(self.folder), self.library, self.bases, served.number)
            self.revisions.built(await served.read.matcher)
        return self

    async def follow(self) -> None:
        """Tick, and see what it set off through to its end."""
        await self.revisions.follow()
        if (task := self.revisions._following) is not None:
            await asyncio.wait([task])

    async def proposed(self) -> Proposal:
        review = await self.revisions.review_folder()
        assert isinstance(review, Proposal), review
        return review

    def facts(self) -> list[str]:
        return [each.id for each in self.library.base.facts]


@pytest.fixture
async def copy(folder: Path, database: Database) -> Copy:
    return await Copy(folder, database).start()


@pytest.fixture
async def lone(folder: Path, tmp_path: Path) -> AsyncIterator[Copy]:
    """A copy on SQLite alone, for what has nothing to do with the database."""
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    await migrate(database)
    yield await Copy(folder, database).start()
    await database.close()


async def test_a_change_is_served_only_once_it_is_accepted(copy: Copy, folder: Path) -> None:
    first = copy.facts()
    assert await copy.revisions.review_folder() == Same(1)
    write(folder, {SECOND: LANTERNS})
    proposal = await copy.proposed()
    assert [(each.how, each.id) for each in proposal.change.changes] == [("added", "second")]
    assert copy.facts() == first
    assert await copy.revisions.accept(proposal.key, LIN, NOW) == Served(2)
    assert copy.facts() == [*first, "second"]
    assert await copy.revisions.accept(proposal.key, LIN, NOW) is None
    assert await copy.revisions.number() == 2
    assert [(each.number, each.by) for each in await copy.revisions.versions(5)] == [(2, "Lin"), (1, "")]


async def test_of_two_changes_at_once_the_first_accepted_wins_and_the_other_starts_over(
    copy: Copy, folder: Path, database: Database
) -> None:
    other = await Copy(folder, database).start()
    write(folder, {SECOND: LANTERNS})
    here, there = await asyncio.gather(copy.proposed(), other.proposed())
    again = await copy.proposed()
    assert await copy.revisions.accept(here.key, LIN, NOW) == Served(2)
    assert await other.revisions.accept(there.key, LIN, NOW) is None
    assert await copy.revisions.accept(again.key, LIN, NOW) is None
    assert "second" not in other.facts()
    await other.follow()
    assert "second" in other.facts()
    assert await other.revisions.number() == 2
    assert await other.revisions.review_folder() == Same(2)


async def test_an_older_version_comes_back_even_if_it_answers_worse(copy: Copy, folder: Path) -> None:
    asked(folder, {"id": "1", "q": QUESTION, "lang": "en", "kind": "plain", "facts": []})
    write(folder, {SECOND: LANTERNS})
    refused = await copy.revisions.review_folder()
    assert isinstance(refused, Refused)
    [mistake] = refused.change.gone_wrong
    assert (mistake.question.q, [each.id for each in mistake.answered]) == (QUESTION, ["second"])
    assert (refused.change.asked, refused.change.wrong) == (1, (0, 1))
    (folder / "eval/dev.jsonl").unlink()
    await copy.revisions.accept((await copy.proposed()).key, LIN, NOW)
    back = await copy.revisions.review_version(1)
    assert isinstance(back, Proposal)
    assert back.restores == 1
    assert [(each.how, each.id) for each in back.change.changes] == [("removed", "second")]
    assert await copy.revisions.accept(back.key, LIN, NOW) == Served(3)
    assert "second" not in copy.facts()
    assert await copy.revisions.review_version(9) is None


async def test_what_does_not_check_names_every_problem_its_question_sets_included(lone: Copy, folder: Path) -> None:
    before = lone.facts()
    asked(folder, {"id": "1", "q": QUESTION, "lang": "en", "kind": "plain", "facts": ["gone"]}, {"q": 7})
    review = await lone.revisions.review_folder()
    assert isinstance(review, Broken)
    assert [(each.file, each.line) for each in review.problems] == [("eval/dev.jsonl", 1), ("eval/dev.jsonl", 2)]
    write(folder, {FACTS: b"- id: [\n", "topics.yaml": b"- id: [\n"})
    review = await lone.revisions.review_folder()
    assert isinstance(review, Broken)
    assert {each.file for each in review.problems} == {FACTS, "topics.yaml"}
    assert lone.facts() == before


async def test_what_is_served_is_asked_the_test_questions_once(
    lone: Copy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    build = aside.build

    async def noted(work: Work, told: Told) -> Built | tuple[Problem, ...]:
        given.append(len(work.known))
        return await build(work, told)

    monkeypatch.setattr(aside, "build", noted)
    asked(folder, {"id": "1", "q": "what else is there", "lang": "en", "kind": "plain", "facts": []})
    write(folder, {SECOND: LANTERNS})
    steps: list[Step] = []
    first = await lone.revisions.review_folder(steps.append)
    assert isinstance(first, Proposal)
    assert steps == [Step("checking"), Step("building", 0, 2), Step("asking", 1, 1)]
    again = await lone.proposed()
    assert again.change.before == first.change.before
    await lone.revisions.accept(again.key, LIN, NOW)
    write(folder, {SECOND: fact()})
    assert (await lone.proposed()).change.before == first.change.now
    assert given == [0, 1, 1]


async def test_a_proposal_can_be_dropped_and_only_the_newest_are_kept(lone: Copy, folder: Path) -> None:
    keys = []
    for number in range(KEPT + 1):
        write(folder, {SECOND: fact(label=f"{{en: Another {number}, zh: 另一条}}")})
        keys.append((await lone.proposed()).key)
    assert await lone.revisions.drop(keys[0]) is False
    assert await lone.revisions.drop(keys[1]) is True
    assert await lone.revisions.accept(keys[1], LIN, NOW) is None
    assert await lone.revisions.accept(keys[2], LIN, NOW) == Served(2)


async def test_a_start_serves_a_changed_folder_and_else_the_newest_accepted(copy: Copy, folder: Path) -> None:
    write(folder, {SECOND: LANTERNS})
    await copy.revisions.accept((await copy.proposed()).key, LIN, NOW)
    back = await copy.revisions.review_version(1)
    assert isinstance(back, Proposal)
    await copy.revisions.accept(back.key, LIN, NOW)
    await copy.start()
    assert ("second" in copy.facts(), await copy.revisions.number()) == (False, 3)
    write(folder, {SECOND: fact(label="{en: Anew, zh: 又一条}")})
    await copy.start()
    assert ("second" in copy.facts(), await copy.revisions.number()) == (True, 4)
    await copy.start()
    assert await copy.revisions.number() == 4


async def test_two_copies_that_start_at_once_accept_a_deploy_once(folder: Path, database: Database) -> None:
    copies = await asyncio.gather(*(Copy(folder, database).start() for _ in range(3)))
    for each in copies:
        await each.follow()
    assert [await each.revisions.number() for each in copies] == [1, 1, 1]
    assert await copies[0].bases.newest() == 1


async def test_a_broken_folder_never_stops_a_bot_that_has_a_good_version(copy: Copy, folder: Path) -> None:
    before = copy.facts()
    (folder / "topics.yaml").unlink()
    await copy.start()
    assert (copy.facts(), await copy.revisions.number()) == (before, 1)


async def test_without_a_good_version_a_broken_folder_is_named(folder: Path, database: Database) -> None:
    (folder / "topics.yaml").unlink()
    with pytest.raises(StartError, match=r"2 problems; the first: facts"):
        await Copy(folder, database).start()


async def test_a_version_that_does_not_check_any_more_gives_way_to_an_older_one(
    copy: Copy, folder: Path, database: Database
) -> None:
    await copy.bases.accept(Accepted({"source.yaml": b"[]"}, "00", "upload", NOW, LIN), 1)
    await copy.follow()
    assert (copy.facts(), await copy.revisions.number()) == (["the-article"], 2)
    await copy.follow()
    assert (await Copy(folder, database).start()).facts() == ["the-article"]


async def test_the_process_aside_tells_why_it_failed_and_ends_with_whoever_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AsideError, match="AttributeError"):
        await aside.build(Work(Place("no path")))  # type: ignore[arg-type]  # that is the failure
    monkeypatch.setattr(aside, "PATIENCE", 0.01)
    with pytest.raises(TimeoutError):
        await aside.build(Work(Place(folder)))


async def test_a_question_asked_in_vain_is_added_and_stays_whatever_becomes_of_the_folder(
    copy: Copy, folder: Path
) -> None:
    added = await copy.revisions.review_question(QUESTION, "en", "the-article")
    assert isinstance(added, Proposal)
    assert [(each.how, each.id) for each in added.change.changes] == [("asked", "the-article")]
    assert await copy.revisions.accept(added.key, LIN, NOW) == Served(2, "the-article")
    gap = await copy.revisions.review_question("挂了多少灯笼", "zh", None)
    assert isinstance(gap, Proposal)
    assert await copy.revisions.accept(gap.key, LIN, NOW) == Served(3, gap.change.changes[0].id)
    for lang, question in (("en", QUESTION), ("zh", "挂了多少灯笼")):
        assert outcome(copy.library.ask(question)) == ("answer" if lang == "en" else "not_in_source")
    assert await copy.revisions.review_folder() == Same(3)
    await copy.start()
    assert await copy.revisions.number() == 3
    write(folder, {SECOND: fact()})
    await copy.start()
    assert await copy.revisions.number() == 4
    assert outcome(copy.library.ask(QUESTION)) == "answer"
    assert outcome(copy.library.ask("挂了多少灯笼")) == "not_in_source"
    assert await copy.revisions.review_folder() == Same(4)


async def test_a_question_that_is_taken_or_of_no_fact_is_refused_with_its_place(lone: Copy) -> None:
    for question, entry in (("what does the article say", "the-article"), (QUESTION, "gone")):
        review = await lone.revisions.review_question(question, "en", entry)
        assert isinstance(review, Broken)
        assert {each.file for each in review.problems} == {"inbox.yaml"}
