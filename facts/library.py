"""The base now served and its matcher: the one thing that changes when facts are reloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import FactBase

if TYPE_CHECKING:
    from facts.matching import Matcher
    from facts.model import Lang
    from facts.verdict import Candidate, Verdict


class Library:
    """Serves one matcher at a time. A reload builds the next one aside and swaps it in at once."""

    def __init__(self, served: Matcher | FactBase) -> None:
        """Of a base alone all but questions can be told; they need its matcher, which is served later."""
        self._base = served if isinstance(served, FactBase) else served.base
        self._matcher = None if isinstance(served, FactBase) else served

    @property
    def base(self) -> FactBase:
        return self._base

    @property
    def matcher(self) -> Matcher:
        if self._matcher is None:
            raise RuntimeError("no matcher is served yet")
        return self._matcher

    def ask(self, question: str, lang: Lang | None = None, shown: str | None = None) -> Verdict:
        """Return what the base says of a question, of any length and content, in bounded time.

        `lang` is the language to answer in (None: the question's, else English); `shown` the id of the fact shown last.
        """
        return self.matcher.match(question, lang, shown)

    def nearest(self, question: str, count: int) -> tuple[Candidate, ...]:
        """Return at most `count` facts, the nearest to the question first; none of them need answer it."""
        return self.matcher.nearest(question, count)

    def serve(self, matcher: Matcher) -> None:
        """Swap in a matcher that was built aside. Questions under way finish on the old one."""
        self._base, self._matcher = matcher.base, matcher
