"""Names of a base found in text: aliases of both languages and pinyin, longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from facts.text import fold, is_han, pinyin_of, syllable, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from facts.model import Name


_SHORTEST_MENDED = 5
_PARTICLES = frozenset("的了是不在")
_BEFORE_NAMES = frozenset("和跟与比对给由在到去从有及问是被让")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: tokens `start` to `end` (exclusive) of `words(fold(text))`."""

    name: Name
    start: int
    end: int


class NameFinder:
    """Finds the names of a base by their aliases, whatever the case, the script variant or the spacing of pinyin."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[tuple[str, ...], Name] = {}
        self._sizes: dict[str, tuple[int, ...]] = {}
        self._latin: set[str] = set()
        self._kinds: set[str] = set()
        for name in names:
            self._kinds.add(name.kind)
            for alias in (*name.en, *name.zh, *name.pinyin):
                self._learn(name, words(fold(alias)))
            for alias in (*name.zh, *name.pinyin):
                sound = sounds(words(fold(alias)))
                if len(sound) > 1:
                    self._learn(name, sound)

    def _learn(self, name: Name, tokens: tuple[str, ...]) -> None:
        if tokens:
            self._latin.update(token for token in tokens if token.isascii() and token.isalpha())
            self._names.setdefault(tokens, name)
            self._sizes[tokens[0]] = tuple(sorted({*self._sizes.get(tokens[0], ()), len(tokens)}))

    def find(self, tokens: tuple[str, ...]) -> tuple[Mention, ...]:
        """Return the names in tokens (of `words(fold(text))`), longest alias first, without overlap, in order."""
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            hit = self._at(tokens, at)
            if hit:
                found.append(hit)
            at = hit.end if hit else at + 1
        return tuple(found)

    def _at(self, tokens: tuple[str, ...], at: int) -> Mention | None:
        for size in reversed(self._sizes.get(tokens[at], ())):
            name = self._names.get(tokens[at : at + size]) if at + size <= len(tokens) else None
            if name and not _within_words(tokens, at, at + size):
                return Mention(name, at, at + size)
        return None

    @property
    def aliases(self) -> Collection[tuple[str, ...]]:
        """The words of every alias, those of its sound included."""
        return self._names.keys()

    def any_of(self, kinds: Collection[str]) -> bool:
        """Return whether there is a name of any of these kinds."""
        return not self._kinds.isdisjoint(kinds)

    def has_word(self, token: str) -> bool:
        """Return whether the Latin word is part of any alias."""
        return token in self._latin

    def mend(self, token: str) -> str | None:
        """Return the name's word that a Latin word misspells by one letter or one swap, None if there is none.

        A word that reads as pinyin misspells only a name that sounds nearly the same: Fushan is no Foshan.
        """
        if len(token) < _SHORTEST_MENDED or token in self._latin:
            return None
        found = process.extractOne(token, self._latin, scorer=OSA.distance, score_cutoff=1)
        word = str(found[0]) if found else ""
        if len(word) < _SHORTEST_MENDED or word[0] != token[0]:
            return None
        return None if len(pinyin_of(token)) > 1 and not same_ear(token, word) else word

    def within(self, name: Name) -> frozenset[str]:
        """Return the ids of the names that stand inside this name's own aliases ("Foshan … Gathering Area")."""
        inside = (self.parts(words(fold(alias))) for alias in (*name.en, *name.zh))
        return frozenset(part.id for parts in inside for part in parts)

    def parts(self, tokens: tuple[str, ...]) -> tuple[Name, ...]:
        """Return every name in the tokens, those inside longer names too."""
        sizes, names = self._sizes, self._names
        spans = (tokens[at : at + size] for at, token in enumerate(tokens) for size in sizes.get(token, ()))
        return tuple(names[span] for span in spans if span in names)


def _within_words(tokens: tuple[str, ...], start: int, end: int) -> bool:
    """Whether an alias with a particle in it, 美的, stands where it is no name: 最美的公园."""
    if not any(is_han(token) and token in _PARTICLES for token in tokens[start:end]):
        return False
    return start > 0 and is_han(tokens[start - 1]) and tokens[start - 1] not in _BEFORE_NAMES


def same_ear(one: str, other: str) -> bool:
    """Return whether words of pinyin differ only in what many don't tell apart: zh z, ch c, sh s, ng n, l n."""
    return _by_ear(one) == _by_ear(other)


def _by_ear(word: str) -> str:
    for fine, coarse in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        word = word.replace(fine, coarse)
    return word


def sounds(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the toneless pinyin of Han characters and of pinyin words; empty when a token has none."""
    parts = [(syllable(token),) if is_han(token) else pinyin_of(token) for token in tokens]
    if not all(parts) or any(part is None for group in parts for part in group):
        return ()
    return tuple(part for group in parts for part in group if part)
