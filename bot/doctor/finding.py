"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Finding:
    """`mend`: what to do about it; empty where all is well. `fatal`: the bot cannot work until it is mended."""

    subject: str
    said: str
    mend: str = ""
    fatal: bool = False

    @property
    def line(self) -> str:
        mark = "ok  " if not self.mend else "BAD " if self.fatal else "look"
        return f"{mark}  {self.subject}: {self.said}{f' · {self.mend}' if self.mend else ''}"


def summary(findings: Sequence[Finding]) -> str:
    """Return how many things are BAD, to look at, and ok, and which: their lines stand above."""
    bad = [each.subject for each in findings if each.mend and each.fatal]
    look = [each.subject for each in findings if each.mend and not each.fatal]
    counted = f"{len(bad)} BAD, {len(look)} to look at, {len(findings) - len(bad) - len(look)} ok"
    named = [f" · {what}: {', '.join(which)}" for what, which in (("BAD", bad), ("to look at", look)) if which]
    return "\n".join(["", f"{counted}{''.join(named)}"])
