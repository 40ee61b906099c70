"""/quiz: one question made from the facts."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from facts import quiz as quizzing
from handlers import links, render
from handlers.reply import Button, Quiz, Text

if TYPE_CHECKING:
    from handlers.ports import Ask, Services
    from handlers.reply import Reply

_EXPLANATION, _OPTION = 200, 100
"""Characters of a poll's explanation and of an option (Bot API, sendPoll)."""


async def quiz(ask: Ask, services: Services) -> Reply:
    """Ask one question as a quiz poll; the moment and the chat decide which."""
    words = services.texts[ask.lang]
    made = quizzing.quiz(services.library.base, ask.lang, Random(f"{ask.chat.id} {ask.now.isoformat()}"))  # noqa: S311 - a game
    if made is None:
        return (Text(render.message(words("quiz.none"), [words("quiz.none_body")])),)
    more = Button(words("button.ask_more"), url=links.to_fact(services.username, made.fact.id))
    return (
        Quiz(
            words("quiz.question", question=made.question),
            tuple(render.clip(option, _OPTION) for option in made.options),
            made.right,
            render.clip("\n".join(made.explanation), _EXPLANATION),
            ((more,),),
        ),
    )
