"""Why a verdict came out as it did, in people's words and in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from facts.script import simplified
from facts.text import fold, is_han
from facts.text import words as words_of
from facts.wording import shortened, titled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from facts.model import Lang
    from facts.verdict import Particular, ParticularKind, Reasons, Verdict

_WORDS_SHOWN = 8


class _Words(NamedTuple):
    phrasing: str
    words: str
    particulars: str
    gap: str
    score: str
    score_only: str
    runner_up: str
    version: str
    kinds: Mapping[ParticularKind, str]
    absent: str
    item: str


_WORDS: Mapping[Lang, _Words] = {
    "en": _Words(
        phrasing="Closest question I know: “{phrasing}”",
        words="Words that counted: {words}",
        particulars="Compared with the article: {particulars}",
        gap=", ",
        score="Confidence {score:.2f}; I answer from {threshold:.2f}",
        score_only="Confidence {score:.2f}",
        runner_up="Next best: {title}",
        version="Facts version {version}",
        kinds={
            "year": "a year",
            "date": "a date",
            "quantity": "an amount",
            "name": "a name",
            "unknown-name": "a name I don't know",
        },
        absent="a name that isn't in the article",
        item="“{shown}” ({kind})",
    ),
    "zh": _Words(
        phrasing="最接近的已知问法：“{phrasing}”",
        words="起作用的字词：{words}",
        particulars="与文章核对过：{particulars}",
        gap="、",
        score="把握 {score:.2f}，达到 {threshold:.2f} 才直接回答",
        score_only="把握 {score:.2f}",
        runner_up="其次：{title}",
        version="资料版本 {version}",
        kinds={
            "year": "年份",
            "date": "日期",
            "quantity": "数量",
            "name": "名称",
            "unknown-name": "我不认识的名称",
        },
        absent="文章没提到的名称",
        item="“{shown}”（{kind}）",
    ),
}


def why(verdict: Verdict) -> tuple[str, ...]:
    """Return the reasons for a verdict, a line each; only those that there are."""
    words, reasons = _WORDS[verdict.lang], verdict.reasons
    lines = []
    if reasons.phrasing:
        # Sample questions are in either script; whoever reads Traditional gets all of the message in it.
        lines.append(words.phrasing.format(phrasing=simplified(reasons.phrasing)))
    if shared := shared_words(reasons):
        lines.append(words.words.format(words=words.gap.join(shared)))
    if reasons.particulars:
        each = [_particular(particular, words) for particular in reasons.particulars]
        lines.append(words.particulars.format(particulars=words.gap.join(each)))
    if reasons.score is not None:
        score = words.score_only if reasons.threshold is None else words.score
        lines.append(score.format(score=reasons.score, threshold=reasons.threshold))
    if reasons.runner_up:
        lines.append(words.runner_up.format(title=titled(reasons.runner_up, verdict.lang)))
    if reasons.version:
        lines.append(words.version.format(version=reasons.version[:12]))
    return tuple(lines)


def shared_words(reasons: Reasons) -> tuple[str, ...]:
    """Return the words of the question that the phrasing has too, Han characters in runs."""
    theirs = set(words_of(fold(reasons.phrasing or "")))
    found: list[str] = []
    joined = False
    for token in reasons.tokens:
        if token not in theirs:
            joined = False
        elif is_han(token) and joined:
            found[-1] += token
        else:
            found.append(token)
            joined = is_han(token)
    return tuple(dict.fromkeys(found))[:_WORDS_SHOWN]


def _particular(particular: Particular, words: _Words) -> str:
    absent = particular.name is not None and not particular.name.in_source
    kind = words.absent if absent else words.kinds[particular.kind]
    return words.item.format(shown=shortened(particular.shown), kind=kind)
