"""The subscription panel: what it shows and what its buttons carry. Pure.

Until it is saved a plan lives only in the buttons: `s:<lang>:<w|d><weekday><hh><lang of the posts>:<action>`. So two
people may tap at once, and nothing is kept of what was not saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast, get_args

from handlers import dates, render
from handlers.reply import Button

if TYPE_CHECKING:
    from datetime import datetime

    from facts.model import Lang
    from handlers.ports import Subscription
    from handlers.reply import Buttons
    from handlers.texts import Catalogue

Action = Literal["panel", "days", "hours", "save", "off", "open"]
Every = Literal["daily", "weekly"]
State = Literal["off", "on", "changed", "complete"]
_DATA = re.compile(rf"(en|zh):(?:([wd])([0-6])([01][0-9]|2[0-3])(en|zh):)?({'|'.join(get_args(Action))})")
_MONDAY, _MORNING = 0, 9


@dataclass(frozen=True, slots=True)
class Plan:
    """When posts come and in which language. `weekday` is remembered under "daily" for a change of mind."""

    every: Every
    weekday: int
    hour: int
    lang: Lang

    @classmethod
    def of(cls, subscription: Subscription | None, lang: Lang) -> Plan:
        """Return the plan of a subscription, or what is proposed without one: Mondays at nine."""
        if subscription is None:
            return cls("weekly", _MONDAY, _MORNING, lang)
        every: Every = "daily" if len(subscription.weekdays) == 7 else "weekly"
        weekday = _MONDAY if every == "daily" else min(subscription.weekdays)
        return cls(every, weekday, subscription.hour, subscription.langs[0])

    @property
    def weekdays(self) -> frozenset[int]:
        return frozenset(range(7)) if self.every == "daily" else frozenset({self.weekday})

    def same_as(self, subscription: Subscription) -> bool:
        kept = Plan.of(subscription, self.lang)
        return kept == (self if self.every == "weekly" else replace(self, weekday=kept.weekday))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel tells: `due` is the next post under the plan, `posted` of `total` facts were posted so far."""

    plan: Plan
    state: State
    due: datetime
    zone: str
    posted: int
    total: int


def data(lang: Lang, plan: Plan, action: Action) -> str:
    return f"s:{lang}:{plan.every[0]}{plan.weekday}{plan.hour:02}{plan.lang}:{action}"


def read(rest: str) -> tuple[Lang, Plan | None, Action] | None:
    """Read what `data` or `callbacks.open_panel` wrote: the panel's language, plan and action; None if forged."""
    found = _DATA.fullmatch(rest)
    if found is None or (found[2] is None) != (found[6] == "open"):
        return None
    lang, action = cast("Lang", found[1]), cast("Action", found[6])
    if found[2] is None:
        return lang, None, action
    every: Every = "weekly" if found[2] == "w" else "daily"
    return lang, Plan(every, int(found[3]), int(found[4]), cast("Lang", found[5])), action


def panel(shown: Shown, words: Catalogue) -> tuple[str, Buttons]:
    """The panel as HTML, and four buttons: the day, the hour, the language, and the one that acts."""
    plan, other = shown.plan, replace(shown.plan, lang="zh" if shown.plan.lang == "en" else "en")
    act: dict[State, Action] = {"off": "save", "complete": "save", "changed": "save", "on": "off"}
    verb = {"off": "turn_on", "complete": "turn_on", "changed": "save", "on": "turn_off"}[shown.state]
    buttons = (
        Button(_day(plan, words), data(words.lang, plan, "days")),
        Button(dates.clock_time(plan.hour), data(words.lang, plan, "hours")),
        Button(words(f"panel.in.{plan.lang}"), data(words.lang, other, "panel")),
        Button(words(f"panel.{verb}"), data(words.lang, plan, act[shown.state])),
    )
    return render.message(words(f"panel.{shown.state}"), _lines(shown, words)), render.rows(*buttons)


def days(plan: Plan, words: Catalogue) -> tuple[str, Buttons]:
    """Choose the day: every day, or one of the week."""
    daily = replace(plan, every="daily")
    weekly = [replace(plan, every="weekly", weekday=weekday) for weekday in range(7)]
    first, *rest = [_choice(_day(choice, words), choice, plan, words) for choice in (daily, *weekly)]
    return render.message(words("panel.which_day")), ((first,), *render.rows(*rest))


def hours(plan: Plan, zone: str, words: Catalogue) -> tuple[str, Buttons]:
    """Choose the hour, four a row."""
    choices = (replace(plan, hour=hour) for hour in range(24))
    buttons = [_choice(dates.clock_time(choice.hour), choice, plan, words) for choice in choices]
    return render.message(words("panel.which_hour", zone=zone)), render.rows(*buttons, each=4)


def _choice(label: str, choice: Plan, plan: Plan, words: Catalogue) -> Button:
    return Button(f"✓ {label}" if choice == plan else label, data(words.lang, choice, "panel"))


def _day(plan: Plan, words: Catalogue) -> str:
    return words("panel.every_day") if plan.every == "daily" else dates.weekday_name(plan.weekday, words)


def _lines(shown: Shown, words: Catalogue) -> list[str]:
    plan = shown.plan
    values = {"time": dates.clock_time(plan.hour), "language": words(f"language.{plan.lang}")}
    if plan.every == "daily":
        when = words("panel.daily", **values)
    else:
        when = words("panel.weekly", weekday=dates.weekday_name(plan.weekday, words), **values)
    due = dates.due(shown.due, shown.zone, words)
    begins = words("panel.next" if shown.state in ("on", "changed") else "panel.first", due=due)
    series = words(
        "panel.again" if shown.state == "complete" else "panel.series", total=shown.total, posted=shown.posted
    )
    return [when, begins, series]
