"""The interface's words: a catalogue a language, checked against each other when loaded.

`<lang>.yaml` is what everybody hears, `<part>.<lang>.yaml` what only some do.
"""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import yaml

from facts.model import LANGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from facts.model import Lang

_HERE = Path(__file__).parent


class TextsError(ValueError):
    """The catalogues do not fit together; the message lists every difference."""


class _Counting(Formatter):
    """`{facts:fact|facts}` is "1 fact" or "24 facts"."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, counts, many = format_spec.partition("|")
        if counts:
            return f"{value} {one if value == 1 else many}"
        return str(super().format_field(value, format_spec))


_COUNTING = _Counting()


class Catalogue:
    """The words of one language: plain text, without markup."""

    def __init__(self, lang: Lang, words: Mapping[str, str]) -> None:
        self.lang = lang
        self._words = dict(words)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of `key` with `values` in its placeholders. Raises KeyError for an unknown key or value."""
        return _COUNTING.vformat(self._words[key], (), values)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._words)

    @property
    def texts(self) -> tuple[str, ...]:
        """All the words, with their placeholders."""
        return tuple(self._words.values())

    def placeholders(self, key: str) -> frozenset[str]:
        return frozenset(field for _, field, _, _ in Formatter().parse(self._words[key]) if field is not None)


def catalogues(folder: Path = _HERE) -> dict[Lang, Catalogue]:
    """Read the files of every language. Raises TextsError where keys or placeholders differ."""
    read: dict[Lang, Catalogue] = {lang: Catalogue(lang, _all(folder, lang)) for lang in LANGS}
    if problems := [*_missing(read), *_unlike(read)]:
        raise TextsError("; ".join(problems))
    return read


def _all(folder: Path, lang: Lang) -> dict[str, str]:
    words: dict[str, str] = {}
    for path in (folder / f"{lang}.yaml", *sorted(folder.glob(f"*.{lang}.yaml"))):
        more = _words(path)
        if twice := sorted(words.keys() & more.keys()):
            raise TextsError(f"{path.name} repeats {', '.join(twice)}")
        words |= more
    return words


def _words(path: Path) -> dict[str, str]:
    read: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(read, dict):
        raise TextsError(f"{path.name} is no mapping of keys to texts")
    if wrong := [str(key) for key, words in read.items() if not (isinstance(key, str) and _sound(words))]:
        raise TextsError(f"{path.name}: not a text with named {{placeholders}}: {', '.join(wrong)}")
    return {key: words.strip() for key, words in read.items()}


def _sound(words: object) -> bool:
    if not isinstance(words, str) or not words.strip():
        return False
    try:
        return all(field is None or field.isidentifier() for _, field, _, _ in Formatter().parse(words))
    except ValueError:
        return False


def _missing(read: Mapping[Lang, Catalogue]) -> list[str]:
    every = frozenset().union(*(catalogue.keys for catalogue in read.values()))
    return [f"{lang}.yaml lacks {key}" for lang, has in read.items() for key in sorted(every - has.keys)]


def _unlike(read: Mapping[Lang, Catalogue]) -> list[str]:
    first, *rest = read.values()
    return [
        f"{key}: {first.lang} has {sorted(first.placeholders(key))}, {other.lang} {sorted(other.placeholders(key))}"
        for other in rest
        for key in sorted(first.keys & other.keys)
        if first.placeholders(key) != other.placeholders(key)
    ]
