"""What curators and administrators did: every change of what is served and of how a group is answered, with when.

Of a curator or the bot's administrators the name is kept, of a group's administrators none; of all a keyed hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from handlers import dates, render
from handlers.reply import Text
from handlers.revisions import Broken, Proposal, Refused, Same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from facts.model import Fact, FactBase, Gap
    from handlers.ports import Ask, Chat, Services
    from handlers.reply import Reply
    from handlers.revisions import Origin, Review
    from handlers.texts import Catalogue

Looked = Literal["review", "same", "broken", "refuse"]
"""What came of a look at a change: it may be served, there is none, it does not check, the gate refused it."""
Curated = Literal["serve", "leave", "aside", "download", "place", "settle"]
Setting = Literal["listen_on", "listen_off", "posts_on", "posts_off", "posts_changed", "language"]
Terminal = Literal["posted_now"]
"""Who it was, nobody knows: it came from the terminal."""
Kind = Looked | Curated | Setting | Terminal


@dataclass(frozen=True, slots=True)
class Act:
    """`detail`: what it was done to, never a question's words: a version's number, files' names, a fact's or gap's id,
    the beginning of a question's key; of a look at a change its origin, and what of it; of posts what was changed.

    `name`: of who may curate. `chat`, `place`: id and title of the group or channel that was set up.
    """

    at: datetime
    kind: Kind
    detail: str = ""
    name: str = ""
    chat: int | None = None
    place: str = ""


class Acts(Protocol):
    async def note(self, act: Act, person: int | None) -> None:
        """Keep an act; `person`: who did it, kept as a keyed hash; None: an administrator who stays anonymous."""
        ...

    async def last(self, limit: int) -> Sequence[Act]:
        """Return the newest, newest first."""
        ...

    async def tell_of(self, person: int) -> bool:
        """Return whether anything is kept that this person did."""
        ...


SHOWN = 20
_LOOKED: dict[type[Review], Looked] = {Proposal: "review", Same: "same", Broken: "broken", Refused: "refuse"}
# What is changed of posts: the panel's own words for it.
_CHANGED = {
    "day": "panel.days",
    "hour": "panel.hours",
    "zone": "panel.zones",
    "lang": "panel.langs",
    "topic": "panel.topics_",
    "size": "panel.sizes",
    "silent 0": "panel.silent_off",
    "silent 1": "panel.silent_on",
    "repeat 0": "panel.repeat_off",
    "repeat 1": "panel.repeat_on",
    "missed latest": "panel.missed.latest",
    "missed skip": "panel.missed.skip",
    "unsure repeat": "panel.unsure.repeat",
    "unsure skip": "panel.unsure.skip",
    "pause": "panel.pauses",
    "resume": "panel.resume",
    "again": "panel.again",
}


async def show(ask: Ask, services: Services) -> Reply:
    """List what was done last."""
    words, found = services.texts[ask.lang], await services.acts.last(SHOWN)
    lines = [
        words(
            f"acts.{act.kind}",
            when=dates.past(act.at, services.zone, words),
            name=render.clip(act.name, 32),
            place=render.clip(act.place, 40),
            detail=render.clip(_detail(act, words, services.library.base), 60),
        )
        for act in found
    ]
    return (Text(render.message(words("acts.title"), lines or [words("acts.none")])),)


async def note(kind: Looked | Curated, detail: str, ask: Ask, services: Services) -> None:
    """Note what a curator did."""
    if ask.person is not None:
        await services.acts.note(Act(ask.now, kind, detail, ask.person.name), ask.person.id)


async def note_look(review: Review, origin: Origin, what: str, ask: Ask, services: Services) -> None:
    """Note that a curator looked at a change, and what came of it."""
    await note(_LOOKED[type(review)], f"{origin} {what}".strip(), ask, services)


async def note_setting(kind: Setting, detail: str, chat: Chat, ask: Ask, services: Services) -> None:
    """Note what an administrator set up for a group or channel; one's own private chat is one's own business."""
    if not chat.private:
        act = Act(ask.now, kind, detail, chat=chat.id, place=chat.title)
        await services.acts.note(act, ask.person.id if ask.person else None)


def _detail(act: Act, words: Catalogue, base: FactBase) -> str:
    match act.kind:
        case "review" | "same" | "broken" | "refuse":
            origin, _, what = act.detail.partition(" ")
            origin = "question" if origin == "inbox" and not what else origin
            return words(f"acts.from.{origin}", what=_titled(what, words, base) if origin == "inbox" else what)
        case "place":
            return _titled(act.detail, words, base)
        case "posts_changed":
            return words(_CHANGED[act.detail])
        case "language":
            return words("acts.auto" if act.detail == "auto" else f"language.{act.detail}")
        case _:
            return act.detail


def _titled(entry: str, words: Catalogue, base: FactBase) -> str:
    """The title of a fact or gap; its id, where it is gone since."""
    entries: tuple[Fact | Gap, ...] = (*base.facts, *base.gaps)
    found = next((each for each in entries if each.id == entry), None)
    return found.title.of(words.lang) if found else entry
