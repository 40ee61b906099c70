"""The base now served and its matcher: the one thing that changes when facts are reloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facts.matching import Matcher
    from facts.model import FactBase, Lang
    from facts.verdict import Candidate, Verdict


class Library:
    """Serves one matcher at a time. A reload builds the next one aside and swaps a single reference."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    @property
    def base(self) -> FactBase:
        return self._matcher.base

    @property
    def matcher(self) -> Matcher:
        return self._matcher

    def ask(self, question: str, lang: Lang | None = None, shown: str | None = None) -> Verdict:
        """Return what the base says of a question, of any length and content, in bounded time.

        `lang` is the language to answer in (None: the question's, else English); `shown` the id of the fact shown last.
        """
        return self._matcher.match(question, lang, shown)

    def nearest(self, question: str, count: int) -> tuple[Candidate, ...]:
        """Return at most `count` facts, the nearest to the question first; none of them need answer it."""
        return self._matcher.nearest(question, count)

    def serve(self, matcher: Matcher) -> None:
        """Swap in a matcher that was built aside. Questions under way finish on the old one."""
        self._matcher = matcher
