from dataclasses import replace
from datetime import timedelta

import pytest

from facts.model import Lang
from handlers import privacy
from handlers import subscriptions as on_panel
from handlers.ports import Role
from handlers.questions import answer
from handlers.reply import Edit, Text, Toast
from tests.handlers.fakes import GROUP, NOW, PRIVATE, TOM, World, ask, tap, world
from tests.handlers.limits import read, said
from tests.handlers.town import BASE


async def words(town: World, handler: object = privacy.privacy, **more: object) -> str:
    (part,) = await said(handler, ask(**more), town.services)  # type: ignore[arg-type]  # a handler, fields of Ask
    assert isinstance(part, Text)
    return read(part.html)


async def forgotten(town: World, lang: Lang = "en", role: Role = Role.EVERYONE) -> str:
    """Send /forget and confirm it."""
    (asked,) = await said(privacy.forget, ask(lang=lang, role=role), town.services)
    assert isinstance(asked, Text)
    [[yes, _]] = asked.buttons
    (edit,) = await said(privacy.erase, tap(str(yes.data).removeprefix("e:"), lang, role=role), town.services)
    assert isinstance(edit, Edit)
    assert edit.buttons == ()
    return read(edit.html)


async def test_the_policy_says_what_is_kept_what_not_and_how_to_erase(town: World) -> None:
    text = await words(town)
    for told in (
        "run me or keep my facts",
        "administrators of groups and channels",
        "keyed hash",
        "chat's id",
        "questions for 30 days",
        "/forget",
        "/unsubscribe",
        "telegram.org/privacy",
    ):
        assert told in text
    assert "Questions about this?" not in text
    for told in (
        "管理机器人、整理资料的人",
        "群和频道的管理员",
        "加密",
        "聊天编号",
        "你的问题留30天",
        "/forget",
        "/unsubscribe",
        "telegram.org/privacy",
    ):
        assert told in await words(town, lang="zh")


async def test_the_policy_names_whom_to_ask_where_the_source_does() -> None:
    source = replace(BASE.source, contact="desk@weir.example")
    assert (await words(world(replace(BASE, source=source)))).endswith("desk@weir.example")


@pytest.mark.parametrize(
    ("language", "posts", "questions", "first"),
    [
        (True, True, True, "Erased: the language you chose, your scheduled posts, your questions"),
        (True, False, False, "Erased: the language you chose"),
        (False, True, False, "Erased: your scheduled posts"),
        (False, False, True, "Erased: your questions"),
        (False, False, False, "There was nothing to erase"),
    ],
)
async def test_forget_erases_and_says_what(
    town: World, *, language: bool, posts: bool, questions: bool, first: str
) -> None:
    if language:
        town.preferences.chosen[PRIVATE.id] = "en"
    if posts:
        await said(on_panel.tap, tap("en:on"), town.services)
    if questions:
        await said(answer, ask("how many jobs"), town.services)
    assert (await forgotten(town)).startswith(first + "\n")
    assert (town.preferences.chosen, town.subscriptions.kept, town.questions.noted) == ({}, {}, [])
    assert (await forgotten(town)).startswith("There was nothing to erase")


@pytest.mark.parametrize(
    ("lang", "sure", "left"),
    [
        ("en", "Erase what I keep about you?\n", "Nothing was erased."),
        ("zh", "把我记下的你的信息都删掉？\n", "什么都没删。"),
    ],
)
async def test_nothing_is_erased_before_that_is_confirmed(town: World, lang: Lang, sure: str, left: str) -> None:
    town.preferences.chosen[PRIVATE.id] = "en"
    (asked,) = await said(privacy.forget, ask(lang=lang), town.services)
    assert isinstance(asked, Text)
    assert read(asked.html).startswith(sure)
    [[_, no]] = asked.buttons
    (edit,) = await said(privacy.erase, tap(str(no.data).removeprefix("e:"), lang), town.services)
    assert edit == Edit(left)
    assert town.preferences.chosen == {PRIVATE.id: "en"}


@pytest.mark.parametrize("minutes", [-60, 11, 60 * 24 * 365])
async def test_a_confirmation_of_long_ago_or_of_no_time_at_all_erases_nothing(town: World, minutes: int) -> None:
    town.preferences.chosen[PRIVATE.id] = "en"
    data = str(int((NOW - timedelta(minutes=minutes)).timestamp()))
    for forged in (data, "", "yes", "９" * 5, "9" * 10, "9" * 40, "no:1"):
        (edit,) = await said(privacy.erase, tap(forged), town.services)
        assert edit == Edit("You were asked too long ago, so nothing was erased. Send /forget again.")
    assert town.preferences.chosen == {PRIVATE.id: "en"}


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("en", "Erased: which posts elsewhere you set up (they go on)\n"),
        ("zh", "已删除：你在别处设过推送的记录（推送照常）\n"),
    ],
)
async def test_forget_erases_who_set_up_a_groups_posts_and_they_go_on(town: World, lang: Lang, first: str) -> None:
    await said(on_panel.tap, tap("en:on", chat=GROUP, role=Role.CHAT_ADMIN), town.services)
    assert (await forgotten(town, lang)).startswith(first)
    assert town.subscriptions.owners == {}
    assert (GROUP.id, None) in town.subscriptions.kept
    left = await forgotten(town, lang)
    assert town.services.texts[lang]("forget.acts") in left
    assert town.services.texts[lang]("forget.left") not in left


@pytest.mark.parametrize("role", [Role.CURATOR, Role.BOT_ADMIN])
async def test_whoever_keeps_the_facts_hears_that_what_they_did_stays(town: World, role: Role) -> None:
    assert await forgotten(town, role=role) == (
        "There was nothing to erase\n"
        "All I keep about you now: what you did as an administrator or curator (each entry for a year).\n"
        "The messages in this chat are Telegram's; you can delete them there."
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_one_may_have_no_questions_kept_and_change_that_again(town: World, lang: Lang) -> None:
    await said(answer, ask("how many jobs"), town.services)
    (shown,) = await said(privacy.privacy, ask(lang=lang), town.services)
    assert isinstance(shown, Text)
    [[unkeep]] = shown.buttons
    (edit,) = await said(privacy.choose, tap(str(unkeep.data).removeprefix("p:"), lang), town.services)
    assert isinstance(edit, Edit)
    assert (town.questions.noted, town.questions.unkept) == ([], {TOM.id})
    await said(answer, ask("how many jobs"), town.services)
    assert town.questions.noted == []
    assert town.services.texts[lang]("privacy.unkept_now") in await words(town, lang=lang)
    assert (await forgotten(town, lang)).count(town.services.texts[lang]("forget.wish")) == 1
    [[keep]] = edit.buttons
    await said(privacy.choose, tap(str(keep.data).removeprefix("p:"), lang), town.services)
    assert town.questions.unkept == set()


async def test_a_group_sees_the_policy_without_anybodys_choice(town: World) -> None:
    (shown,) = await said(privacy.privacy, ask(chat=GROUP), town.services)
    assert isinstance(shown, Text)
    assert shown.buttons == ()


async def test_a_forged_choice_changes_nothing(town: World) -> None:
    (toast,) = await said(privacy.choose, tap("all"), town.services)
    assert isinstance(toast, Toast)
    assert town.questions.unkept == set()
