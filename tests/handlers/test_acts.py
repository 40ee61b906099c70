from typing import get_args

import pytest

from handlers import acts
from handlers.acts import Act, Kind, Looked
from handlers.posts.data import CHANGES, SWITCHES
from handlers.reply import Text
from tests.handlers.fakes import NOW, World, ask
from tests.handlers.limits import read, said
from tests.handlers.town import COST


async def shown(town: World, lang: str) -> str:
    (part,) = await said(acts.show, ask(lang="zh" if lang == "zh" else "en"), town.services)
    assert isinstance(part, Text)
    return read(part.html)


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [
        ("en", "Fri 20 Nov 2026, 12:00 (Asia/Shanghai) · <Lin> served version 4", "<Lin> took a & b"),
        ("zh", "2026年11月20日周五 12:00（Asia/Shanghai） · <Lin> 换上了版本4", "<Lin> 拿走了 a & b"),
    ],
)
async def test_the_newest_acts_are_listed_first(town: World, lang: str, first: str, last: str) -> None:
    town.acts.noted = [Act(NOW, "download", "a & b", "<Lin>"), Act(NOW, "serve", "4", "<Lin>")]
    lines = (await shown(town, lang)).splitlines()
    assert lines[1] == first
    assert lines[2].endswith(last)


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_every_kind_of_act_has_its_words(town: World, lang: str) -> None:
    details = dict.fromkeys(get_args(Looked), "upload " + "x" * 190) | {"language": "auto", "posts_changed": "zone"}
    kinds = [each for part in get_args(Kind) for each in get_args(part)]
    made = [Act(NOW, kind, details.get(kind, "x" * 200), "L" * 64, -5, "名" * 64) for kind in kinds]
    for start in range(0, len(made), 4):
        town.acts.noted = (made[start : start + 4] * acts.SHOWN)[: acts.SHOWN]
        assert len((await shown(town, lang)).splitlines()) == 1 + acts.SHOWN


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_what_was_done_is_told_in_words_and_not_by_ids(town: World, lang: str) -> None:
    title = COST.title.of("zh" if lang == "zh" else "en")
    told = {
        Act(NOW, "review", "folder"): {"en": "a change from the folder", "zh": "看了文件夹里的改动"},
        Act(NOW, "broken", "upload facts/a.yaml"): {"en": "from facts/a.yaml", "zh": "换上文件 facts/a.yaml 里的改动"},
        Act(NOW, "refuse", "rollback 3"): {"en": "from version 3: refused", "zh": "换上版本3的改动"},
        Act(NOW, "review", f"inbox {COST.id}"): {"en": f"for “{title}”", "zh": f"给“{title}”加问法"},
        Act(NOW, "review", "inbox"): {"en": "for a new gap", "zh": "新写一条“文章没写”"},
        Act(NOW, "place", COST.id): {"en": f"to “{title}”", "zh": f"归到“{title}”"},
        Act(NOW, "place", "gone"): {"en": "to “gone”", "zh": "归到“gone”"},
        Act(NOW, "posts_changed", "silent 1", place="<R>"): {
            "en": "“<R>”: an administrator changed the posts (Mute posts)",
            "zh": "“<R>”的管理员改了推送（",
        },
        Act(NOW, "language", "auto", place="R"): {
            "en": "the language: everyone's own",
            "zh": "选了语言：各用各的",
        },
    }
    for act, words in told.items():
        town.acts.noted = [act]
        assert words[lang] in await shown(town, lang)


VALUES = {"missed": ("latest", "skip"), "unsure": ("repeat", "skip")}


@pytest.mark.parametrize("change", sorted(CHANGES))
async def test_every_change_of_posts_has_its_words(town: World, change: str) -> None:
    for value in VALUES.get(change, ("0", "1")) if change in SWITCHES else ("",):
        town.acts.noted = [Act(NOW, "posts_changed", f"{change} {value}".strip(), place="R")]
        assert "“R”: an administrator changed the posts (" in await shown(town, "en")


async def test_without_any_act_it_says_so(town: World) -> None:
    assert await shown(town, "zh") == "管理员最近做了什么\n最近一年什么都没做过。"
