"""A line as the index sees it: stems, Han characters, pinyin syllables and pairs."""

from __future__ import annotations

from facts.text import fold, is_han, stem, syllable, words


def terms(line: str) -> tuple[str, ...]:
    """Return the index terms of a line, repeats included: stems and Han characters, then "~" and pinyin."""
    tokens = words(fold(line))
    found = [token if is_han(token) else stem(token) for token in tokens]
    heard = [syllable(token) if is_han(token) else None for token in tokens]
    found += [f"~{one}" for one in heard if one]
    found += [f"~{one}~{two}" for one, two in zip(heard, heard[1:], strict=False) if one and two]
    return tuple(found)
