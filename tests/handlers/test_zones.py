from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from facts.model import LANGS, Lang
from handlers import subscriptions, zones
from handlers.ports import Role
from handlers.reply import Edit, Text
from tests.handlers.fakes import World, tap
from tests.handlers.limits import said


async def pages(town: World, data: str) -> list[str]:
    """The data of all buttons on a page of the panel."""
    (page,) = await said(subscriptions.tap, tap(data, role=Role.CHAT_ADMIN), town.services)
    assert isinstance(page, Edit | Text)
    return [button.data.removeprefix("s:") for row in page.buttons for button in row if button.data]


@pytest.mark.parametrize("lang", LANGS)
async def test_every_zone_is_found_by_a_few_taps(town: World, lang: Lang) -> None:
    await said(subscriptions.tap, tap(f"{lang}:on"), town.services)
    reached: set[str] = set()
    for region in await pages(town, f"{lang}:regions"):
        if region.startswith(f"{lang}:region:"):
            for data in (listed := await pages(town, region)):
                if data.startswith(f"{lang}:region:"):
                    listed += await pages(town, data)
            reached |= {data.split(":")[2] for data in listed if data.startswith(f"{lang}:zone:")}
    assert reached == {name for names in zones.regions().values() for name in names}
    canonical = {line.split()[1] for line in lines("tzdata.zi") if line.startswith("Z ")}
    places = {name for name in canonical if "/" in name and not name.startswith("Etc/")}
    assert places <= reached
    assert {"Europe/Oslo", "Asia/Shanghai", "America/Argentina/Buenos_Aires"} <= reached


def lines(name: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-TW", "pt-br", "xx", "", None, "ü" * 40])
def test_the_default_zone_is_the_first_of_the_likely_ones(language: str | None) -> None:
    likely = zones.likely("Asia/Shanghai", language)
    assert likely[0] == "Asia/Shanghai"
    assert 4 <= len(set(likely)) == len(likely) <= 8


def test_the_likely_zones_fit_the_language_and_exist() -> None:
    assert "Asia/Taipei" in zones.likely("Europe/Berlin", "zh-hant")[:2]
    assert "Asia/Tokyo" in zones.likely("Europe/Berlin", "ja")[:2]
    for names in zones._OF_LANGUAGE.values():
        assert all(zones.offered(name) and ZoneInfo(name) for name in names.split())


def test_a_place_goes_by_its_own_name() -> None:
    assert zones.city("America/Indiana/Tell_City", "en") == "Tell City"
    assert zones.city("Asia/Shanghai", "zh") == "上海"
    assert zones.city("America/Indiana/Tell_City", "zh") == "Tell City"
