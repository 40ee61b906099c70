from typing import get_args

import pytest

from handlers import acts
from handlers.acts import Act, Kind
from handlers.reply import Text
from tests.handlers.fakes import NOW, World, ask
from tests.handlers.limits import read, said


async def shown(town: World, lang: str) -> str:
    (part,) = await said(acts.show, ask(lang="zh" if lang == "zh" else "en"), town.services)
    assert isinstance(part, Text)
    return read(part.html)


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [
        ("en", "Fri 20 Nov, 12:00 (Asia/Shanghai) · <Lin> served version 4", "<Lin> let go of a question (a & b)"),
        ("zh", "11月20日周五 12:00（Asia/Shanghai） · <Lin> 换上了版本4", "<Lin> 放下了一个问题（a & b）"),
    ],
)
async def test_the_newest_acts_are_listed_first(town: World, lang: str, first: str, last: str) -> None:
    town.acts.noted = [Act(NOW, 1, "<Lin>", "settle", "a & b"), Act(NOW, 1, "<Lin>", "serve", "4")]
    lines = (await shown(town, lang)).splitlines()
    assert lines[1] == first
    assert lines[2].endswith(last)


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_every_kind_of_act_has_its_words(town: World, lang: str) -> None:
    town.acts.noted = [Act(NOW, 1, "Lin", kind, "x" * 500) for kind in get_args(Kind)] * 10
    assert len((await shown(town, lang)).splitlines()) == 1 + acts.SHOWN


async def test_without_any_act_it_says_so(town: World) -> None:
    assert await shown(town, "zh") == "资料管理员最近做了什么\n最近一年什么都没做过。"
