"""What a handler is given and what it needs: `Ask` comes in, a `Reply` goes out, `Services` are supplied by `bot`.

No Telegram here: ids are plain integers, a message is HTML text with buttons.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime, timedelta

    from facts.library import Library
    from facts.model import Lang
    from handlers.acts import Acts
    from handlers.asked import Questions
    from handlers.pictures import Pictures
    from handlers.reply import Reply
    from handlers.revisions import Revisions
    from handlers.starting import Greetings
    from handlers.stats import Failures
    from handlers.texts import Catalogue

ChatKind = Literal["private", "group", "supergroup", "channel"]
PostLang = Literal["en", "zh", "both"]
CatchUp = Literal["latest", "skip"]
Uncertain = Literal["repeat", "skip"]


class Role(IntEnum):
    """What somebody may do here, in rising order.

    In a private chat everybody is CHAT_ADMIN of it, and whom the settings name is CURATOR, who keeps the facts, or
    BOT_ADMIN, who runs the bot and may do that, too: this costs no call, so the edge always says it. In a group
    CHAT_ADMIN is its administrator, asked of Telegram only where a route wants one; nobody is more there, so that
    keeping the facts or running the bot gives no rights over other people's groups.
    """

    EVERYONE = 0
    CHAT_ADMIN = 1
    CURATOR = 2
    BOT_ADMIN = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. `language` is Telegram's code ("zh-hans"), a hint and no choice."""

    id: int
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """Where: `thread` is a forum topic's id, None elsewhere and in the General topic."""

    id: int
    kind: ChatKind
    title: str = ""
    thread: int | None = None

    @property
    def private(self) -> bool:
        return self.kind == "private"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that somebody sent. `id` is for `Files`; `size` in bytes, as far as Telegram tells it."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that happened and wants a reply.

    `text`: what follows a command, a whole message, or what follows a button's prefix; always untrusted.
    `lang`: the language to speak where no question has one of its own: the choice made in this chat, else Telegram's,
    else English; `traditional`: Chinese is read in Traditional characters, which the edge then writes.
    `quoted`: the text of the message that this replies to, without a command before it; for a tap, of the one that the
    tapped message replies to: the question, if an answer is tapped.
    `tap`: a button was tapped, so that Edit and Toast have something to act on; `message`: the id of what was tapped.
    `shown`: the fact on the message that this replies to, as `handlers.callbacks.shown` reads it from its buttons; for
    a `triggers.Replied`, what follows its prefix there.
    """

    chat: Chat
    person: Person | None
    text: str
    lang: Lang
    now: datetime
    traditional: bool = False
    role: Role = Role.EVERYONE
    quoted: str | None = None
    tap: bool = False
    message: int | None = None
    shown: str | None = None
    file: Attached | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Scheduled digests for one chat (and thread).

    `weekdays`: at least one, 0 is Monday; `hour`: 0..23 in `zone` (IANA); `size`: facts a post, 1..3.
    `topics`: ids of the topics wanted, none for everything. `repeat`: the series begins again after its end.
    `paused_until`: no posts before that date in `zone`, `date.max`: until somebody resumes them.
    `catch_up`: after a downtime the latest missed post is made up for, or none. `uncertain`: a post of which nobody
    knows whether it arrived is sent again, or not.
    `next_due_at` is in UTC; None: the series has ended, or is paused for good, or is suspended.
    `suspended`: why the chat cannot be written to; only storage sets it, and saving clears it.
    `card`: the id of the message in its group that tells how posts are set up, as far as it is known.
    """

    chat_id: int
    thread: int | None
    weekdays: frozenset[int]
    hour: int
    zone: str
    lang: PostLang
    next_due_at: datetime | None
    topics: frozenset[str] = frozenset()
    silent: bool = False
    size: int = 1
    repeat: bool = False
    paused_until: date | None = None
    catch_up: CatchUp = "latest"
    uncertain: Uncertain = "repeat"
    suspended: str | None = None
    card: int | None = None

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages of a post, in their order."""
        return ("en", "zh") if self.lang == "both" else (self.lang,)


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        ...


class Preferences(Protocol):
    """The language chosen by a person (private chats) or for a group. People are kept by a keyed hash only."""

    async def language(self, chat: Chat) -> Lang | None: ...

    async def choose_language(self, chat: Chat, lang: Lang | None) -> None: ...

    async def forget(self, chat: Chat) -> bool:
        """Erase; return whether there was anything."""
        ...


class Listening(Protocol):
    """The groups in which the bot may answer without being addressed; none unless its administrators want it."""

    def on(self, chat_id: int) -> bool: ...

    async def turn(self, chat_id: int, *, on: bool) -> None: ...


class Subscriptions(Protocol):
    async def get(self, chat_id: int, thread: int | None) -> Subscription | None: ...

    async def save(self, subscription: Subscription, by: int | None = None) -> None:
        """Insert or replace the subscription of that chat and thread, and cancel what was planned, in one step.

        What was posted to it so far is kept. `by`: who set it up, kept as a keyed hash; None leaves that as it was.
        """
        ...

    async def change(
        self, chat_id: int, thread: int | None, to: Callable[[Subscription], Subscription], *, anew: bool = False
    ) -> Subscription | None:
        """Replace it by what `to` makes of it, in one step; return that, None where there is none.

        A change of when posts come cancels what was planned. `anew`: what was posted is forgotten.
        """
        ...

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        """Keep which message of that chat tells how its posts are set up, if there are any."""
        ...

    async def set_up_by(self, person: int) -> Sequence[Subscription]:
        """Return what that person set up, newest first."""
        ...

    async def disown(self, person: int) -> bool:
        """Forget what that person set up, and return whether there was anything; the posts go on."""
        ...

    async def remove(self, chat_id: int, thread: int | None) -> bool:
        """Remove it and its deliveries; return whether there was one."""
        ...

    async def posted(self, chat_id: int, thread: int | None) -> Sequence[str]:
        """Return ids of the facts that were posted to it in this series, in order."""
        ...


@dataclass(frozen=True, slots=True)
class DeliverySummary:
    """The last 24 hours of scheduled posts: how many were due, sent, sent late (over a minute), and failed for good.

    And now: subscriptions `suspended`, posts waiting in the `queue`, and the time `eta` that sending them takes.
    """

    due: int
    sent: int
    late: int
    failed: int
    suspended: int
    queue: int
    eta: timedelta


class Deliveries(Protocol):
    async def summary(self, now: datetime) -> DeliverySummary: ...


class Files(Protocol):
    async def fetch(self, file: str, at_most: int) -> bytes | None:
        """Return the content of a file that was sent; None where it is gone, or larger than `at_most` bytes."""
        ...


class Rooms(Protocol):
    async def administered(self, chat: int | str, person: int) -> Chat | None:
        """Return the group or channel with that id or "@name" if that person administers it and the bot may post there.

        None for any other. It is asked of Telegram each time: rights come and go.
        """
        ...

    async def successor(self, chat: int) -> int | None:
        """Return the id of the supergroup that a group became, None if it is what it was."""
        ...


class Scribe(Protocol):
    async def traditional(self) -> Callable[[str], str]:
        """Return what writes all that is said of the base now served in Traditional characters. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """All that handlers may use. `texts` has one catalogue a language; `zone` is the default IANA time zone.

    `inline`: the bot can be asked from any chat, which @BotFather switches on.
    """

    library: Library
    preferences: Preferences
    listening: Listening
    subscriptions: Subscriptions
    rooms: Rooms
    files: Files
    pictures: Pictures
    scribe: Scribe
    revisions: Revisions
    questions: Questions
    acts: Acts
    failures: Failures
    greetings: Greetings
    deliveries: Deliveries
    clock: Clock
    texts: dict[Lang, Catalogue]
    zone: str
    username: str
    inline: bool = False


class Handler(Protocol):
    async def __call__(self, ask: Ask, services: Services, /) -> Reply: ...
