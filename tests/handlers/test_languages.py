import pytest

from handlers import languages
from handlers.ports import Person
from handlers.reply import Edit, Text, Toast
from tests.handlers.fakes import GROUP, PRIVATE, World, ask, tap
from tests.handlers.limits import read, said


@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
async def test_the_choice_is_kept_and_confirmed_in_the_chosen_language(town: World, chat: object) -> None:
    (part,) = await said(languages.choose, tap("zh", "en", chat=chat), town.services)  # type: ignore[arg-type]  # one of the two
    assert isinstance(part, Edit)
    assert part.html.startswith("<b>好，以后都说中文</b>")
    assert town.preferences.chosen == {getattr(chat, "id", 0): "zh"}
    await said(languages.choose, tap("zh", "zh", chat=chat), town.services)  # type: ignore[arg-type]  # as above
    assert town.acts.kinds == ([("language", "zh")] if chat == GROUP else [])


async def test_as_in_telegram_undoes_the_choice_and_says_so_in_the_persons_own_language(town: World) -> None:
    town.preferences.chosen[PRIVATE.id] = "zh"
    (part,) = await said(languages.choose, tap("auto", "zh"), town.services)
    assert isinstance(part, Edit)
    assert part.html.startswith("<b>From now on I'll speak your Telegram's language</b>")
    assert town.preferences.chosen == {}
    (part,) = await said(languages.choose, tap("auto", "en", person=Person(1, "梅", "zh-hans")), town.services)
    assert isinstance(part, Edit)
    assert "好，以后跟你的 Telegram 用同一种语言" in part.html


async def test_the_first_message_turns_into_the_other_language(town: World) -> None:
    edit, toast = await said(languages.choose, tap("zh:start", "en"), town.services)
    assert isinstance(edit, Edit)
    assert "堰城港口规划，问我就行" in edit.html
    assert toast == Toast("好，以后都说中文")
    assert town.preferences.chosen == {PRIVATE.id: "zh"}


async def test_language_offers_three_and_says_which_holds(town: World) -> None:
    (part,) = await said(languages.language, ask(), town.services)
    assert isinstance(part, Text)
    assert [[button.data for button in row] for row in part.buttons] == [["l:en", "l:zh"], ["l:auto"]]
    assert "as in your Telegram" in read(part.html)
    assert "A question is answered in its own language, whatever you choose." in read(part.html)
    town.preferences.chosen[PRIVATE.id] = "zh"
    (part,) = await said(languages.language, ask(lang="zh"), town.services)
    assert isinstance(part, Text)
    assert "现在是：中文。" in part.html


@pytest.mark.parametrize("data", ["", "fr", "zh:", "zh:start:x", "AUTO"])
async def test_a_forged_choice_changes_nothing(town: World, data: str) -> None:
    (part,) = await said(languages.choose, tap(data), town.services)
    assert isinstance(part, Toast)
    assert town.preferences.chosen == {}
