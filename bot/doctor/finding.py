"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass


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
