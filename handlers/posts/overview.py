"""The panel's first page: how posts are set up, in words, and the buttons to change it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handlers import dates, links, render
from handlers.posts.data import Where, data
from handlers.reply import Button

if TYPE_CHECKING:
    from datetime import datetime

    from facts.model import FactBase
    from handlers.ports import Subscription
    from handlers.posts.data import Action
    from handlers.reply import Buttons
    from handlers.texts import Catalogue

State = Literal["off", "on", "paused", "complete", "joined", "suspended"]
# What starts posts again, by why there are none.
_STARTS: dict[State, Action] = {
    "off": "on",
    "paused": "resume",
    "suspended": "resume",
    "joined": "resume",
    "complete": "again",
}
_WHY = {
    "zone": ("no next time can be told",),
    "topic": ("topic", "thread"),
    "rights": ("rights", "write_forbidden", "restricted", "admin_required"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel tells. `posts` is what is kept, or what would be; `posted` of `total` facts were posted.

    `title` and `where` name the chat where that is not the one in which the panel stands; else they are empty and None.
    """

    state: State
    posts: Subscription
    posted: int
    total: int
    base: FactBase
    now: datetime
    title: str = ""
    where: Where | None = None


def overview(shown: Shown, words: Catalogue) -> tuple[str, Buttons]:
    """The whole panel, for a private chat."""
    act = _Acts(shown, words)
    preview = act("preview")
    if shown.state == "off":
        return _message(shown, words), ((act("on", key="turn_on"), preview),)
    start = ((_start(shown, act),),) if shown.state in _STARTS else ()
    grid = render.rows(
        act("days"), act("hours"), act("zones"), act("langs"), act("topics", "0", "topics_"), act("sizes"),
        act("silent", "0" if shown.posts.silent else "1", "silent_off" if shown.posts.silent else "silent_on"),
        act("repeat", "0" if shown.posts.repeat else "1", "repeat_off" if shown.posts.repeat else "repeat_on"),
        act("outages"), preview, *([act("pauses")] if shown.state == "on" else []), act("stopping"),
    )  # fmt: skip
    return _message(shown, words), start + grid


def brief(shown: Shown, words: Catalogue, username: str) -> tuple[str, Buttons]:
    """The panel in a group: one button that acts there, the rest opens in private so that it disturbs nobody."""
    act = _Acts(shown, words)
    first = act("off", key="turn_off") if shown.state == "on" else _start(shown, act)
    place = Where(shown.posts.chat_id, shown.posts.thread or 0)
    settings = Button(words("panel.settings"), url=links.to_settings(username, *place))
    return _message(shown, words, lasting=True), ((first, settings),)


def heading(shown: Shown, words: Catalogue) -> str:
    said = standing(shown.state, shown.posts, words)
    return words("panel.of", chat=shown.title, state=said) if shown.title else said


def standing(state: State, posts: Subscription, words: Catalogue) -> str:
    """Return "Scheduled posts are on" or its like."""
    until = posts.paused_until
    if state == "paused" and until is not None and until.year < 9999:
        return words("panel.paused_until", day=dates.day(until, words))
    return words(f"panel.{state}")


def listed(state: State, posts: Subscription, words: Catalogue) -> tuple[str, str]:
    """Return the two lines by which posts are told apart in a list; where none come, the first says so."""
    if state == "on":
        return when(posts, words), next_post(posts, words)
    return standing(state, posts, words), why(posts, words) if posts.suspended else when(posts, words)


def why(posts: Subscription, words: Catalogue) -> str:
    """Say why posts were suspended; the reason that is kept has Telegram's words, or ours."""
    told = (posts.suspended or "").lower()
    known = (reason for reason, hints in _WHY.items() if any(hint in told for hint in hints))
    return words(f"panel.why.{next(known, 'gone')}")


def when(posts: Subscription, words: Catalogue) -> str:
    """Return "Every Monday at 09:00" or its like."""
    return words("panel.when", days=dates.weekdays(posts.weekdays, words), time=dates.clock_time(posts.hour))


def next_post(posts: Subscription, words: Catalogue, *, lasting: bool = False) -> str:
    """Return "Next post: …", or in which zone times are meant while none is due; `lasting`: "Starting …"."""
    if posts.next_due_at is None:
        return words("panel.zone", zone=posts.zone)
    return words("panel.from" if lasting else "panel.next", due=dates.due(posts.next_due_at, posts.zone, words))


def topics(shown: Shown, words: Catalogue) -> str:
    wanted = [topic.title.of(words.lang) for topic in shown.base.topics if topic.id in shown.posts.topics]
    return (
        words("panel.topics", topics=dates.listed(wanted, words, "names.listed"))
        if wanted
        else words("panel.everything")
    )


def _message(shown: Shown, words: Catalogue, *, lasting: bool = False) -> str:
    """The panel in words; `lasting`: it stays where it is while posts come, and says nothing that they make untrue."""
    posts = shown.posts
    if shown.state == "off":
        offer = words("panel.offer", when=when(posts, words), total=shown.total)
        due = dates.due(posts.next_due_at or shown.now, posts.zone, words)
        lines = [offer, words("panel.first", due=due), words("panel.later")]
        return render.message(heading(shown, words), lines)
    manner = (
        words(f"panel.size.{posts.size}"),
        words(f"panel.in.{posts.lang}"),
        words(f"panel.sound.{int(posts.silent)}"),
    )
    stopped = [why(posts, words)] if shown.state == "suspended" else []
    due, series = next_post(posts, words, lasting=lasting), _series(shown, words, lasting=lasting)
    lines = [when(posts, words), due, dates.listed(manner, words), topics(shown, words), series]
    return render.message(heading(shown, words), [*stopped, *lines])


def _series(shown: Shown, words: Catalogue, *, lasting: bool) -> str:
    if shown.state == "complete":
        return words("panel.series_done", total=shown.total)
    after = "again" if shown.posts.repeat else "once"
    if lasting:
        return words(f"panel.whole_{after}", total=shown.total)
    return words(f"panel.series_{after}", posted=shown.posted, total=shown.total)


def _start(shown: Shown, act: _Acts) -> Button:
    keys = {"off": "turn_on", "suspended": "turn_on", "complete": "again"}
    return act(_STARTS[shown.state], key=keys.get(shown.state, "resume"))


@dataclass(frozen=True, slots=True)
class _Acts:
    """Makes the panel's buttons; `key` of the label where the action is not its name."""

    shown: Shown
    words: Catalogue

    def __call__(self, action: Action, value: str = "", key: str = "") -> Button:
        label = self.words(f"panel.{key or action}")
        return Button(label, data(self.words.lang, action, value, self.shown.where))
