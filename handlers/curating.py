"""What curators do from their private chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import render
from handlers.reply import Text

if TYPE_CHECKING:
    from facts.loading import Problem
    from handlers.ports import Ask, Services
    from handlers.reply import Reply
    from handlers.texts import Catalogue

PROBLEMS = 15
"""Problems listed at once: as many as one reads before mending."""
_VERSION = 12


async def reload(ask: Ask, services: Services) -> Reply:
    """Serve the facts on disk if they check; else list what to mend."""
    words, before = services.texts[ask.lang], services.library.base.version
    done = await services.curation.reload()
    if done.problems:
        return (Text(_broken(done.problems, words)),)
    total, short = len(services.library.base.facts), done.version[:_VERSION]
    if done.version == before:
        title, body = words("reload.unchanged", version=short), words("reload.unchanged_body", total=total)
    else:
        counts = {"added": len(done.added), "removed": len(done.removed), "changed": len(done.changed)}
        title, body = words("reload.served", version=short), words("reload.counts", total=total, **counts)
    return (Text(render.message(title, [body])),)


def _broken(problems: tuple[Problem, ...], words: Catalogue) -> str:
    listed = [(f"{problem.file}:{problem.line}", problem.text(words.lang)) for problem in problems[:PROBLEMS]]
    more = [("", words("reload.more", count=len(problems) - PROBLEMS))] if len(problems) > PROBLEMS else []
    return render.message(words("reload.broken", count=len(problems)), [words("reload.kept")], [*listed, *more])
