"""The engine and what one would pick instead, behind one face. All of them get the very same lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import bm25s  # type: ignore[import-untyped]  # ships no types
import numpy as np
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # the same
from sklearn.pipeline import FeatureUnion, Pipeline  # type: ignore[import-untyped]  # the same
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # the same

from facts.matching import Matcher
from facts.matching.candidates import phrasings
from facts.matching.ranking import Ranker, Words
from facts.text import stem
from facts.verdict import NotInSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from facts.model import FactBase

OURS = "this engine"
Ranked = tuple[list[str], float]
"""The facts' ids, best first, at least three where there are as many; and how sure the contender is of the first."""


class Ranks(Protocol):
    def rank(self, question: str) -> Ranked:
        """Rank the facts."""


class Serves(Protocol):
    def ask(self, question: str) -> object:
        """Do what serving a question takes, and no more: this is timed."""


class Engine:
    """The whole engine as it is served, from a question to a verdict."""

    def __init__(self, base: FactBase) -> None:
        self._matcher = Matcher(base)

    def ask(self, question: str) -> object:
        return self._matcher.match(question)


class EngineRanks:
    """The engine's ranking before anything is decided, and the confidence among the reasons of its verdict."""

    def __init__(self, base: FactBase) -> None:
        found = phrasings(base)
        self._ids = [entry.id for entry in found.entries]
        self._ranker = Ranker(found.lines, found.owner, len(found.entries))
        self._matcher = Matcher(base)

    def rank(self, question: str) -> Ranked:
        ranking = self._ranker.rank(Words.of(self._ranker.spacing.mended(question)))
        verdict = self._matcher.match(question)
        refused = isinstance(verdict, NotInSource)
        return [
            self._ids[int(entry)] for entry in ranking.entries[:3]
        ], 0.0 if refused else verdict.reasons.score or 0.0


class ByLine:
    """Scores lines; a fact is worth its best one."""

    def __init__(self, base: FactBase) -> None:
        found = phrasings(base)
        self.lines = [utils.default_process(line) for line in found.lines]
        self._ids = [entry.id for entry in found.entries]
        self._starts = np.searchsorted(np.asarray(found.owner), np.arange(len(found.entries)))

    def rank(self, question: str) -> Ranked:
        worth = np.maximum.reduceat(self.scores(utils.default_process(question)), self._starts)
        order = np.argsort(-worth, kind="stable")[:3]
        return [self._ids[int(entry)] for entry in order], float(worth[order[0]])

    def scores(self, question: str) -> NDArray[Any]:
        raise NotImplementedError


class Fuzzy(ByLine):
    """rapidfuzz, as it is usually served: `extractOne` over all lines."""

    def __init__(self, base: FactBase, scorer: Callable[..., float]) -> None:
        super().__init__(base)
        self._scorer = scorer

    def scores(self, question: str) -> NDArray[Any]:
        # The scores that extractOne takes the highest of.
        scores: NDArray[Any] = process.cdist([question], self.lines, scorer=self._scorer)[0]
        return scores

    def ask(self, question: str) -> object:
        return process.extractOne(utils.default_process(question), self.lines, scorer=self._scorer)


class Bm25(ByLine):
    """BM25 over stems, with stop words left out, as bm25s advises."""

    def __init__(self, base: FactBase) -> None:
        super().__init__(base)
        self._index = bm25s.BM25()
        self._index.index([self._tokens(line) for line in self.lines], show_progress=False)

    @staticmethod
    def _tokens(text: str) -> list[str]:
        return [stem(word) for word in text.split()] or [""]

    def scores(self, question: str) -> NDArray[Any]:
        return np.asarray(self._index.get_scores(self._tokens(question)))

    def ask(self, question: str) -> object:
        return self.rank(question)


class Trained:
    """LinearSVC on TF-IDF of words (1–2) and letters (2–4): trained, anew with every change of a base."""

    def __init__(self, base: FactBase) -> None:
        found = phrasings(base)
        features = FeatureUnion(
            [
                ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
                ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)),
            ]
        )
        self._pipeline = Pipeline([("features", features), ("machine", LinearSVC())])
        self._pipeline.fit(found.lines, [found.entries[entry].id for entry in found.owner])

    def rank(self, question: str) -> Ranked:
        values = np.atleast_1d(self._pipeline.decision_function([question])[0])
        order: Sequence[int] = np.argsort(-values)[:3].tolist()
        return [str(self._pipeline.classes_[entry]) for entry in order], float(values[order[0]])

    def ask(self, question: str) -> object:
        return self.rank(question)


OTHERS: dict[str, Callable[[FactBase], Fuzzy | Bm25 | Trained]] = {
    "extractOne WRatio": lambda base: Fuzzy(base, fuzz.WRatio),
    "extractOne token_sort_ratio": lambda base: Fuzzy(base, fuzz.token_sort_ratio),
    "BM25": Bm25,
    "LinearSVC (trained)": Trained,
}
RANKING: dict[str, Callable[[FactBase], Ranks]] = {OURS: EngineRanks, **OTHERS}
SERVING: dict[str, Callable[[FactBase], Serves]] = {OURS: Engine, **OTHERS}
