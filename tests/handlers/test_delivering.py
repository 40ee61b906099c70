from datetime import timedelta

import pytest

from handlers import delivering
from handlers.ports import DeliverySummary
from handlers.reply import Text
from tests.handlers.fakes import World, ask
from tests.handlers.limits import read, said

BUSY = DeliverySummary(due=120, sent=40, late=3, failed=2, suspended=5, queue=73, eta=timedelta(seconds=61))
CALM = DeliverySummary(due=0, sent=0, late=0, failed=0, suspended=0, queue=0, eta=timedelta())


async def told(town: World, summary: DeliverySummary, lang: str) -> str:
    town.deliveries.told = summary
    (part,) = await said(delivering.deliveries, ask(lang="zh" if lang == "zh" else "en"), town.services)
    assert isinstance(part, Text)
    return read(part.html)


BUSY_EN = """Scheduled posts, last 24 hours
120 due: 40 sent, 3 of them over a minute late; 2 failed.
73 waiting now; sending them takes about 2 min.
5 suspended: their chats can't be written to."""
BUSY_ZH = """最近24小时的定时推送
应发120条：已发40条，其中3条晚了一分钟以上；失败2条。
还有73条在排队，发完约需2分钟。
5个订阅已暂停：写不进那些聊天。"""
CALM_EN = """Scheduled posts, last 24 hours
None was due.
Nothing is waiting."""
CALM_ZH = """最近24小时的定时推送
没有要发的。
没有在排队的。"""


@pytest.mark.parametrize(
    ("summary", "lang", "text"),
    [(BUSY, "en", BUSY_EN), (BUSY, "zh", BUSY_ZH), (CALM, "en", CALM_EN), (CALM, "zh", CALM_ZH)],
)
async def test_curators_see_how_posts_are_doing(town: World, summary: DeliverySummary, lang: str, text: str) -> None:
    assert await told(town, summary, lang) == text
