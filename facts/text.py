"""Text as the matcher reads it: folded, split into words, Han characters and pinyin. Pure, bounded, never raises."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import Stemmer  # type: ignore[import-not-found, import-untyped, unused-ignore]  # ships no types

from facts.cantonese import standard
from facts.patterns import later
from facts.script import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facts.model import Lang

LIMIT = 512
"""Characters of a question that are read: nobody asks one question in more, and work stays bounded."""

_WORD = re.compile(r"[㐀-䶿一-鿿々〇]|[^\W_㐀-䶿一-鿿々〇]+")
_WORD_OR_END = later(rf"\n|{_WORD.pattern}")
_LATIN = re.compile(r"[a-zà-ɏ]+")
_VOWEL = re.compile(r"[aeiouyà-ɏ]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_UNMARKED = re.compile(r"[\x00-\x7f‘-”、-】㐀-䶿一-鿿]*")
_POSSESSIVE = re.compile(r"['’‘`]s\b")
_DIGIT_COMMA = re.compile(r"[,，](?<=\d.)(?=\d{3}(?!\d))")
_ANY_COMMA, _ANY_APOSTROPHE = re.compile("[,，]"), re.compile("['’‘`´]")
_APOSTROPHES = "'’‘`´"
_AFTER_LATIN = "ɐ"
_HAN_FIRST, _HAN_LAST = 0x3400, 0x9FFF

STOP_WORDS = frozenset(
    "a about after again all also am an and any anybody anyone anything are as at be because "  # noqa: SIM905 - reads best so
    "been before being between "
    "both but by can cant could did didnt do does doesnt doing done dont each else every few for from get gets give "
    "given gives got had has have having he her here hers him his how i id if im in into is isnt it its ive "
    "just know let like make many may maybe me mean might mine more most much must my no not now of off on one "
    "only or other our out over own please same she should so some somebody someone something still such sure "
    "tell than that the their them then there theres these they thing things this those though to too up "
    "us very want wants was we well were what whats when where wheres which while who whom whos whose why will with "
    "would yes yet you your yours "
    "actually anyway basically btw chance dude even exactly folks gonna gotta guys hmm honestly huh kinda lol "
    "literally oh ok okay okey ones perhaps please pls plz quite rather really sorta supposedly tbh thing um wanna "
    "well whatever yeah yep already anywhere everybody everyone everything everywhere etc somewhere supposed though "
    "toward towards under upon wait within hiya umm erm uh idk imo tho cuz coz cos bro bit lots "
    "alright anyways somehow simply kindly thats youre theyre itll wat wats wot wut wich hw ur gimme lemme".split()
)
STOP_HAN = frozenset(
    "的了吗呢啊吧呀嘛么是在有和与及或也都就还又很太最被把给让对从到于以为而且但却如若因所此这那哪什谁怎样几多少个一"
    "不没无我你您他她它们请问能可会要想知道告诉一下吗的话里上下中之其则并等呗哦嗯哈"
    "些来过得着去儿系嘅咗咩乜嘢啲喺冇唔噉咁嚟佢哋畀俾啦喇㗎啰噃嗰咧哪呃唉啥咋哎喂嘞呵咯喽诶"
)
ASKING_WORDS = frozenset(
    (
        "how",
        "hw",
        "what",
        "whats",
        "wat",
        "wats",
        "wot",
        "when",
        "where",
        "which",
        "wich",
        "who",
        "whom",
        "whose",
        "why",
    )
)
ASKING_HAN = frozenset("谁什哪怎几多何吗")
_STOP, _ASKING = STOP_WORDS | STOP_HAN, ASKING_WORDS | ASKING_HAN
_WHETHER = frozenset("is are was were do does did has have can could will would any isnt doesnt didnt".split())  # noqa: SIM905 - reads best so
_WHETHER_HAN = frozenset("没冇未吗嘛")
_SPEAKS_ENGLISH = STOP_WORDS - {"a", "he", "me", "so", "no", "she", "you", "can"}
_SPEAKS_CHINESE = frozenset("的了吗呢是有什么谁怎哪几多少在和请这那我你们不没")
_CLEARLY = 3
"""How many times as long as what is in another language a text must be to be clearly in its own."""


@lru_cache(maxsize=256)
def tidy(text: str) -> str:
    """Return `text` in one spelling, with its capitals and punctuation: what particulars are read from.

    NFKC (full-width to ASCII), Traditional to Simplified, thousands separators dropped; control, format, surrogate and
    combining characters removed; white space single. At most `LIMIT` characters are read, so that work is bounded.
    """
    kept = unicodedata.normalize("NFKC", _printable(text[:LIMIT]))[:LIMIT]
    if not kept.isascii():
        kept = simplified(kept if unmarked(kept) else _without_marks(kept))
    return " ".join(without_commas(kept).split())


def typed(text: str) -> str:
    """Return `text` as it was typed, in one line and without what has no shape; at most `LIMIT` characters of it."""
    return " ".join(_printable(text[:LIMIT]).split())


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return `text` in the one form that is compared: `tidy`, casefolded, without possessives and apostrophes.

    Written Cantonese comes in the words of standard Chinese.
    """
    folded = without_apostrophes(tidy(text).casefold())
    return folded if folded.isascii() else standard(folded)


def without_commas(text: str) -> str:
    """Return text without thousands separators."""
    return _DIGIT_COMMA.sub("", text) if _ANY_COMMA.search(text) else text


def without_apostrophes(text: str) -> str:
    """Return text without possessives and apostrophes."""
    if _ANY_APOSTROPHE.search(text):
        text = _POSSESSIVE.sub("", text)
        for mark in _APOSTROPHES:
            text = text.replace(mark, "")
    return text


def unmarked(text: str) -> bool:
    """Return whether text has nothing that could be an accent: most of what is asked has not."""
    return _UNMARKED.fullmatch(text) is not None


def _printable(text: str) -> str:
    """Drop what has no shape: lone surrogates, zero-width and other format characters; controls become spaces."""
    if text.isprintable():
        return text
    kinds = ((c, unicodedata.category(c)) for c in text)
    return "".join(
        " " if kind in ("Cc", "Zl", "Zp") else c for c, kind in kinds if kind not in ("Cf", "Cs", "Cn", "Co")
    )


def _without_marks(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if not _mark(c)))


def _mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def words(text: str, *, ends: bool = False) -> tuple[str, ...]:
    """Split folded text: each Han character by itself, any other run of letters and digits whole.

    `ends`: line breaks, which folded text has none of, stand among them.
    """
    return tuple((_WORD_OR_END if ends else _WORD).findall(text))


def content(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return the tokens that say what something is about: no articles, pronouns, question words or particles."""
    return tuple(token for token in tokens if token not in _STOP)


def asks(tokens: Iterable[str]) -> frozenset[str]:
    """Return the question words among the tokens, "how" or 谁."""
    return _ASKING.intersection(tokens)


def asks_whether(tokens: Sequence[str]) -> bool:
    """Return whether the tokens ask for yes or no, by their first word or their last character: "is there", 签了没."""
    return bool(tokens) and (tokens[0] in _WHETHER or tokens[-1] in _WHETHER_HAN)


def foreign(text: str) -> bool:
    """Return whether most letters of a text are neither Latin nor Han: no language of ours."""
    letters = [c for c in text if c.isalpha()]
    return sum(not (c < _AFTER_LATIN or is_han(c)) for c in letters) > len(letters) / 2


def is_han(token: str) -> bool:
    return len(token) == 1 and _HAN_FIRST <= ord(token) <= _HAN_LAST


_stemmer = Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball English stem of a folded word; short words, digits and other scripts come back unchanged."""
    return str(_stemmer.stemWord(word)) if len(word) > 2 and word.isascii() and word.isalpha() else word


@cache
def _syllables() -> dict[str, str]:
    """Han character → its most frequent reading without tone.

    Read straight from pypinyin's data: importing the package would also load its phrase dictionary (45 MB).
    """
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin")
    file = Path(package.origin).with_name("pinyin_dict.json")
    readings: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    kept: dict[str, str] = {}
    plain: dict[str, str] = {}
    for code, every in readings.items():
        number = int(code)
        if _HAN_FIRST <= number <= _HAN_LAST:
            reading = every.partition(",")[0]
            if reading not in plain:
                plain[reading] = "".join(c for c in unicodedata.normalize("NFD", reading) if not _mark(c))
            kept[chr(number)] = plain[reading]
    return kept


def syllable(character: str) -> str | None:
    """Return the toneless pinyin of one Han character, None for anything else."""
    return _syllables().get(character)


@cache
def _spellings() -> frozenset[str]:
    return frozenset(s for s in _syllables().values() if s.isascii() and (len(s) > 1 or s in ("a", "e", "o")))


@lru_cache(maxsize=4096)
def pinyin_of(word: str) -> tuple[str, ...]:
    """Split a Latin word into pinyin syllables, longest first; empty when it is none or longer than 24 letters."""
    if not word:
        return ()
    if len(word) > 24:
        return ()
    for size in range(min(6, len(word)), 0, -1):
        head, rest = word[:size], word[size:]
        if head in _spellings() and (not rest or pinyin_of(rest)):
            return (head, *pinyin_of(rest))
    return ()


def detect(text: str) -> Lang | None:
    """Return the language that `text` is clearly in; None where that does not show, and where two languages mix.

    A bare name, digits and other scripts do not show it. Names are no evidence, nor is "GDP" or whatever has no vowel:
    "Yan Bing是谁" is Chinese. Nor is one language's word in the other's grammar or in a text thrice as long: "华为
    signed 了吗" and "ok 那最高奖励多少" are Chinese, but "what is 集聚区" is neither.
    """
    folded = fold(text)
    if _KANA_OR_HANGUL.search(folded):
        return None
    tokens = words(folded)
    han = [token for token in tokens if is_han(token)]
    grammar = any(token in _SPEAKS_ENGLISH for token in tokens)
    if not han and grammar:
        return "en"
    latin = [token for token in tokens if _LATIN.fullmatch(token)]
    english = [token for token in latin if token in _SPEAKS_ENGLISH or _reads_english(token)]
    if not han:
        return "en" if english else _in_pinyin(latin)
    chinese = any(token in _SPEAKS_CHINESE for token in han)
    if (chinese and not grammar) or len(han) >= _CLEARLY * len(english):
        return "zh"
    return "en" if not chinese and len(latin) >= _CLEARLY * len(han) else None


def _reads_english(token: str) -> bool:
    return len(token) > 1 and bool(_VOWEL.search(token)) and not pinyin_of(token)


def _in_pinyin(latin: list[str]) -> Lang | None:
    syllables = [len(pinyin_of(token)) for token in latin if pinyin_of(token)]
    return "zh" if len(syllables) > 1 and sum(syllables) > 2 else None
