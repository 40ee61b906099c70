"""Where unknown names may stand in Chinese: before 市 or 公司, after 在, or first in a question before 有 or 签."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.text import STOP_HAN, is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = frozenset("市区县省镇乡州村岛国")
_LONG_KINDS = frozenset(
    "公司 集团 银行 科技 控股 大学 学院 中学 小学 医院 学校 新区 片区 组团 板块 街道 "  # noqa: SIM905 - reads best so
    "古镇 商圈 广场 大桥 机场 车站 码头 港口".split()
)
_ENDS_A_NAME = frozenset(
    "的了吗呢是在有和与及跟比对给从到去由除或请问你我他那这哪什么谁怎嘅咗咩乜嘢啲喺冇唔噉咁嚟佢哋畀俾啦喇边"
)
_MODIFIERS = frozenset("家个间所座某每各本该全大小新老外国多少几位些类种")
_PLACES = frozenset("在于到去从")
_BEFORE = frozenset("和跟与比对给由除及那问")
_AFTER = frozenset("的有是会能签也在怎什多几为吗呢和参来进入落出成建设拿给跟与比")
_LONGEST = 6
_SHORTEST = 2


def han_names(tokens: Sequence[str], covered: Sequence[bool], broken: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where unknown names stand: start and end (exclusive).

    `covered`: the token is explained by a name, an expression, or neighbours that the base has too. `broken`:
    punctuation or a space stands before it.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        found = _before_kind(tokens, covered, at) or _by_place(tokens, covered, broken, at)
        if found:
            spans.append((at, found))
        at = found or at + 1
    return spans


def _before_kind(tokens: Sequence[str], covered: Sequence[bool], start: int) -> int:
    """Return where a name that begins at `start` and ends with a kind (泉州市, 三一集团) ends; 0 if none does."""
    for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
        last = end - 1
        if not is_han(tokens[last]) or covered[last] or tokens[last] in _ENDS_A_NAME:
            return 0
        proper = any(token not in STOP_HAN and token not in _MODIFIERS for token in tokens[start:end])
        if proper and "".join(tokens[end : end + 2]) in _LONG_KINDS:
            return end + 2
        if proper and end - start >= _SHORTEST and end < len(tokens) and tokens[end] in _KINDS:
            return end + 1
    return 0


def _by_place(tokens: Sequence[str], covered: Sequence[bool], broken: Sequence[bool], start: int) -> int:
    """Return where unexplained characters from `start` on end that stand as a name does; 0 if they don't."""
    end = start
    while end < len(tokens) and is_han(tokens[end]) and not covered[end] and tokens[end] not in STOP_HAN:
        end += 1
    if not _SHORTEST <= end - start <= _LONGEST:
        return 0
    before = tokens[start - 1] if start else ""
    if before in _PLACES:
        return end
    after = tokens[end] if end < len(tokens) and not broken[end] else ""
    begins = not before or broken[start] or before in _BEFORE
    return end if begins and (not after or after in _AFTER) else 0
