from datetime import timedelta
from typing import get_args

import pytest

from handlers import stats
from handlers.asked import InVain
from handlers.ports import DeliverySummary
from handlers.reply import Text
from handlers.stats import LISTED, Failed, FailedKind, Figures
from tests.handlers.fakes import NOW, World, ask
from tests.handlers.limits import read, said

BUSY = Figures(
    questions=40,
    people=7,
    fates={"answer": 20, "not_in_source": 10, "no_match": 9, "small_talk": 1, "not_meant": 3},
    langs={"en": 30, "zh": 10},
    shown=[("harbour-cost", 12), ("jobs", 10), ("gone", 1)],
)
EN = """Last 30 days · questions: 40, people: 7
Answered: 20 (50%)
Not in the article: 10 (25%)
Not found: 9 (22%)
Small talk: 1 (2%)
“Not what I meant”: 3
English 30, Chinese 10

Shown most
The harbour costs 7 million crowns · 12
How many jobs: the article doesn't say · 10
gone · 1

Asked in vain
“is <it> dear” · 5 times by 3, English

Scheduled posts, last 24 hours
9 due: 8 sent, 0 of them over a minute late; 1 failed.
Nothing is waiting.

Errors, last 30 days
18 in all. The log tells of each.
Fri 20 Nov 2026: Telegram out of reach 12, my own mistakes 1
Thu 19 Nov 2026: database 3, refused by Telegram 2"""
ZH = """最近30天：7人问了40个问题
答出来：20（50%）
文章没写：10（25%）
没找到：9（22%）
寒暄：1（2%）
点了“不是我想问的”：3
英文30，中文10

看得最多的
建港要花700万克朗 · 12
多少岗位，文章没写 · 10
gone · 1

没答上来的
“is <it> dear” · 英文，3人问了5次

最近24小时的定时推送
应发9条：已发8条，其中0条晚了一分钟以上；失败1条。
没有在排队的。

最近30天的错误
一共18次，日志里都有。
2026年11月20日周五：连不上 Telegram 12次、程序出错1次
2026年11月19日周四：数据库出错3次、Telegram 拒绝2次"""


async def told(town: World, lang: str) -> str:
    (part,) = await said(stats.stats, ask(lang="zh" if lang == "zh" else "en"), town.services)
    assert isinstance(part, Text)
    return read(part.html)


@pytest.mark.parametrize(("lang", "text"), [("en", EN), ("zh", ZH)])
async def test_curators_see_what_people_asked_and_got(town: World, lang: str, text: str) -> None:
    town.questions.told = BUSY
    town.questions.vain = [InVain("0123456789ab", "is <it> dear", "en", 5, 3)]
    town.deliveries.told = DeliverySummary(9, 8, 0, 1, 0, 0, timedelta())
    town.failures.failed = [
        Failed(NOW.date(), "unreachable", 12),
        Failed(NOW.date(), "inside", 1),
        Failed(NOW.date() - timedelta(days=1), "database", 3),
        Failed(NOW.date() - timedelta(days=1), "refused", 2),
    ]
    assert await told(town, lang) == text


async def test_before_anybody_asked_there_is_little_to_tell(town: World) -> None:
    assert (await told(town, "en")).startswith("Last 30 days · questions: 0, people: 0\n\nScheduled posts")
    assert (await told(town, "zh")).endswith("最近30天的错误\n没有。")


async def test_of_a_bad_month_only_the_newest_days_are_listed(town: World) -> None:
    days = [NOW.date() - timedelta(days=number) for number in range(30)]
    town.failures.failed = [Failed(on, kind, 9999) for on in days for kind in get_args(FailedKind)]
    lines = (await told(town, "en")).partition("Errors, last 30 days\n")[2].splitlines()
    assert lines[0].startswith("1199880 in all")
    assert len(lines) == 1 + LISTED
