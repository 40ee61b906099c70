import pytest

from facts.loading import Problem
from handlers import curating, uploads
from handlers.ports import Attached, Role
from handlers.reply import Document, Edit, Text, Toast
from handlers.revisions import Broken, Proposal
from handlers.uploads import place
from tests.handlers.fakes import World, ask, tap
from tests.handlers.limits import read, said
from tests.handlers.test_curating import AFTER, KEY, NOTHING

BROKEN = Broken((Problem.at("facts/a.yaml", 3, "missing-file"),))


async def sent(town: World, name: str, content: bytes = b"x", **more: object) -> Text:
    town.files.sent["F"] = content
    given = {"role": Role.CURATOR, "file": Attached("F", name, len(content))} | more
    (part,) = await said(uploads.take, ask(**given), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return part


def data(part: Text | Edit) -> list[str | None]:
    return [button.data for row in part.buttons for button in row]


async def test_the_files_are_offered_by_name_and_sent_by_tap(town: World) -> None:
    (shown,) = await said(uploads.facts, ask(), town.services)
    assert isinstance(shown, Text)
    assert [button.label for row in shown.buttons for button in row] == [
        "a.yaml", "gaps.yaml", "source.yaml", "All of them",
    ]  # fmt: skip
    assert await said(uploads.give, tap("0"), town.services) == (Document("a.yaml", b"a", "facts/a.yaml"),)
    every = await said(uploads.give, tap("all"), town.services)
    assert [part.name for part in every if isinstance(part, Document)] == ["a.yaml", "gaps.yaml", "source.yaml"]
    assert town.acts.kinds == [
        ("download", "facts/a.yaml"), ("download", "facts/a.yaml, gaps.yaml, source.yaml"),
    ]  # fmt: skip


@pytest.mark.parametrize("forged", ["", "3", "-1", "x", "9999", "facts/a.yaml"])
async def test_a_forged_or_old_button_sends_nothing(town: World, forged: str) -> None:
    (toast,) = await said(uploads.give, tap(forged), town.services)
    assert isinstance(toast, Toast)


async def test_a_file_that_comes_back_is_looked_at(town: World) -> None:
    town.revisions.review = Proposal(KEY, NOTHING, AFTER)
    shown = await sent(town, "a (1).yaml", b"new")
    assert town.revisions.uploads == {"facts/a.yaml": b"new"}
    assert data(shown) == [f"r:serve:{KEY}", f"r:leave:{KEY}"]
    assert town.acts.kinds == [("review", "upload facts/a.yaml")]


async def test_files_that_belong_together_are_looked_at_together(town: World) -> None:
    town.revisions.review = BROKEN
    assert data(await sent(town, "a.yaml")) == []
    shown = await sent(town, "names.yaml")
    assert read(shown.html).endswith("\n\nLooked at together with: facts/a.yaml")
    assert data(shown) == ["d:aside"]
    (edit,) = await said(uploads.give, tap("aside"), town.services)
    assert isinstance(edit, Edit)
    assert town.revisions.uploads == {}
    assert town.acts.kinds == [("broken", "upload facts/a.yaml"), ("broken", "upload names.yaml"), ("aside", "")]


async def test_what_is_left_takes_its_files_along(town: World) -> None:
    town.revisions.review = Proposal(KEY, NOTHING, AFTER)
    await sent(town, "a.yaml")
    shown = await sent(town, "names.yaml", lang="zh")
    assert read(shown.html).endswith("和这些一起看的：facts/a.yaml")
    assert data(shown) == [f"r:serve:{KEY}", f"r:leave:{KEY}"]
    await said(curating.decide, tap(f"leave:{KEY}"), town.services)
    assert town.revisions.uploads == {}


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("photo.png", b"x", "That's none of the facts' files"),
        ("", b"x", "That's none of the facts' files"),
        ("../source.yaml", b"x", "That's none of the facts' files"),
        ("事实.yaml", b"x", "That's none of the facts' files"),
        ("a.yaml", b"x" * (1024 * 1024 + 1), "That file is larger than 1024 KiB"),
    ],
)
async def test_what_cannot_be_one_of_the_facts_is_told_so(town: World, name: str, content: bytes, first: str) -> None:
    shown = await sent(town, name, content)
    assert read(shown.html).startswith(first + "\n")
    assert town.revisions.uploads == {}


async def test_a_file_that_is_gone_or_larger_than_told_is_asked_for_again(town: World) -> None:
    for file in (Attached("gone", "a.yaml", 1), Attached("F", "a.yaml", 0)):
        shown = await sent(town, "a.yaml", b"x" * (1024 * 1024 + 1), file=file)
        assert read(shown.html).startswith("I couldn't get that file from Telegram\n")
    assert town.revisions.uploads == {}


async def test_other_peoples_files_are_no_change_of_the_facts(town: World) -> None:
    shown = await sent(town, "a.yaml", role=Role.CHAT_ADMIN)
    assert read(shown.html).startswith("I read text only\n")
    shown = await sent(town, "a.yaml", role=Role.CHAT_ADMIN, text="who builds the harbour")
    assert "Weir Works" in read(shown.html)
    assert town.revisions.uploads == {}


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("gaps.yaml", "gaps.yaml"),
        ("inbox.yaml", "inbox.yaml"),
        ("a(2).yaml", "facts/a.yaml"),
        ("new_one-2.yaml", "facts/new_one-2.yaml"),
        ("a.yml", None),
        (".yaml", None),
        ("x/y.yaml", None),
        ("a.yaml\n", None),
    ],
)
def test_where_a_file_belongs_is_told_by_its_name(name: str, where: str | None) -> None:
    assert place(name, {"facts/a.yaml"}) == where
