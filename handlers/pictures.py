"""Pictures that handlers ask for: what they want, and what they may get instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from facts.drawing import Drawing

Missing = Literal["font", "failed"]
"""Why there is no picture: no font shows what is to be drawn, or drawing went wrong; the log says how."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `key`: the same for the same picture, 40 hex digits."""

    key: str
    content: bytes


class Pictures(Protocol):
    async def draw(self, drawing: Drawing) -> Picture | Missing:
        """Draw, or return what was drawn before."""
        ...
