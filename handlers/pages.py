"""A long list, a page at a time, with buttons that turn the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from handlers import render
from handlers.reply import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handlers.reply import Buttons
    from handlers.texts import Catalogue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`items` of page `number` (from 0) out of `pages`, at least one."""

    items: Sequence[T]
    number: int
    pages: int

    @classmethod
    def of(cls, every: Sequence[T], number: int, size: int) -> Page[T]:
        """Return the page asked for, or the last one where the list has become shorter since."""
        pages = max(1, -(-len(every) // size))
        number = min(max(number, 0), pages - 1)
        return cls(every[number * size : (number + 1) * size], number, pages)

    def heading(self, count: str, words: Catalogue) -> str:
        if self.pages == 1:
            return count
        return f"{count} · {words('page', page=self.number + 1, pages=self.pages)}"

    def turns(self, words: Catalogue, to: Callable[[int], str]) -> Buttons:
        """Buttons to the pages beside this one; `to` gives the data for a page's number."""
        back = [Button(words("button.previous"), to(self.number - 1))] if self.number else []
        on = [Button(words("button.next"), to(self.number + 1))] if self.number + 1 < self.pages else []
        return render.rows(*back, *on)
