"""What is to be drawn, as plain data: it goes from the bot to the process that draws, and imports nothing heavy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Sort = Literal["result", "view", "aim"]
"""Reported or done; said by the author; planned or targeted."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`label` says of what, and `said` how much, as printed; `value`, above zero, is for the scale.

    `standing` is a word that keeps an aim from being read as a result, empty for what is reported. `notes`: doubts and
    contradictions, each a line; what is drawn is the printed value all the same.
    """

    label: str
    said: str
    value: float
    sort: Sort
    standing: str
    in_doubt: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts in one unit, at least one: results first, then views, then aims, and of each the largest first."""

    title: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture. `legend`: what the look of each sort means, for the sorts that occur; `hint`: how to read it."""

    title: str
    source: str
    legend: tuple[tuple[Sort, str], ...]
    hint: str
    charts: tuple[Chart, ...]

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "replace")

    @classmethod
    def read(cls, content: bytes) -> Drawing:
        """Return what was written. Raises ValueError, KeyError or TypeError for anything else."""
        told: dict[str, Any] = json.loads(content)
        charts = tuple(Chart(chart["title"], tuple(map(_amount, chart["amounts"]))) for chart in told["charts"])
        legend = tuple((sort, words) for sort, words in told["legend"])
        return cls(**told | {"legend": legend, "charts": charts})


def _amount(told: dict[str, Any]) -> Amount:
    return Amount(**told | {"notes": tuple(told["notes"])})
