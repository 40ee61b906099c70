from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import subscriptions
from handlers.ports import Chat, Role, Subscription
from handlers.reply import Edit, Text, Toast
from tests.handlers.fakes import GROUP, PRIVATE, World, ask, tap
from tests.handlers.limits import read, said

TOPIC = Chat(GROUP.id, "supergroup", "Readers", thread=7)


async def opened(town: World, **more: object) -> Text:
    (part,) = await said(subscriptions.subscribe, ask(**more), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return part


async def tapped(town: World, data: str, chat: Chat = PRIVATE) -> tuple[Edit, str]:
    """The edited panel and the toast, if any."""
    edit, *rest = await said(subscriptions.tap, tap(data, chat=chat, role=Role.CHAT_ADMIN), town.services)
    assert isinstance(edit, Edit)
    return edit, "".join(part.text for part in rest if isinstance(part, Toast))


def labels(part: Text | Edit) -> list[list[str]]:
    return [[button.label for button in row] for row in part.buttons]


def data_of(part: Text | Edit, label: str) -> str:
    (found,) = (button.data for row in part.buttons for button in row if button.label.removeprefix("✓ ") == label)
    assert found
    assert found.startswith("s:")
    return found.removeprefix("s:")


async def test_the_panel_proposes_mondays_at_nine_and_keeps_nothing_yet(town: World) -> None:
    part = await opened(town)
    assert read(part.html) == (
        "Scheduled posts are off here\nEvery Monday at 09:00, in English\n"
        "Turn them on, and the first comes Mon 23 Nov, 09:00 (Asia/Shanghai)\n"
        "One fact a post, 3 in the series; 0 posted so far."
    )
    assert labels(part) == [["Monday", "09:00"], ["In English", "Turn on"]]
    assert town.subscriptions.kept == {}


async def test_the_panel_in_chinese(town: World) -> None:
    part = await opened(town, lang="zh")
    assert read(part.html) == (
        "这里没开定时推送\n每周一 09:00，用中文\n打开后，第一次推送：11月23日周一 09:00（Asia/Shanghai）\n"
        "每期一条内容，共3期，已发0期。"
    )
    assert labels(part) == [["周一", "09:00"], ["用中文", "打开推送"]]


@pytest.mark.parametrize("chat", [PRIVATE, GROUP, TOPIC])
async def test_turning_on_keeps_the_plan_and_tells_when_the_next_post_comes(town: World, chat: Chat) -> None:
    edit, toast = await tapped(town, data_of(await opened(town, chat=chat), "Turn on"), chat)
    assert toast == "Saved. Next post: Mon 23 Nov, 09:00 (Asia/Shanghai)"
    assert read(edit.html).startswith("Scheduled posts are on\n")
    assert labels(edit)[-1] == ["In English", "Turn off"]
    due = datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert list(town.subscriptions.kept.values()) == [
        Subscription(chat.id, chat.thread, frozenset({0}), 9, "Asia/Shanghai", "en", due)
    ]


async def test_day_hour_and_language_are_chosen_by_buttons(town: World) -> None:
    edit, _ = await tapped(town, data_of(await opened(town), "Monday"))
    assert labels(edit) == [
        ["Every day"], ["✓ Monday", "Tuesday"], ["Wednesday", "Thursday"], ["Friday", "Saturday"], ["Sunday"],
    ]  # fmt: skip
    edit, _ = await tapped(town, data_of(edit, "Friday"))
    edit, _ = await tapped(town, data_of(edit, "09:00"))
    assert [len(row) for row in edit.buttons] == [4] * 6
    edit, _ = await tapped(town, data_of(edit, "18:00"))
    edit, _ = await tapped(town, data_of(edit, "In English"))
    assert "the first comes Fri 20 Nov, 18:00 (Asia/Shanghai)" in edit.html
    await tapped(town, data_of(edit, "Turn on"))
    (kept,) = town.subscriptions.kept.values()
    assert (kept.weekdays, kept.hour, kept.lang) == (frozenset({4}), 18, "zh")


async def test_daily_posts_have_no_weekday(town: World) -> None:
    edit, _ = await tapped(town, data_of(await opened(town), "Monday"))
    edit, _ = await tapped(town, data_of(edit, "Every day"))
    assert "Every day at 09:00, in English\nTurn them on, and the first comes Sat 21 Nov, 09:00" in edit.html
    edit, _ = await tapped(town, data_of(edit, "Turn on"))
    (kept,) = town.subscriptions.kept.values()
    assert kept.weekdays == set(range(7))
    assert labels(edit) == [["Every day", "09:00"], ["In English", "Turn off"]]


async def test_a_change_waits_until_it_is_saved(town: World) -> None:
    edit, _ = await tapped(town, data_of(await opened(town), "Turn on"))
    edit, _ = await tapped(town, data_of(edit, "09:00"))
    edit, _ = await tapped(town, data_of(edit, "07:00"))
    assert read(edit.html).startswith("Not saved yet\nEvery Monday at 07:00")
    assert labels(edit)[-1] == ["In English", "Save"]
    (kept,) = town.subscriptions.kept.values()
    assert kept.hour == 9
    edit, toast = await tapped(town, data_of(edit, "Save"))
    assert toast == "Saved. Next post: Mon 23 Nov, 07:00 (Asia/Shanghai)"
    assert "Scheduled posts are on" in (await opened(town)).html


async def test_turning_off_by_the_panel(town: World) -> None:
    edit, _ = await tapped(town, data_of(await opened(town), "Turn on"))
    edit, toast = await tapped(town, data_of(edit, "Turn off"))
    assert toast == "Scheduled posts are off"
    assert labels(edit)[-1] == ["In English", "Turn on"]
    assert town.subscriptions.kept == {}


async def test_post_settings_open_the_panel_as_a_message_of_its_own(town: World) -> None:
    (part,) = await said(subscriptions.tap, tap("zh:open"), town.services)
    assert isinstance(part, Text)
    assert "这里没开定时推送" in part.html


async def test_after_the_last_post_turning_on_begins_again(town: World) -> None:
    await tapped(town, "en:w009en:save")
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost", "harbour-builder", "harbour-opening"]
    town.subscriptions.end(PRIVATE)
    part = await opened(town)
    assert read(part.html).startswith("The series is complete\n")
    assert "begins again with its first fact" in part.html
    await tapped(town, data_of(part, "Turn on"))
    assert town.subscriptions.facts == {}
    assert "0 posted so far" in (await opened(town)).html


async def test_posts_that_were_suspended_are_off_and_go_on_where_they_were(town: World) -> None:
    await tapped(town, "en:w009en:save")
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost"]
    town.subscriptions.end(PRIVATE)
    part = await opened(town)
    assert "Scheduled posts are off here" in part.html
    edit, _ = await tapped(town, data_of(part, "Turn on"))
    assert "1 posted so far" in edit.html


async def test_unsubscribe_says_whether_there_was_something(town: World) -> None:
    await tapped(town, "en:w009en:save")
    (part,) = await said(subscriptions.unsubscribe, ask(), town.services)
    assert isinstance(part, Text)
    assert "Nothing more will come by itself" in part.html
    (part,) = await said(subscriptions.unsubscribe, ask(), town.services)
    assert isinstance(part, Text)
    assert "They were off already" in part.html
    assert labels(part) == [["Post settings"]]


async def test_one_forum_topic_does_not_touch_another(town: World) -> None:
    await tapped(town, "en:w009en:save", TOPIC)
    assert "are off here" in (await opened(town, chat=GROUP)).html
    await said(subscriptions.unsubscribe, ask(chat=GROUP), town.services)
    assert list(town.subscriptions.kept) == [(GROUP.id, 7)]


@given(rest=st.text(max_size=64) | st.from_regex(r"(en|zh|xx):[wd][0-9]{1,3}(en|zh)?:[a-z]{0,6}", fullmatch=True))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_forged_taps_never_break(town: World, rest: str) -> None:
    assert await said(subscriptions.tap, tap(rest), town.services)


@pytest.mark.parametrize("rest", ["en:w709en:save", "en:w024en:save", "en:save", "en:w009en:open", "en:w009fr:save"])
async def test_impossible_plans_are_refused(town: World, rest: str) -> None:
    (part,) = await said(subscriptions.tap, tap(rest), town.services)
    assert isinstance(part, Toast)
    assert town.subscriptions.kept == {}
