import pytest

from handlers import privacy, subscriptions
from handlers.reply import Text
from tests.handlers.fakes import PRIVATE, World, ask, tap, world
from tests.handlers.limits import read, said
from tests.handlers.town import BASE


async def words(town: World, handler: object = privacy.privacy, **more: object) -> str:
    (part,) = await said(handler, ask(**more), town.services)  # type: ignore[arg-type]  # a handler, fields of Ask
    assert isinstance(part, Text)
    return read(part.html)


async def test_the_policy_says_what_is_kept_what_not_and_how_to_erase(town: World) -> None:
    text = await words(town)
    for told in ("keyed hash", "chat's id", "Your questions", "/forget", "/unsubscribe", "telegram.org/privacy"):
        assert told in text
    assert "Questions about this?" not in text
    for told in ("加密", "聊天编号", "你的问题", "/forget", "/unsubscribe", "telegram.org/privacy"):
        assert told in await words(town, lang="zh")


async def test_the_policy_names_whom_to_ask_where_the_source_does() -> None:
    source = BASE.source.model_copy(update={"contact": "desk@weir.example"})
    assert (await words(world(BASE.model_copy(update={"source": source})))).endswith("desk@weir.example")


@pytest.mark.parametrize(
    ("language", "posts", "first"),
    [
        (True, True, "Erased: your language and your scheduled posts"),
        (True, False, "Erased: the language you chose"),
        (False, True, "Erased: your scheduled posts"),
        (False, False, "There was nothing to erase"),
    ],
)
async def test_forget_erases_and_says_what(town: World, *, language: bool, posts: bool, first: str) -> None:
    if language:
        town.preferences.chosen[PRIVATE.id] = "en"
    if posts:
        await said(subscriptions.tap, tap("en:on"), town.services)
    assert (await words(town, privacy.forget)).startswith(first + "\n")
    assert (town.preferences.chosen, town.subscriptions.kept) == ({}, {})
    assert (await words(town, privacy.forget)).startswith("There was nothing to erase")
