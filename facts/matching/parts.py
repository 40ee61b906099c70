"""A message of two parts: a greeting before the question, or two questions in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from facts.text import asks, content, fold, is_han, tidy, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facts.model import SmallTalk

_SENTENCE = re.compile(r"[?!;。？！；]+|\.\s|\n")
_BETWEEN = re.compile(r"[,，]|\b(?:and|plus|as well as)\b|&|以及|还有|同埋|[和与及跟]", re.IGNORECASE)
_EXCEPT = re.compile(r"除了?|\b(?:besides|apart from|other than|except)\b", re.IGNORECASE)
_MAY_GO_ON = re.compile(r"\b(?:on|about|between|to|with|from|by) the [a-z]+\s*$", re.IGNORECASE)
"""A part after which "and" may go on: "vote on the hospital and the tram"."""
_LATIN_COMMA = re.compile(r"[a-z0-9],", re.IGNORECASE)
_LEAST_HAN = 2
_SHORT, _SHORT_HAN = 5, 10
"""Words of content up to which a message may be two questions without asking twice."""
_BRIEF = 3.5
"""Words, small ones too, of a half that asks without a question word: "the total"."""
_TAG = re.compile(
    r"^\W*(?:对吗|是吗|对吧|是吧|对不对|是不是|真的吗?|没错吧|right|correct|true|huh|yes|no|or not|isnt it|is it)\W*$"
)
_BACK = frozenset("that it this they them those these 这 它 他 她".split())  # noqa: SIM905 - reads best so
_JOINTS = frozenset(("and", "but", "啊", "呀", "吧", "了", "那"))


def halves(question: str) -> tuple[str, str] | None:
    """Return the two parts of a message, each of which says something; None where there is no place to part it.

    A sentence's end goes first, then the comma or "and" nearest to the middle: one parting only, to bound the work.
    """
    text = tidy(question)
    for pattern in (_SENTENCE, _BETWEEN):
        cuts = [(text[: hit.start()], text[hit.end() :]) for hit in pattern.finditer(text)]
        fit = [(one, other) for one, other in cuts if _says(one) and _says(other) and not _EXCEPT.search(one)]
        if pattern is _BETWEEN:
            short = _short(text) and not _LATIN_COMMA.search(text)
            fit = [cut for cut in fit if all(_asks(part) or (short and _brief(part)) for part in cut)]
            fit = [(one, other) for one, other in fit if _asks(other) or not _MAY_GO_ON.search(one)]
        if fit:
            return min(fit, key=lambda cut: abs(len(cut[0]) - len(cut[1])))
    return None


class Greetings:
    """Knows a base's small talk, to tell it from the question that follows."""

    def __init__(self, smalltalk: Iterable[SmallTalk]) -> None:
        lines = (words(fold(line)) for entry in smalltalk for line in entry.ask.every)
        self._lines = frozenset(line for line in lines if line)
        self._longest = max(map(len, self._lines), default=0)

    def after(self, tokens: tuple[str, ...]) -> str | None:
        """Return what follows a line of small talk at the start; None where there is none, or nothing follows."""
        for size in range(min(self._longest, len(tokens) - 1), 0, -1):
            if tokens[:size] in self._lines:
                rest = tokens[size:]
                while rest and rest[0] in _JOINTS:
                    rest = rest[1:]
                return "".join(token if is_han(token) else f" {token} " for token in rest) if content(rest) else None
        return None


def refers_back(part: str) -> bool:
    """Return whether a part speaks of what was said before it, "what does that mean": it asks nothing of its own."""
    tokens = words(fold(part))
    return any(token in _BACK for token in tokens) and _size(content(tokens)) <= 1


def _short(text: str) -> bool:
    return _size(content(words(fold(text)))) <= _SHORT


def _brief(part: str) -> bool:
    return _size(words(fold(part))) <= _BRIEF


def _size(tokens: Iterable[str]) -> float:
    return sum(_SHORT / _SHORT_HAN if is_han(token) else 1 for token in tokens)


def _asks(part: str) -> bool:
    return bool(asks(words(fold(part))))


def _says(part: str) -> bool:
    said = words(fold(part))
    if _TAG.match(fold(part)):
        return False
    return len(said) >= (_LEAST_HAN if all(is_han(token) for token in said) else 1) and bool(
        content(said) or asks(said)
    )
