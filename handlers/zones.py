"""The time zones to choose from: IANA's canonical ones by region, and those that are likely for somebody. Pure.

Those of `zone.tab` count as canonical, one for every country and zone: `zone1970.tab` and `tzdata.zi` make Oslo an
alias of Berlin, which nobody in Oslo looks for. Etc is left out, it holds no places.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from facts.model import Lang

_LIKELY = 8
_OF_LANGUAGE = {
    "zh-hant": "Asia/Taipei Asia/Hong_Kong Asia/Macau",
    "zh": "Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Singapore Asia/Kuala_Lumpur Australia/Sydney "
    "America/Vancouver America/New_York Europe/London",
    "en": "Europe/London America/New_York America/Chicago America/Los_Angeles Australia/Sydney Asia/Singapore "
    "Asia/Hong_Kong Asia/Kolkata",
    "ar": "Asia/Riyadh Africa/Cairo Asia/Dubai Asia/Baghdad",
    "de": "Europe/Berlin Europe/Vienna Europe/Zurich",
    "es": "Europe/Madrid America/Mexico_City America/Bogota America/Argentina/Buenos_Aires",
    "fa": "Asia/Tehran Asia/Kabul",
    "fr": "Europe/Paris Europe/Brussels Europe/Zurich America/Toronto",
    "hi": "Asia/Kolkata",
    "id": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
    "it": "Europe/Rome Europe/Zurich",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "ms": "Asia/Kuala_Lumpur Asia/Singapore",
    "nl": "Europe/Amsterdam Europe/Brussels",
    "pl": "Europe/Warsaw",
    "pt": "America/Sao_Paulo Europe/Lisbon",
    "ru": "Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Asia/Vladivostok",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
}
# A place that is not here goes by its Latin name.
CHINESE = {
    "Shanghai": "上海", "Urumqi": "乌鲁木齐", "Hong_Kong": "香港", "Macau": "澳门", "Taipei": "台北",
    "Singapore": "新加坡", "Kuala_Lumpur": "吉隆坡", "Tokyo": "东京", "Seoul": "首尔", "Pyongyang": "平壤",
    "Bangkok": "曼谷", "Jakarta": "雅加达", "Manila": "马尼拉", "Ho_Chi_Minh": "胡志明市", "Phnom_Penh": "金边",
    "Vientiane": "万象", "Yangon": "仰光", "Ulaanbaatar": "乌兰巴托", "Kolkata": "加尔各答", "Dubai": "迪拜",
    "Riyadh": "利雅得", "Tehran": "德黑兰", "Baghdad": "巴格达", "Jerusalem": "耶路撒冷", "Istanbul": "伊斯坦布尔",
    "Moscow": "莫斯科", "Vladivostok": "海参崴", "London": "伦敦", "Paris": "巴黎", "Berlin": "柏林", "Rome": "罗马",
    "Madrid": "马德里", "Lisbon": "里斯本", "Amsterdam": "阿姆斯特丹", "Brussels": "布鲁塞尔", "Zurich": "苏黎世",
    "Vienna": "维也纳", "Stockholm": "斯德哥尔摩", "Athens": "雅典", "Warsaw": "华沙", "Kyiv": "基辅",
    "Cairo": "开罗", "Johannesburg": "约翰内斯堡", "Nairobi": "内罗毕", "Lagos": "拉各斯", "New_York": "纽约",
    "Chicago": "芝加哥", "Los_Angeles": "洛杉矶", "Toronto": "多伦多", "Vancouver": "温哥华",
    "Mexico_City": "墨西哥城", "Sao_Paulo": "圣保罗", "Buenos_Aires": "布宜诺斯艾利斯", "Sydney": "悉尼",
    "Melbourne": "墨尔本", "Perth": "珀斯", "Brisbane": "布里斯班", "Auckland": "奥克兰", "Honolulu": "檀香山",
}  # fmt: skip
_SCRIPTS = {"zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}


@lru_cache(maxsize=1)
def regions() -> dict[str, tuple[str, ...]]:
    """Return the names of all zones by region ("Asia"), in the order of their places."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    names = sorted(line.split("\t")[2].strip() for line in table.splitlines() if line and not line.startswith("#"))
    found: dict[str, list[str]] = {}
    for name in filter(_known, names):
        found.setdefault(name.partition("/")[0], []).append(name)
    return {region: tuple(sorted(zones, key=lambda name: city(name, "en"))) for region, zones in found.items()}


def offered(name: str) -> bool:
    """Whether it is one of the zones to choose from."""
    return name in regions().get(name.partition("/")[0], ())


def likely(default: str, language: str | None) -> tuple[str, ...]:
    """Return up to eight zones: the default one first, then those where a language (Telegram's code) is at home."""
    code = (language or "en").lower()
    code = _SCRIPTS.get(code, code)
    main = code.partition("-")[0]
    names = (default, *(name for key in (code, main, "en") for name in _OF_LANGUAGE.get(key, "").split()))
    return tuple(dict.fromkeys(name for name in names if offered(name)))[:_LIKELY]


def city(name: str, lang: Lang) -> str:
    """Return the place in a zone's name: "America/Indiana/Knox" is "Knox"; its Chinese name where it is a known one."""
    latin = name.rpartition("/")[2]
    return (CHINESE.get(latin) if lang == "zh" else None) or latin.replace("_", " ")


def _known(name: str) -> bool:
    """A system's own zone files go before the package's, and may be older."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
