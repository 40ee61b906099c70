"""What a question takes for granted: that something was denied, or has a reason, a date, a number.

A fact must bear it out: "why did Huawei refuse" is no question of the fact that Huawei signed, however alike the words.
What a curator wrote down as a question of a fact, the fact bears out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from facts.patterns import later
from facts.text import fold

if TYPE_CHECKING:
    import re

    from facts.model import Fact

_DENIES = later(
    r"\b(?:not|never|no longer|without|nobody|none|isnt|arent|wasnt|werent|dont|doesnt|didnt|wont|cant|couldnt|hasnt"
    r"|refus\w*|reject\w*|cancel\w*|fail\w*|stop\w*|quit\w*|withdr\w*|den(?:y|ied|ies)|ban(?:s|ned)?|abandon\w*|scrap\w*"
    r"|lack\w*|dropped|left out|missing|except|opposed?)\b"
    r"|[不没未无冇唔]|拒绝|取消|退出|停止|放弃|撤|失败|除了|反对"
)
_BARE = frozenset(
    "not never without nobody none isnt arent wasnt werent dont doesnt didnt wont cant "  # noqa: SIM905 - reads best so
    "couldnt hasnt 不 没 未 无 冇 唔".split()
)
"""Words that deny whatever stands beside them: that a fact was asked with one says nothing of another question."""
_ONLY_SEEMS_TO = later(
    r"^(?:isnt|arent|wasnt|werent|dont|doesnt|didnt|wont|cant|couldnt|hasnt)\b|([一-鿿]{1,2})[不没唔]\1|是不是|有没有|有冇"
    r"|[了过]没有?(?=\W|$)|没有?(?=\W*$)|未来|未必|无论|无疑|无限|不同|不少|不断|不仅|不但|不过|差不多|不错|不好意思|了不起"
    r"|对不起|不知道?|唔知|(?:isnt|arent|wasnt|werent|doesnt|didnt|dont|hasnt) (?:it|that|they|he|she|there|this)\b"
    r"|\b(?:or|why|if) not\b|\bdont (?:know|get|understand|see|remember)\b|\bnot sure\b"
)
_YEAR_OR_DAY = later(
    r"\b(?:19|20)\d\d|\d\s?(?:年|月|日|号)|\b\d{1,2}(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
)
_MONEY = later(r"\d[^.。]*(?:[$€£¥元镑块]|\b(?:yuan|dollar|euro|pound|crown|franc|yen)s?\b|法郎|克朗|日元)|[$€£¥]\s?\d")
_NUMBER = later(r"\d|[一二两三四五六七八九十百千万亿]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b")

_VISITED = r"\bvisit(?:ed|s|ing)?\b|\bcame to see\b|来过|去过|到访|访问|考察|视察|参观"
_FELL = (
    r"\b(?:f[ae]ll(?:en|s|ing)?|declin\w*|decreas\w*|shr[aiu]nk\w*|slump\w*|downturn)\b"
    r"|下降|下跌|下滑|减少|缩水|衰退|倒退|跌了"
)
_ROSE = r"\b(?:r[io]sen?|rises|rising|increas\w*|gr[eo]wn?|grows|growing|growth)\b|上升|上涨|增加|增长|增速|涨了"


@dataclass(frozen=True, slots=True)
class _Premise:
    """`asked` tells it in a question; a fact bears it out where `given` stands in what it says, or was asked so.

    `here`: only the phrasing that matched counts as asked so, not any of the fact's.
    """

    asked: re.Pattern[str]
    given: re.Pattern[str]
    here: bool


def _premise(asked: str, given: str | re.Pattern[str] = "(?!)", *, here: bool = False) -> _Premise:
    return _Premise(later(asked), later(given) if isinstance(given, str) else given, here)


_WHO = _premise(r"\bwho(?:se|m)?\b|谁|哪位|什么人|何人")
_NAMED, _AMOUNTS = ("person",), ("figure",)
"""Kinds of facts that tell who, however they were asked for; and that tell how much, so that another line's "for whom"
is no sign that they tell who, too."""
_PREMISES = (
    _WHO,
    _premise(
        r"\bwhy\b|\bhow come\b|\breasons?\b|为什么|为何|为啥|点解|原因|理由|凭什么|靠什么",
        r"\bbecause|\breasons?\b|\bso that\b|\bin order to\b|\bdue to\b|\bsince\b|因为|原因|由于|为了|理由",
    ),
    _premise(
        r"\bwhen\b|\b(?:what|which) (?:date|day|year|month)\b|什么时候|何时|哪天|哪一天|哪年|几时|几号|边日",
        _YEAR_OR_DAY,
    ),
    _premise(r"\bhow (?:much|many)\b|多少|几多|(?<![哪边])几[家个间人亿万名位]", _NUMBER),
    _premise(r"\bcosts?\b|\bprices?\b|\bsalar(?:y|ies)\b|多少钱|几钱|价钱|花费|工资|年薪|赚", _MONEY),
    _premise(
        r"(?<!than )(?<!unlike )\bothers?\b|\belse\b|\bbesides\b|\bapart from\b|\banother\b"
        r"|(?:其他|其它|别的)(?!.{0,6}比)|另外|除了|仲有边",
        r"\bothers?\b|\belse(?:where)?\b|\bbesides\b|\bapart from\b|\banother\b"
        r"|其他|其它|别的|另外|别[处人区]|外地|各地",
        here=True,
    ),
    _premise(r"\b(?:last|previous) (?:year|month|time)\b|去年|上年|旧年|上个月|上一[届年次]|上届", here=True),
    _premise(
        r"\b(?:next|coming|following) (?:years?|months?|time)\b|明年|出年|下个月|下一[届年次]|下届|后年", here=True
    ),
    _premise(_VISITED, _VISITED),
    _premise(_FELL, _FELL),
    _premise(_ROSE, _ROSE),
    _premise(
        r"\b(?:each|per|every) (?:person|year|month|firm|company|head|capita|of)\b|\bapiece\b|每[人年月家]|人均|平均",
        here=True,
    ),
)


@dataclass(frozen=True, slots=True)
class _Questions:
    """What a fact's own questions take for granted, and which words in them deny something of their own: "left out".

    `title` and `said`, its title and all that it says, in both languages, are folded.
    """

    premises: frozenset[_Premise]
    denials: frozenset[str]
    title: str
    said: str


class Premises:
    """Knows what the facts of a base bear out; what they were asked is looked through once each."""

    def __init__(self) -> None:
        self._asked: dict[str, _Questions] = {}

    def unborne(self, question: str, fact: Fact, phrasing: str) -> bool:
        """Return whether the question takes something for granted that neither the fact nor its questions bear out.

        `phrasing` is the line of the fact that matched best: only there, and in the title, may a bare "not" stand.
        """
        denials, asked = _taken_for_granted(fold(question))
        if not denials and not asked:
            return False
        known, closest = self._questions(fact), fold(phrasing)
        if denials - known.denials and not _denials(f"{closest} {known.title}"):
            return True
        taken = [each for each in asked if not each.given.search(known.said)]
        taken = [each for each in taken if each is not _WHO or fact.kind not in _NAMED]
        here = frozenset((_WHO,)) if fact.kind in _AMOUNTS else frozenset()
        return any(
            not _told(each, closest) if each.here or each in here else each not in known.premises for each in taken
        )

    def _questions(self, fact: Fact) -> _Questions:
        found = self._asked.get(fact.id)
        if found is None:
            lines = " \n ".join(fold(line) for line in (*fact.ask.every, *(e.phrase for e in fact.evidence)))
            premises = frozenset(each for each in _PREMISES if each.asked.search(lines))
            title = f"{fold(fact.title.en)} {fold(fact.title.zh)}"
            said = f"{title} {fold(fact.text.en)} {fold(fact.text.zh)}"
            found = self._asked[fact.id] = _Questions(premises, _denials(lines) - _BARE, title, said)
        return found


@lru_cache(maxsize=8)  # a question is held against one fact after the other
def _taken_for_granted(asked: str) -> tuple[frozenset[str], tuple[_Premise, ...]]:
    """Return the denials and the premises in a folded question."""
    return _denials(asked), tuple(each for each in _PREMISES if each.asked.search(asked))


def _told(premise: _Premise, line: str) -> bool:
    return bool(premise.asked.search(line) or premise.given.search(line))


def _denials(text: str) -> frozenset[str]:
    """Return the words of a text that deny something, "refused", 没."""
    return frozenset(hit.group() for hit in _DENIES.finditer(_ONLY_SEEMS_TO.sub(" ", text)))
