"""The panel's other pages: each picks one thing and shows what is picked now. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers import dates, render, zones
from handlers.pages import Page
from handlers.posts import overview
from handlers.posts.changes import EVERY_DAY
from handlers.posts.data import data, topic_key
from handlers.reply import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from facts.model import Topic
    from handlers.posts.data import Action, Tap
    from handlers.posts.overview import Shown
    from handlers.reply import Buttons
    from handlers.texts import Catalogue

CITIES, TOPICS = 20, 8


class Picker:
    """Draws a page for what is `shown`; `language`: Telegram's code of who taps, for the zones likely for them."""

    def __init__(self, shown: Shown, words: Catalogue, default_zone: str, language: str | None) -> None:
        self.shown = shown
        self.words = words
        self.default_zone = default_zone
        self.language = language

    def page(self, tap: Tap) -> tuple[str, Buttons]:
        """The page that a tap leads to; the overview where it leads to none."""
        draw: dict[str, Callable[[str], tuple[str, Buttons]]] = {
            "days": self._days, "day": self._days, "hours": self._hours, "zones": self._zones,
            "regions": self._regions, "region": self._region, "langs": self._langs, "topics": self._topics,
            "topic": self._topics, "sizes": self._sizes, "outages": self._outages, "missed": self._outages,
            "unsure": self._outages, "pauses": self._pauses, "stopping": self._stopping,
        }  # fmt: skip
        drawn = draw.get(tap.action)
        return drawn(tap.value) if drawn else overview.overview(self.shown, self.words)

    def _days(self, _: str) -> tuple[str, Buttons]:
        chosen = self.shown.posts.weekdays
        days = [
            self._choice(dates.short_weekday(day, self.words), "day", f"{_sign(day in chosen)}{day}", day in chosen)
            for day in range(7)
        ]
        every = self._choice(self.words("every_day"), "day", "all", chosen == EVERY_DAY)
        return self._message("days"), (*render.rows(*days, each=4), (every,), *self._back("done"))

    def _hours(self, _: str) -> tuple[str, Buttons]:
        now = self.shown.posts.hour
        hours = [self._choice(dates.clock_time(hour), "hour", str(hour), hour == now) for hour in range(24)]
        return self._message("hours", zone=self.shown.posts.zone), (*render.rows(*hours, each=4), *self._back())

    def _zones(self, _: str) -> tuple[str, Buttons]:
        likely = dict.fromkeys((self.shown.posts.zone, *zones.likely(self.default_zone, self.language)))
        other = Button(self.words("panel.regions"), self._data("regions"))
        rows = tuple((self._zone(name, render.FULL),) for name in likely if zones.offered(name))
        return self._message("zones", zone=self.shown.posts.zone), (*rows, (other,), *self._back())

    def _regions(self, _: str) -> tuple[str, Buttons]:
        regions = [Button(self.words(f"region.{name}"), self._data("region", name)) for name in zones.regions()]
        return self._message("regions"), (*render.rows(*regions), *self._back())

    def _region(self, value: str) -> tuple[str, Buttons]:
        """A region's cities, twenty a page; which page, where there are several, is asked by their first and last."""
        name, _, number = value.partition(".")
        every = zones.regions().get(name)
        if every is None:
            return self._regions("")
        back = self._back("back_regions", "regions")
        parts = [every[start : start + CITIES] for start in range(0, len(every), CITIES)]
        title = self._message("region", region=self.words(f"region.{name}"))
        if len(parts) > 1 and not number:
            turns = [Button(self._range(part), self._data("region", f"{name}.{at}")) for at, part in enumerate(parts)]
            return title, (*render.rows(*turns, each=1), *back)
        part = parts[min(int(number or 0), len(parts) - 1)]
        return title, (*render.rows(*(self._zone(zone) for zone in part)), *back)

    def _langs(self, _: str) -> tuple[str, Buttons]:
        now = self.shown.posts.lang
        langs = ("en", "zh", "both")
        choices = [self._choice(self.words(f"panel.lang.{lang}"), "lang", lang, lang == now) for lang in langs]
        return self._message("langs"), (*render.rows(*choices, each=1), *self._back())

    def _topics(self, value: str) -> tuple[str, Buttons]:
        base, chosen = self.shown.base, self.shown.posts.topics
        with_posts = {fact.topic for fact in base.facts if fact.digest}
        listed = sorted((topic for topic in base.topics if topic.id in with_posts), key=lambda topic: topic.order)
        keys = [topic_key(topic.id) for topic in listed]
        # After a topic was tapped the page stays where it stood.
        number = int(value) if value.isdigit() else keys.index(value[1:]) // TOPICS if value[1:] in keys else 0
        page = Page.of(listed, number, TOPICS)
        every = self._choice(self.words("panel.every_topic"), "topic", "all", not chosen)
        rows = [(self._topic(topic, topic.id in chosen),) for topic in page.items]
        turns = page.turns(self.words, lambda to: self._data("topics", str(to)))
        return self._message("topics"), ((every,), *rows, *turns, *self._back("done"))

    def _sizes(self, _: str) -> tuple[str, Buttons]:
        now = self.shown.posts.size
        sizes = [
            self._choice(self.words(f"panel.size.{size}"), "size", str(size), size == now, render.FULL)
            for size in (1, 2, 3)
        ]
        return self._message("sizes"), (*render.rows(*sizes, each=1), *self._back())

    def _outages(self, _: str) -> tuple[str, Buttons]:
        posts = self.shown.posts
        offered: tuple[tuple[Action, str, str], ...] = (
            ("missed", "latest", posts.catch_up), ("missed", "skip", posts.catch_up),
            ("unsure", "repeat", posts.uncertain), ("unsure", "skip", posts.uncertain),
        )  # fmt: skip
        choices = [
            self._choice(self.words(f"panel.{action}.{value}"), action, value, value == now, render.FULL)
            for action, value, now in offered
        ]
        return self._message("outages"), (*render.rows(*choices, each=1), *self._back("done"))

    def _pauses(self, _: str) -> tuple[str, Buttons]:
        waits = ("week", "month", "ever")
        buttons = [Button(self.words(f"panel.pause.{wait}"), self._data("pause", wait)) for wait in waits]
        return self._message("pauses"), (*render.rows(*buttons, each=1), *self._back())

    def _stopping(self, _: str) -> tuple[str, Buttons]:
        stop = Button(self.words("panel.turn_off"), self._data("off"))
        pause = Button(self.words("panel.pauses"), self._data("pauses"))
        return self._message("stopping"), ((stop, pause), *self._back())

    def _message(self, page: str, **values: str) -> str:
        lines = {
            "days": [overview.when(self.shown.posts, self.words), overview.next_post(self.shown.posts, self.words)],
            "topics": [overview.topics(self.shown, self.words)],
            "sizes": [self.words("panel.sizes_body")],
            "outages": [self.words("panel.missed_body"), self.words("panel.unsure_body")],
            "stopping": [self.words("panel.stopping_body")],
        }.get(page, [])
        place = [self.shown.title] if self.shown.title else []
        return render.message(self.words(f"panel.which.{page}", **values), [*lines, *place])

    def _zone(self, name: str, width: int = render.HALF) -> Button:
        city, now = zones.city(name, self.words.lang), self.shown.now.astimezone(ZoneInfo(name))
        label = self.words("listed", first=city, then=f"{now:%H:%M}") if width == render.FULL else city
        return self._choice(label, "zone", name, name == self.shown.posts.zone, width)

    def _topic(self, topic: Topic, chosen: bool) -> Button:  # noqa: FBT001 - as below
        title, value = topic.title.of(self.words.lang), f"{_sign(chosen)}{topic_key(topic.id)}"
        return self._choice(title, "topic", value, chosen, render.FULL)

    def _range(self, part: tuple[str, ...]) -> str:
        first, last = (zones.city(name, "en") for name in (part[0], part[-1]))
        # The places stand in the order of their Latin names, whatever the language.
        return render.label(f"{first} – {last}", render.FULL)

    def _choice(
        self,
        label: str,
        action: Action,
        value: str,
        chosen: bool,  # noqa: FBT001 - whether it is chosen follows its value everywhere
        width: int = render.HALF,
    ) -> Button:
        return Button(render.label(f"✓ {label}" if chosen else label, width), self._data(action, value))

    def _back(self, key: str = "back", to: Action = "show") -> Buttons:
        return ((Button(self.words(f"panel.{key}"), self._data(to)),),)

    def _data(self, action: Action, value: str = "") -> str:
        return data(self.words.lang, action, value, self.shown.where)


def _sign(chosen: bool) -> str:  # noqa: FBT001 - as above
    """What a tap asks for: to leave out what is chosen, to add what is not."""
    return "-" if chosen else "+"
