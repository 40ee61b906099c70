"""Write the pages of docs/ that are made from the program: `make docs`."""

from __future__ import annotations

import asyncio
import sys

from bot.config import ROOT
from tests.documents import commands, conversations


def main() -> int:
    pages = {"commands.md": commands.page(), "conversations.md": asyncio.run(conversations.page())}
    for name, text in pages.items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
