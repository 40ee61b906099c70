"""A message of two parts: a greeting before the question, or two questions in one."""

from __future__ import annotations

import re

from facts.text import asks, content, fold, is_han, tidy, words

_SENTENCE = re.compile(r"[?!;。？！；]+|\.\s|\n")
_BETWEEN = re.compile(r"[,，、]|\b(?:and|plus|as well as)\b|&|以及|还有|同埋|[和与及跟]", re.IGNORECASE)
_LEAST_HAN = 2


def halves(question: str) -> tuple[str, str] | None:
    """Return the two parts of a message, each of which says something; None where there is no place to part it.

    A sentence's end goes first, then the comma or "and" nearest to the middle: one parting only, to bound the work.
    """
    text = tidy(question)
    for pattern in (_SENTENCE, _BETWEEN):
        cuts = [(text[: hit.start()], text[hit.end() :]) for hit in pattern.finditer(text)]
        fit = [(one, other) for one, other in cuts if _says(one) and _says(other)]
        if fit:
            return min(fit, key=lambda cut: abs(len(cut[0]) - len(cut[1])))
    return None


def greeting(question: str) -> tuple[str, str] | None:
    """Return what stands before the first mark or "and", and the rest; None where either is empty."""
    text = tidy(question)
    for hit in re.finditer(r"[,，、!.。！~～\n]|\band\b|\s", text, re.IGNORECASE):
        one, other = text[: hit.start()].strip(), text[hit.end() :].strip()
        if one and words(fold(other)):
            return one, other
    return None


def _says(part: str) -> bool:
    said = words(fold(part))
    return len(said) >= (_LEAST_HAN if all(is_han(token) for token in said) else 1) and bool(
        content(said) or asks(said)
    )
