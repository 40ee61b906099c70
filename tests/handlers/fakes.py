"""Services without a database, Telegram or real time; they keep what they are told in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from facts.library import Library
from facts.matching import Matcher
from facts.traditional import traditional
from handlers.pictures import Picture
from handlers.ports import Ask, Chat, DeliverySummary, Person, Role, Services, Subscription
from handlers.revisions import Proposal, Same, Served, Step, Version, nobody
from handlers.starting import Greetings
from handlers.stats import Figures
from handlers.texts import catalogues

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from facts.drawing import Drawing
    from facts.model import FactBase, Lang
    from facts.verdict import Verdict
    from handlers.acts import Act
    from handlers.asked import Asked, InVain
    from handlers.pictures import Missing
    from handlers.revisions import Review, Told
    from handlers.stats import Failed

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
PRIVATE = Chat(1001, "private")
GROUP = Chat(-1001000000001, "supergroup", "Readers")
TOM = Person(1001, "Tom", "en")
FILES = {"source.yaml": b"s", "facts/a.yaml": b"a", "gaps.yaml": b"g"}


class FakeMatcher(Matcher):
    """Gives the verdicts it is told, by question; any other question is matched."""

    def __init__(self, base: FactBase, verdicts: Mapping[str, Verdict]) -> None:
        super().__init__(base)
        self._verdicts = verdicts

    def match(self, question: str, lang: Lang | None = None, shown: str | None = None) -> Verdict:
        return self._verdicts.get(question) or super().match(question, lang, shown)


@dataclass
class FakeClock:
    time: datetime = NOW

    def now(self) -> datetime:
        return self.time


@dataclass
class FakePreferences:
    chosen: dict[int, Lang] = field(default_factory=dict)

    async def language(self, chat: Chat) -> Lang | None:
        return self.chosen.get(chat.id)

    async def choose_language(self, chat: Chat, lang: Lang | None) -> None:
        self.chosen.pop(chat.id, None)
        if lang:
            self.chosen[chat.id] = lang

    async def forget(self, chat: Chat) -> bool:
        return self.chosen.pop(chat.id, None) is not None


@dataclass
class FakeListening:
    groups: set[int] = field(default_factory=set)

    def on(self, chat_id: int) -> bool:
        return chat_id in self.groups

    async def turn(self, chat_id: int, *, on: bool) -> None:
        if on:
            self.groups.add(chat_id)
        else:
            self.groups.discard(chat_id)


@dataclass
class FakeSubscriptions:
    kept: dict[tuple[int, int | None], Subscription] = field(default_factory=dict)
    facts: dict[tuple[int, int | None], list[str]] = field(default_factory=dict)
    owners: dict[tuple[int, int | None], int] = field(default_factory=dict)

    async def get(self, chat_id: int, thread: int | None) -> Subscription | None:
        return self.kept.get((chat_id, thread))

    async def save(self, subscription: Subscription, by: int | None = None) -> None:
        self.kept[subscription.chat_id, subscription.thread] = subscription
        if by is not None:
            self.owners[subscription.chat_id, subscription.thread] = by

    async def change(
        self, chat_id: int, thread: int | None, to: Callable[[Subscription], Subscription], *, anew: bool = False
    ) -> Subscription | None:
        if (chat_id, thread) not in self.kept:
            return None
        changed = self.kept[chat_id, thread] = replace(to(self.kept[chat_id, thread]), suspended=None)
        if anew:
            self.facts.pop((chat_id, thread), None)
        return changed

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        if kept := self.kept.get((chat_id, thread)):
            self.kept[chat_id, thread] = replace(kept, card=message_id)

    async def set_up_by(self, person: int) -> Sequence[Subscription]:
        return [self.kept[key] for key, owner in self.owners.items() if owner == person and key in self.kept]

    async def disown(self, person: int) -> bool:
        before = self.owners
        self.owners = {key: owner for key, owner in before.items() if owner != person}
        return self.owners != before

    async def remove(self, chat_id: int, thread: int | None) -> bool:
        self.facts.pop((chat_id, thread), None)
        self.owners.pop((chat_id, thread), None)
        return self.kept.pop((chat_id, thread), None) is not None

    async def posted(self, chat_id: int, thread: int | None) -> Sequence[str]:
        return self.facts.get((chat_id, thread), [])

    def end(self, chat: Chat) -> None:
        """What the planner does once the closing post was sent."""
        key = (chat.id, chat.thread)
        self.kept[key] = replace(self.kept[key], next_due_at=None)


@dataclass
class FakeFiles:
    """Files that were sent, by their ids; whatever else is asked for is gone."""

    sent: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, file: str, at_most: int) -> bytes | None:
        content = self.sent.get(file)
        return content if content is not None and len(content) <= at_most else None


@dataclass
class FakePictures:
    """Draws nothing: gives what it is told, and keeps what it was asked for."""

    given: Picture | Missing = field(default_factory=lambda: Picture("0" * 40, b"a picture"))
    asked: list[Drawing] = field(default_factory=list)

    async def draw(self, drawing: Drawing) -> Picture | Missing:
        self.asked.append(drawing)
        return self.given


@dataclass
class FakeRooms:
    """Groups and channels by id or "@name", who administers them, and what they became."""

    rooms: dict[int | str, tuple[Chat, set[int]]] = field(default_factory=dict)
    successors: dict[int, int] = field(default_factory=dict)

    async def administered(self, chat: int | str, person: int) -> Chat | None:
        found, administrators = self.rooms.get(chat, (None, set()))
        return found if person in administrators else None

    async def successor(self, chat: int) -> int | None:
        return self.successors.get(chat)


@dataclass
class FakeRevisions:
    """Reviews as it is told; serves version 3, after two older ones."""

    review: Review = field(default_factory=lambda: Same(3))
    steps: tuple[Step, ...] = (Step("checking"), Step("building", 0, 4), Step("asking", 20, 600))
    waiting: set[str] = field(default_factory=set)
    accepted: list[Version] = field(
        default_factory=lambda: [
            Version(1, "folder", "", NOW),
            Version(2, "upload", "Lin", NOW),
            Version(3, "folder", "Lin", NOW),
        ]
    )
    reviewed: list[int] = field(default_factory=list)
    added: list[tuple[str, Lang, str | None]] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    served: dict[str, bytes] = field(default_factory=lambda: dict(FILES))

    async def review_folder(self, told: Told = nobody) -> Review:
        for step in self.steps:
            told(step)
        if isinstance(self.review, Proposal):
            self.waiting.add(self.review.key)
        return self.review

    async def review_version(self, number: int, told: Told = nobody) -> Review | None:
        self.reviewed.append(number)
        return await self.review_folder(told) if number <= len(self.accepted) else None

    async def review_question(
        self, question: str, lang: Lang, entry: str | None, wording: str = "", told: Told = nobody
    ) -> Review:
        self.wordings.append(wording)
        self.added.append((question, lang, entry))
        return await self.review_folder(told)

    async def review_file(
        self, name: str, content: bytes, by: Person, told: Told = nobody
    ) -> tuple[Review, Sequence[str]]:
        others = list(self.uploads)
        self.uploads[name] = content
        return await self.review_folder(told), [each for each in others if each != name]

    def put_aside(self, by: Person) -> None:
        self.uploads.clear()

    async def files(self) -> Mapping[str, bytes]:
        return self.served

    async def accept(self, key: str, by: Person, at: datetime) -> Served | None:
        if not await self.drop(key):
            return None
        self.accepted.append(Version(len(self.accepted) + 1, "folder", by.name, at))
        return Served(len(self.accepted), next((each or "" for *_, each in self.added), ""))

    async def drop(self, key: str) -> bool:
        found = key in self.waiting
        self.waiting.discard(key)
        return found

    async def number(self) -> int:
        return len(self.accepted)

    async def versions(self, limit: int) -> Sequence[Version]:
        return self.accepted[::-1][:limit]


@dataclass
class FakeQuestions:
    """Keeps what is noted; `vain` is what it tells of the inbox."""

    noted: list[Asked] = field(default_factory=list)
    vain: list[InVain] = field(default_factory=list)
    unkept: set[int] = field(default_factory=set)
    told: Figures = field(default_factory=lambda: Figures(0, 0, {}, {}, []))

    def note(self, asked: Asked) -> None:
        if asked.person not in self.unkept:
            self.noted.append(asked)

    async def in_vain(self, limit: int, skip: int = 0) -> Sequence[InVain]:
        return self.vain[skip : skip + limit]

    async def one(self, key: str) -> InVain | None:
        return next((each for each in self.vain if each.key == key), None)

    async def figures(self, now: datetime, limit: int) -> Figures:
        return self.told

    async def settle(self, key: str) -> bool:
        found = await self.one(key)
        if found is not None:
            self.vain.remove(found)
        return found is not None

    async def kept(self, person: int) -> bool:
        return person not in self.unkept

    async def keep(self, person: int, *, kept: bool) -> None:
        if kept:
            self.unkept.discard(person)
        else:
            self.unkept.add(person)
            await self.forget(person)

    async def forget(self, person: int) -> bool:
        before = len(self.noted)
        self.noted = [each for each in self.noted if each.person != person]
        return len(self.noted) < before


@dataclass
class FakeActs:
    noted: list[Act] = field(default_factory=list)
    people: list[int | None] = field(default_factory=list)

    async def note(self, act: Act, person: int | None) -> None:
        self.noted.append(act)
        self.people.append(person)

    async def tell_of(self, person: int) -> bool:
        return person in self.people

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What was noted, in short."""
        return [(act.kind, act.detail) for act in self.noted]

    async def last(self, limit: int) -> Sequence[Act]:
        return self.noted[::-1][:limit]


@dataclass
class FakeFailures:
    failed: list[Failed] = field(default_factory=list)

    async def last(self, now: datetime) -> Sequence[Failed]:
        return self.failed


@dataclass
class FakeDeliveries:
    """Tells the summary it was given."""

    told: DeliverySummary = field(default_factory=lambda: DeliverySummary(0, 0, 0, 0, 0, 0, timedelta()))

    async def summary(self, now: datetime) -> DeliverySummary:
        return self.told


class FakeScribe:
    """Asks OpenCC itself."""

    async def traditional(self) -> Callable[[str], str]:
        return traditional


@dataclass
class World:
    """One bot for a test: its services, by their fakes, and short ways to ask."""

    library: Library
    preferences: FakePreferences = field(default_factory=FakePreferences)
    listening: FakeListening = field(default_factory=FakeListening)
    subscriptions: FakeSubscriptions = field(default_factory=FakeSubscriptions)
    clock: FakeClock = field(default_factory=FakeClock)
    rooms: FakeRooms = field(default_factory=FakeRooms)
    files: FakeFiles = field(default_factory=FakeFiles)
    pictures: FakePictures = field(default_factory=FakePictures)
    deliveries: FakeDeliveries = field(default_factory=FakeDeliveries)
    revisions: FakeRevisions = field(default_factory=FakeRevisions)
    questions: FakeQuestions = field(default_factory=FakeQuestions)
    acts: FakeActs = field(default_factory=FakeActs)
    failures: FakeFailures = field(default_factory=FakeFailures)

    def __post_init__(self) -> None:
        self.services = Services(
            library=self.library,
            preferences=self.preferences,
            listening=self.listening,
            subscriptions=self.subscriptions,
            rooms=self.rooms,
            files=self.files,
            pictures=self.pictures,
            scribe=FakeScribe(),
            revisions=self.revisions,
            questions=self.questions,
            acts=self.acts,
            failures=self.failures,
            greetings=Greetings(),
            deliveries=self.deliveries,
            clock=self.clock,
            texts=catalogues(),
            zone="Asia/Shanghai",
            username="chancheng_facts_bot",
        )


def world(base: FactBase, verdicts: Mapping[str, Verdict] | None = None) -> World:
    return World(Library(FakeMatcher(base, verdicts or {})))


def ask(text: str = "", lang: Lang = "en", *, chat: Chat = PRIVATE, **more: object) -> Ask:
    """An ask in Tom's private chat, unless said otherwise, with the role that he has there."""
    role = Role.CHAT_ADMIN if chat.private else Role.EVERYONE
    made = Ask(chat=chat, person=TOM, text=text, lang=lang, now=NOW, role=role)
    return replace(made, **more)  # type: ignore[arg-type]  # the fields of Ask, by name


def tap(text: str, lang: Lang = "en", *, chat: Chat = PRIVATE, **more: object) -> Ask:
    return ask(text, lang, chat=chat, tap=True, **more)
