from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facts.matching import Matcher
from facts.model import LANGS, Lang
from handlers import starting, subscriptions
from handlers.ports import Chat, Person, Role, Subscription
from handlers.posts.data import CHANGES, PAGES, Where, data, topic_key
from handlers.reply import Edit, Text, Toast
from tests.handlers.fakes import GROUP, NOW, PRIVATE, TOM, World, ask, tap
from tests.handlers.limits import check, read, said

TOPIC = Chat(GROUP.id, "supergroup", "Readers", thread=7)
CHANNEL = Chat(-1001000000777, "channel", "Weir <News>")
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def town(town: World) -> World:
    """Tom administers a group and a channel."""
    town.rooms.rooms = {CHANNEL.id: (CHANNEL, {TOM.id}), "@weir": (CHANNEL, {TOM.id}), GROUP.id: (GROUP, {TOM.id})}
    return town


async def opened(town: World, text: str = "", **more: object) -> Text:
    (part,) = await said(subscriptions.subscribe, ask(text, **more), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return part


async def tapped(town: World, rest: str, chat: Chat = PRIVATE, **more: object) -> tuple[Edit, str]:
    """The edited panel and the toast, if any."""
    made = tap(rest, chat=chat, role=Role.CHAT_ADMIN, **more)  # type: ignore[arg-type]  # fields of Ask
    edit, *rest_of_it = await said(subscriptions.tap, made, town.services)
    assert isinstance(edit, Edit)
    return edit, "".join(part.text for part in rest_of_it if isinstance(part, Toast))


def labels(part: Text | Edit) -> list[list[str]]:
    return [[button.label for button in row] for row in part.buttons]


def data_of(part: Text | Edit, label: str) -> str:
    (found,) = (button.data for row in part.buttons for button in row if button.label.removeprefix("✓ ") == label)
    assert found
    return found.removeprefix("s:")


async def walked(town: World, *path: str, chat: Chat = PRIVATE) -> Edit:
    """Turn posts on and follow labels from there."""
    edit, _ = await tapped(town, "en:on", chat)
    for label in path:
        edit, _ = await tapped(town, data_of(edit, label), chat)
    return edit


def kept(town: World, chat: Chat = PRIVATE) -> Subscription:
    return town.subscriptions.kept[chat.id, chat.thread]


async def test_the_panel_proposes_mondays_at_nine_and_keeps_nothing_yet(town: World) -> None:
    part = await opened(town)
    assert read(part.html) == (
        "Scheduled posts are off\nEvery Monday at 09:00, one fact of a series of 3.\n"
        "The first would come Mon 23 Nov, 09:00 (Asia/Shanghai)\n"
        "Once they're on, all of it can be changed: days, time, language and more."
    )
    assert labels(part) == [["Turn on", "Preview now"]]
    assert town.subscriptions.kept == {}


async def test_turning_on_keeps_the_proposal_and_shows_all_that_can_be_changed(town: World) -> None:
    edit, toast = await tapped(town, data_of(await opened(town), "Turn on"))
    assert toast == "Done. Next post: Mon 23 Nov, 09:00 (Asia/Shanghai)"
    assert read(edit.html) == (
        "Scheduled posts are on\nEvery Monday at 09:00\nNext post: Mon 23 Nov, 09:00 (Asia/Shanghai)\n"
        "One fact per post, in English, with a sound\nAll topics\n"
        "0 of 3 facts posted so far; after the last, posts end."
    )
    assert labels(edit) == [
        ["Days", "Time"], ["Time zone", "Language"], ["Topics", "Facts per post"], ["Mute posts", "Repeat series"],
        ["After an outage", "Preview now"], ["Pause", "Turn off"],
    ]  # fmt: skip
    assert kept(town) == Subscription(TOM.id, None, frozenset({0}), 9, "Asia/Shanghai", "en", MONDAY)


async def test_the_panel_in_chinese(town: World) -> None:
    edit, toast = await tapped(town, data_of(await opened(town, lang="zh"), "打开推送"))
    assert toast == "好了。下次推送：11月23日周一 09:00（Asia/Shanghai）"
    assert read(edit.html) == (
        "定时推送已打开\n每周一 09:00\n下次推送：11月23日周一 09:00（Asia/Shanghai）\n"
        "每期一条，用中文，有提示音\n主题不限\n共3条，已发0条；发完就停。"
    )
    assert kept(town).lang == "zh"


@pytest.mark.parametrize("chat", [GROUP, TOPIC])
async def test_in_a_group_it_is_turned_on_in_place_and_set_up_in_private(town: World, chat: Chat) -> None:
    part = await opened(town, chat=chat)
    assert labels(part) == [["Turn on", "All settings"]]
    edit, toast = await tapped(town, data_of(part, "Turn on"), chat)
    assert labels(edit) == [["Turn off", "All settings"]]
    assert toast == "Done. Next post: Mon 23 Nov, 09:00 (Asia/Shanghai)"
    payload = f"s_{chat.id}_{chat.thread or 0}"
    assert edit.buttons[0][1].url == f"https://t.me/chancheng_facts_bot?start={payload}"
    assert list(town.subscriptions.kept) == [(chat.id, chat.thread)]
    (panel,) = await said(starting.start, ask(payload), town.services)
    assert isinstance(panel, Text)
    assert read(panel.html).splitlines()[0].startswith("Scheduled posts are on · ")
    edit, _ = await tapped(town, data_of(panel, "Time"))
    edit, _ = await tapped(town, data_of(edit, "20:00"))
    assert kept(town, chat).hour == 20
    edit, toast = await tapped(town, "en:off", chat)
    assert (labels(edit), toast) == ([["Turn on", "All settings"]], "Scheduled posts are off")


@pytest.mark.parametrize("lang", LANGS)
async def test_what_stays_in_a_group_says_nothing_that_the_next_post_makes_untrue(town: World, lang: Lang) -> None:
    edit, _ = await tapped(town, f"{lang}:on", GROUP)
    lines = read(edit.html).splitlines()
    assert (
        lines[2]
        == {
            "en": "Starting Mon 23 Nov, 09:00 (Asia/Shanghai)",
            "zh": "从11月23日周一 09:00（Asia/Shanghai）开始",
        }[lang]
    )
    once, again = {
        "en": (
            "A series of 3 facts; after the last, posts end.",
            "A series of 3 facts; after the last, it begins again.",
        ),
        "zh": ("一轮共3条，发完就停。", "一轮共3条，发完从头再来。"),
    }[lang]
    assert lines[-1] == once
    town.subscriptions.facts[GROUP.id, None] = ["harbour-cost"]
    assert read((await opened(town, chat=GROUP, lang=lang)).html).splitlines()[-1] == once
    town.subscriptions.kept[GROUP.id, None] = replace(kept(town, GROUP), repeat=True)
    assert read((await opened(town, chat=GROUP, lang=lang)).html).splitlines()[-1] == again


async def test_rights_are_asked_on_opening_and_at_every_tap(town: World) -> None:
    where = Where(GROUP.id, 0)
    await tapped(town, data("en", "on", where=where).removeprefix("s:"))
    before = kept(town, GROUP)
    town.rooms.rooms.clear()
    (panel,) = await said(starting.start, ask(f"s_{GROUP.id}_0"), town.services)
    assert isinstance(panel, Text)
    assert "I can't set that one up" in panel.html
    for action in ("off", "hours", "show", "open", "preview"):
        rest = data("en", action, where=where).removeprefix("s:")
        (toast,) = await said(subscriptions.tap, tap(rest), town.services)
        assert isinstance(toast, Toast)
        assert toast.alert
    assert kept(town, GROUP) == before
    assert town.acts.kinds == [("posts_on", "")]


@pytest.mark.parametrize("where", [Where(PRIVATE.id, 0), Where(1002, 0), Where(0, 0)])
async def test_nobody_reaches_a_private_chat_from_another(town: World, where: Where) -> None:
    rest = data("en", "on", where=where).removeprefix("s:")
    (toast,) = await said(subscriptions.tap, tap(rest), town.services)
    assert isinstance(toast, Toast)
    assert town.subscriptions.kept == {}


async def test_from_a_group_no_other_chat_can_be_named(town: World) -> None:
    rest = data("en", "on", where=Where(CHANNEL.id, 0)).removeprefix("s:")
    (toast,) = await said(subscriptions.tap, tap(rest, chat=GROUP, role=Role.CHAT_ADMIN), town.services)
    assert isinstance(toast, Toast)
    assert town.subscriptions.kept == {}


async def test_a_channel_is_set_up_from_the_private_chat(town: World) -> None:
    part = await opened(town, "@weir")
    assert read(part.html).startswith("Scheduled posts are off · “Weir <News>”\n")
    await tapped(town, data_of(part, "Turn on"))
    assert kept(town, CHANNEL).next_due_at == MONDAY
    (offered,) = await said(subscriptions.offer, ask(str(CHANNEL.id)), town.services)
    assert isinstance(offered, Text)
    assert "are on · “Weir <News>”" in read(offered.html)
    assert [(act.kind, act.chat, act.place, act.name) for act in town.acts.noted] == [
        ("posts_on", CHANNEL.id, CHANNEL.title, "")
    ]
    stranger = ask(str(CHANNEL.id), person=Person(9, "Eve"))
    assert await said(subscriptions.offer, stranger, town.services) == ()


@pytest.mark.parametrize("name", ["@nope", "@weir extra", "weir", "-1001000000777", "@" + "x" * 60, "<b>"])
async def test_a_channel_that_is_not_theirs_is_refused_and_the_way_told(town: World, name: str) -> None:
    part = await opened(town, name)
    assert part.buttons == ()
    assert town.subscriptions.kept == {}


async def test_a_link_from_before_a_group_grew_opens_what_it_became(town: World) -> None:
    small = Chat(-4001, "group", "Readers")
    town.rooms.rooms[small.id] = (small, {TOM.id})
    link = data("en", "on", where=Where(small.id, 0)).removeprefix("s:")
    await tapped(town, link)
    assert list(town.subscriptions.kept) == [(small.id, None)]
    town.subscriptions.kept[GROUP.id, None] = town.subscriptions.kept.pop((small.id, None))
    town.rooms.successors[small.id] = GROUP.id
    edit, _ = await tapped(town, link)
    assert "are on · “Readers”" in read(edit.html)
    assert list(town.subscriptions.kept) == [(GROUP.id, None)]
    town.rooms.rooms[GROUP.id] = (GROUP, set())
    (refused,) = await said(subscriptions.tap, tap(link), town.services)
    assert isinstance(refused, Toast)


async def test_days_are_added_and_left_out_but_never_all(town: World) -> None:
    page = await walked(town, "Days", "Thu")
    assert read(page.html).splitlines()[1] == "Every Mon, Thu at 09:00"
    assert labels(page)[0] == ["✓ Mon", "Tue", "Wed", "✓ Thu"]
    page, _ = await tapped(town, data_of(page, "Mon"))
    assert kept(town).weekdays == frozenset({3})
    assert "Next post: Thu 26 Nov, 09:00" in read(page.html)
    page, _ = await tapped(town, data_of(page, "Thu"))
    assert kept(town).weekdays == frozenset({3})
    page, _ = await tapped(town, data_of(page, "Every day"))
    edit, _ = await tapped(town, data_of(page, "Done"))
    assert "Every day at 09:00\nNext post: Sat 21 Nov, 09:00" in read(edit.html)


async def test_the_zone_is_found_by_region_and_place(town: World) -> None:
    edit = await walked(town, "Time zone", "Somewhere else", "America", "Iqaluit – Mazatlan", "Los Angeles")
    assert kept(town).zone == "America/Los_Angeles"
    assert "Next post: Mon 23 Nov, 09:00 (America/Los_Angeles)" in read(edit.html)
    assert kept(town).next_due_at == datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Asia/Foshan", "Etc/UTC", "UTC", "../../etc/passwd", "Asia"])
async def test_a_zone_that_is_not_offered_changes_nothing(town: World, zone: str) -> None:
    await walked(town)
    before = kept(town)
    await said(subscriptions.tap, tap(f"en:zone:{zone}"), town.services)
    assert kept(town) == before


async def test_language_size_sound_and_repetition(town: World) -> None:
    await walked(town, "Language", "English + 中文", "Facts per post", "Up to three facts per post", "Mute posts")
    edit, _ = await tapped(town, "en:repeat:1")
    assert (kept(town).lang, kept(town).size, kept(town).silent, kept(town).repeat) == ("both", 3, True, True)
    assert "Up to three facts per post, in English and Chinese, without a sound\n" in read(edit.html)
    assert read(edit.html).endswith("after the last, it begins again.")
    assert labels(edit)[3] == ["Unmute posts", "Don't repeat"]


@pytest.mark.parametrize(
    ("lang", "page", "choices"),
    [
        (
            "en",
            "After an outage",
            ("Missed: skip it", "Unsure: leave it", "Missed: post it late", "Unsure: post it again"),
        ),
        ("zh", "出故障以后", ("错过的：跳过", "没确认的：不再发", "错过的：补发一期", "没确认的：再发一次")),
    ],
)
async def test_what_an_outage_does_to_posts_is_chosen_and_shown(
    town: World, lang: Lang, page: str, choices: tuple[str, ...]
) -> None:
    edit, _ = await tapped(town, f"{lang}:on")
    edit, _ = await tapped(town, data_of(edit, page))
    chosen = []
    for label in choices:
        edit, _ = await tapped(town, data_of(edit, label))
        assert [f"✓ {label}"] in labels(edit)
        chosen.append((kept(town).catch_up, kept(town).uncertain))
    assert chosen == [("skip", "repeat"), ("skip", "skip"), ("latest", "skip"), ("latest", "repeat")]
    assert kept(town).next_due_at == MONDAY


async def test_topics_are_picked_one_by_one(town: World) -> None:
    page = await walked(town, "Topics", "The harbour")
    # It is the only one that has posts: all of them is everything.
    assert kept(town).topics == frozenset()
    assert labels(page)[0] == ["✓ All topics"]
    base = town.library.base
    facts = tuple(replace(fact, digest=True) for fact in base.facts)
    town.library.serve(Matcher(replace(base, facts=facts)))
    page = await walked(town, "Topics", "The harbour")
    assert kept(town).topics == {"harbour"}
    assert labels(page)[:3] == [["All topics"], ["✓ The harbour"], ["People"]]
    assert read(page.html).splitlines()[1] == "Only: The harbour"
    await tapped(town, f"en:topic:+{topic_key('no-such')}")
    assert kept(town).topics == {"harbour"}
    await tapped(town, data_of(page, "The harbour"))
    assert kept(town).topics == frozenset()


@pytest.mark.parametrize(
    ("label", "until", "due"),
    [
        ("For a week", date(2026, 11, 27), datetime(2026, 11, 30, 1, tzinfo=UTC)),
        ("For a month", date(2026, 12, 20), datetime(2026, 12, 21, 1, tzinfo=UTC)),
        ("Until I resume them", date.max, None),
    ],
)
async def test_posts_are_paused_and_resumed(town: World, label: str, until: date, due: datetime | None) -> None:
    edit = await walked(town, "Pause", label)
    assert (kept(town).paused_until, kept(town).next_due_at) == (until, due)
    assert read(edit.html).startswith("Scheduled posts are paused")
    assert labels(edit)[0] == ["Resume"]
    await tapped(town, "en:hour:8")
    assert (kept(town).next_due_at is None) == (due is None)
    _, toast = await tapped(town, "en:resume")
    assert toast == "Done. Next post: Mon 23 Nov, 08:00 (Asia/Shanghai)"
    assert kept(town).paused_until is None


async def test_a_month_ends_where_the_next_one_is_shorter(town: World) -> None:
    await walked(town)
    await tapped(town, "en:pause:month", now=datetime(2027, 1, 31, 4, tzinfo=UTC))
    assert kept(town).paused_until == date(2027, 2, 28)


async def test_a_pause_that_is_over_is_none(town: World) -> None:
    await walked(town, "Pause", "For a week")
    part = await opened(town, now=NOW + timedelta(days=8))
    assert read(part.html).startswith("Scheduled posts are on\n")


async def test_a_change_that_does_not_move_the_next_post_leaves_its_time(town: World) -> None:
    await walked(town)
    late = MONDAY + timedelta(hours=1)  # that post is being tried again
    await tapped(town, "en:silent:1", now=late)
    assert kept(town).next_due_at == MONDAY
    await tapped(town, "en:hour:8", now=late)
    assert kept(town).next_due_at == datetime(2026, 11, 30, 0, tzinfo=UTC)


async def test_two_who_tap_old_panels_change_what_they_tapped_and_no_more(town: World) -> None:
    first, second = await walked(town, "Days"), await walked(town)
    await tapped(town, data_of(first, "Fri"))
    await tapped(town, data_of(second, "Mute posts"))
    await tapped(town, data_of(first, "Tue"))
    await tapped(town, data_of(first, "Fri"))
    assert (kept(town).weekdays, kept(town).silent) == (frozenset({0, 1, 4}), True)


async def test_a_tap_after_somebody_turned_posts_off_says_so(town: World) -> None:
    page = await walked(town, "Time")
    await tapped(town, "en:off")
    edit, toast = await tapped(town, data_of(page, "20:00"))
    assert toast == "Somebody turned the posts off meanwhile."
    assert labels(edit) == [["Turn on", "Preview now"]]
    assert town.subscriptions.kept == {}


async def test_turning_off_asks_first_and_offers_a_pause(town: World) -> None:
    page = await walked(town, "Turn off")
    assert labels(page) == [["Turn off", "Pause"], ["Back"]]
    edit, toast = await tapped(town, data_of(page, "Turn off"))
    assert toast == "Scheduled posts are off"
    assert town.subscriptions.kept == {}
    assert labels(edit) == [["Turn on", "Preview now"]]


async def test_the_preview_is_that_of_the_chat_that_is_set_up(town: World) -> None:
    rest = data("en", "on", where=Where(CHANNEL.id, 0)).removeprefix("s:")
    edit, _ = await tapped(town, rest)
    town.subscriptions.facts[CHANNEL.id, None] = ["harbour-cost"]
    (shown,) = await said(subscriptions.tap, tap(data_of(edit, "Preview now")), town.services)
    assert isinstance(shown, Text)
    assert read(shown.html).endswith("\nPreview: 2 of 3, from a 2021 article")


async def test_post_settings_open_the_panel_as_a_message_of_its_own(town: World) -> None:
    (part,) = await said(subscriptions.tap, tap("zh:open"), town.services)
    assert isinstance(part, Text)
    assert "定时推送没有打开" in part.html


async def test_after_the_last_post_it_can_begin_again(town: World) -> None:
    await walked(town)
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost", "harbour-builder", "harbour-opening"]
    town.subscriptions.end(PRIVATE)
    part = await opened(town)
    assert read(part.html).startswith("The series is complete\n")
    await tapped(town, "en:hour:8")
    assert kept(town).next_due_at is None
    _, toast = await tapped(town, data_of(part, "Begin again"))
    assert toast.endswith("Mon 23 Nov, 08:00 (Asia/Shanghai)")
    assert town.subscriptions.facts == {}
    assert "0 of 3 facts posted so far" in read((await opened(town)).html)


async def test_facts_that_join_after_the_end_can_be_gone_on_with(town: World) -> None:
    await walked(town)
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost", "harbour-builder"]
    town.subscriptions.end(PRIVATE)
    part = await opened(town)
    assert read(part.html).startswith("New facts have joined the series\n")
    await tapped(town, data_of(part, "Resume"))
    assert kept(town).next_due_at == MONDAY
    assert len(town.subscriptions.facts[PRIVATE.id, None]) == 2


async def test_repetition_chosen_after_the_last_post_goes_on_by_itself(town: World) -> None:
    await walked(town)
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost", "harbour-builder", "harbour-opening"]
    town.subscriptions.end(PRIVATE)
    await tapped(town, "en:repeat:1")
    assert kept(town).next_due_at == MONDAY


async def test_posts_that_were_suspended_say_so_and_go_on_where_they_were(town: World) -> None:
    await walked(town)
    town.subscriptions.facts[PRIVATE.id, None] = ["harbour-cost"]
    town.subscriptions.kept[PRIVATE.id, None] = replace(kept(town), next_due_at=None, suspended="Forbidden")
    part = await opened(town)
    assert read(part.html).startswith("Scheduled posts have stopped\nI was removed or blocked.")
    edit, _ = await tapped(town, data_of(part, "Turn on"))
    assert "1 of 3 facts posted so far" in read(edit.html)
    assert kept(town).next_due_at == MONDAY


@pytest.mark.parametrize(
    ("reason", "en", "zh"),
    [
        ("Forbidden: the group chat was deleted", "I was removed or blocked", "移出去或者拉黑"),
        ("Not enough rights to send text messages to the chat", "I wasn't allowed to write", "没有发言权限"),
        ("Need administrator rights in the channel chat", "I wasn't allowed to write", "没有发言权限"),
        ("Topic_closed", "Their topic was closed or deleted", "话题关掉或者删掉了"),
        ("Message thread not found", "Their topic was closed or deleted", "话题关掉或者删掉了"),
        ("no next time can be told: no zone", "Their time zone no longer exists", "时区已经没有了"),
    ],
)
async def test_why_posts_stopped_is_told_in_the_panel_and_in_the_list(
    town: World, reason: str, en: str, zh: str
) -> None:
    await walked(town)
    town.subscriptions.kept[PRIVATE.id, None] = replace(kept(town), next_due_at=None, suspended=reason)
    told: dict[Lang, str] = {"en": en, "zh": zh}
    for lang, why in told.items():
        (listed,) = await said(subscriptions.mine, replace(ask(), lang=lang), town.services)
        for part in (listed, await opened(town, lang=lang)):
            assert isinstance(part, Text)
            assert why in part.html
            assert reason not in part.html


async def test_unsubscribe_says_whether_there_was_something(town: World) -> None:
    await walked(town)
    (part,) = await said(subscriptions.unsubscribe, ask(), town.services)
    assert isinstance(part, Text)
    assert "Nothing more will come by itself" in part.html
    (part,) = await said(subscriptions.unsubscribe, ask(), town.services)
    assert isinstance(part, Text)
    assert "They were off already" in part.html
    assert labels(part) == [["Post settings"]]


async def test_unsubscribe_changes_what_a_group_was_shown(town: World) -> None:
    await said(subscriptions.tap, tap("en:on", chat=GROUP, role=Role.CHAT_ADMIN, message=5), town.services)
    _, edit = await said(subscriptions.unsubscribe, ask(chat=GROUP), town.services)
    assert isinstance(edit, Edit)
    assert edit.at == (GROUP.id, 5)
    assert "Scheduled posts are off" in edit.html


async def test_what_an_administrator_changes_is_noted_but_nothing_of_a_private_chat(town: World) -> None:
    taps = (
        "en:on",
        "en:on",
        "en:days",
        "en:hour:8",
        "en:silent:1",
        "en:missed:skip",
        "en:off",
        "en:off",
        "en:hour:9",
        "en:on",
    )
    for chat in (PRIVATE, GROUP):
        for rest in taps:
            await said(subscriptions.tap, tap(rest, chat=chat, role=Role.CHAT_ADMIN), town.services)
        for _ in range(2):
            await said(subscriptions.unsubscribe, ask(chat=chat), town.services)
    assert town.acts.kinds == [
        ("posts_on", ""), ("posts_changed", "hour"), ("posts_changed", "silent 1"),
        ("posts_changed", "missed skip"), ("posts_off", ""), ("posts_on", ""), ("posts_off", ""),
    ]  # fmt: skip
    assert {(act.chat, act.place, act.name) for act in town.acts.noted} == {(GROUP.id, "Readers", "")}


async def test_one_forum_topic_does_not_touch_another(town: World) -> None:
    await tapped(town, "en:on", TOPIC)
    assert "posts are off" in (await opened(town, chat=GROUP)).html
    await said(subscriptions.unsubscribe, ask(chat=GROUP), town.services)
    assert list(town.subscriptions.kept) == [(GROUP.id, 7)]


async def test_subscriptions_lists_this_chat_and_what_one_set_up_and_still_administers(town: World) -> None:
    (part,) = await said(subscriptions.mine, ask(), town.services)
    assert isinstance(part, Text)
    assert "You have no scheduled posts" in part.html
    await walked(town)
    await tapped(town, "en:on", TOPIC)
    await tapped(town, data("en", "on", where=Where(CHANNEL.id, 0)).removeprefix("s:"))
    (part,) = await said(subscriptions.mine, ask(), town.services)
    assert isinstance(part, Text)
    assert labels(part) == [["This chat"], ["a topic of “Readers”"], ["“Weir <News>”"]]
    (opened_there,) = await said(subscriptions.tap, tap(data_of(part, "a topic of “Readers”")), town.services)
    assert isinstance(opened_there, Text)
    assert "are on · a topic of “Readers”" in read(opened_there.html)
    await tapped(town, "en:pause:ever")
    del town.rooms.rooms[GROUP.id]
    (part,) = await said(subscriptions.mine, ask(), town.services)
    assert isinstance(part, Text)
    assert labels(part) == [["This chat"], ["“Weir <News>”"]]
    assert "This chat\nScheduled posts are paused\nEvery Monday at 09:00" in read(part.html)


async def test_subscriptions_lists_what_stopped_in_a_chat_that_the_bot_cannot_enter(town: World) -> None:
    await tapped(town, "en:on", TOPIC)
    place = TOPIC.id, TOPIC.thread
    town.subscriptions.kept[place] = replace(town.subscriptions.kept[place], suspended="removed or blocked")
    del town.rooms.rooms[GROUP.id]
    (part,) = await said(subscriptions.mine, ask(), town.services)
    assert isinstance(part, Text)
    assert labels(part) == []
    assert "A chat that I can't enter\nScheduled posts have stopped\nI was removed or blocked." in read(part.html)


values = st.text("+-0123456789abcdefwkmonthevrlASIUTC/_.", max_size=12) | st.sampled_from(["Asia/Tokyo", "America.99"])
tails = st.sampled_from(["", f"@{data('en', 'show', where=Where(GROUP.id, 7)).partition('@')[2]}", "@zz.zz", "@-.0"])
TAPS = (
    "on day:+6 day:-0 day:all hour:23 zone:Asia/Tokyo lang:both topic:all size:3 silent:1 repeat:1 pause:week "
    "pause:ever resume again show days hours zones regions region:America region:Asia.2 langs topics:0 sizes "
    "outages missed:skip unsure:skip pauses stopping off"
)
actions = st.sampled_from([*sorted(PAGES | CHANGES), "on", "off", "preview", "save"])


@given(
    rest=st.text(max_size=64) | st.builds("{}:{}:{}{}".format, st.sampled_from(["en", "zh"]), actions, values, tails)
)
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_a_button_carries_never_breaks(town: World, rest: str) -> None:
    for chat in (PRIVATE, GROUP, TOPIC, CHANNEL):
        assert await said(subscriptions.tap, tap(rest, chat=chat, role=Role.CHAT_ADMIN), town.services)


@given(
    taps=st.lists(
        st.sampled_from(TAPS.split()),
        max_size=8,
    ),
    lang=st.sampled_from(LANGS),
    suspended=st.booleans(),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_panel_keeps_within_limits_and_shows_the_truth(
    town: World,
    taps: list[str],
    lang: Lang,
    suspended: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    for rest in ("on", *taps):
        check(await subscriptions.tap(tap(f"{lang}:{rest}", lang), town.services))
    if suspended and (PRIVATE.id, None) in town.subscriptions.kept:
        town.subscriptions.kept[PRIVATE.id, None] = replace(kept(town), next_due_at=None, suspended="x")
    part = await opened(town, lang=lang)
    found = town.subscriptions.kept.get((PRIVATE.id, None))
    assert (found is None) == (labels(part)[-1] in (["Turn on", "Preview now"], ["打开推送", "先看一期"]))
    town.subscriptions.kept.clear()


@pytest.mark.parametrize(
    "rest",
    [
        "en:hour:24",
        "en:hour",
        "en:save",
        "en:on:1",
        "en:day:7",
        "en:day:+",
        "fr:on",
        "en:missed:x",
        "en:pause:year",
        "en:on@0",
    ],
)
async def test_impossible_changes_are_refused(town: World, rest: str) -> None:
    (part,) = await said(subscriptions.tap, tap(rest), town.services)
    assert isinstance(part, Toast)
    assert town.subscriptions.kept == {}
