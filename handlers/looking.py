"""How far a review is, in people's words, while it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import render
from handlers.reply import Working
from handlers.revisions import Step

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.reply import Reply
    from handlers.revisions import Told
    from handlers.texts import Catalogue


def looking(look: Callable[[Told], Awaitable[Reply]], words: Catalogue) -> Working:
    """Show how far `look` is with its review, until its reply is there."""

    async def work(tell: Callable[[str], None]) -> Reply:
        return await look(lambda step: tell(_page(step, words)))

    lost = render.message(words("looking.lost"), [words("looking.lost_body")])
    return Working(_page(Step("checking"), words), work, lost)


def _page(step: Step, words: Catalogue) -> str:
    line = words(f"looking.{step.stage}", done=step.done, total=step.total)
    return render.message(words("looking.title"), [line])
