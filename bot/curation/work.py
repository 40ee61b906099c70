"""What goes to a process aside, and what comes of it. Loads nothing that takes time to load."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config import Settings
    from facts.comparing import Comparison
    from facts.evaluation import Mark, Question
    from facts.matching import Matcher


@dataclass(frozen=True, slots=True)
class Place:
    """`folder`: where the facts of this installation stand, absolute; `cache`: where built matchers are kept."""

    folder: Path
    cache: Path | None = None


def place_of(settings: Settings) -> Place:
    """Raises SettingsError."""
    return Place(settings.folder.resolve(), settings.cache)


@dataclass(frozen=True, slots=True)
class Work:
    """`files` None: those of the folder, whose question sets are asked in any case.

    `inbox`: what a folder without an inbox gets. `served`: what the base is compared with; None to build it only.
    `known`: how that did on questions that it was asked before. `gently`: let whatever else the machine does go first.
    """

    place: Place
    files: Mapping[str, bytes] | None = None
    inbox: bytes | None = None
    served: Matcher | None = None
    known: Mapping[Question, Mark] = field(default_factory=dict)
    gently: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """`change`: what it changes in what is served; None where nothing is or the two are the same.

    `folder`: what the folder was, where this was made of it.
    """

    files: Mapping[str, bytes]
    matcher: Matcher
    change: Comparison | None
    folder: str | None = None
