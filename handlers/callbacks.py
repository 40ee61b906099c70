"""Callback data: what a button carries (Telegram: at most 64 bytes) and how it is read back, which is never trusted.

`prefix:rest`, of which a handler gets the rest. Ids are at most 40 ASCII characters, so all of these fit. A list of
topics or facts replaces the message that was tapped; with `:new` behind it comes as one of its own.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facts.model import Lang

_LANG, _ID, _PAGE, _NEW = "(en|zh)", "([a-z0-9-]{1,40})", "([0-9]{1,3})", "(:new)?"
_FACT = re.compile(f"{_LANG}:{_ID}")
_TOPICS = re.compile(f"{_LANG}:{_PAGE}{_NEW}")
_TOPIC = re.compile(f"{_LANG}:{_ID}:{_PAGE}{_NEW}")
_EXAMPLE = re.compile(f"([0-9]):{_LANG}")
_LANGUAGE = re.compile("(en|zh|auto)(:start)?")
_ANSWER = re.compile(f"[nmwb]:{_LANG}:{_ID}")
_LISTENING = re.compile(f"{_LANG}:(on|off)")
_REVISE = re.compile(r"(serve|leave):([0-9]{1,9}\.[0-9a-f]{16})(?:~([0-9a-f]{12}))?|(back):([0-9]{1,9})")
_INBOX = re.compile(r"(page):([0-9]{1,4})|(open|gap|done|add):([0-9a-f]{12})(?::([a-z0-9-]{1,40}))?")
UNKNOWN_FACT = "-"
Revising = Literal["serve", "leave", "back"]
Inbox = Literal["page", "open", "add", "gap", "done"]


class Listing(NamedTuple):
    """A page of a list. `topic` is empty for the list of topics; `new`: as a message of its own."""

    lang: Lang
    topic: str
    page: int
    new: bool


class Choice(NamedTuple):
    """A chosen language, None for that of Telegram. `start`: it was chosen on the first message."""

    lang: Lang | None
    start: bool


class Revise(NamedTuple):
    """What a curator decides: `value` is a proposal's key, for "back" a version's number.

    `settles`: the key of the question in vain that the proposal sees to.
    """

    action: Revising
    value: str
    settles: str = ""


class InboxTap(NamedTuple):
    """`value`: a page's number or a question's key; `entry`: the fact that a question is added to."""

    action: Inbox
    value: str
    entry: str = ""


def show_fact(lang: Lang, fact_id: str) -> str:
    return f"f:{lang}:{fact_id}"


def not_meant(lang: Lang, fact_id: str = UNKNOWN_FACT) -> str:
    return f"n:{lang}:{fact_id}"


def more(lang: Lang, fact_id: str) -> str:
    """What else can be done with an answer; `why` and `back` are on the buttons that it opens."""
    return f"m:{lang}:{fact_id}"


def why(lang: Lang, fact_id: str) -> str:
    return f"w:{lang}:{fact_id}"


def back(lang: Lang, fact_id: str) -> str:
    return f"b:{lang}:{fact_id}"


def topics(lang: Lang, page: int = 0, *, new: bool = False) -> str:
    return f"t:{lang}:{page}{':new' if new else ''}"


def topic(lang: Lang, topic_id: str, page: int = 0, *, new: bool = False) -> str:
    return f"tf:{lang}:{topic_id}:{page}{':new' if new else ''}"


def example(number: int, lang: Lang) -> str:
    return f"x:{number}:{lang}"


def choose_language(lang: Lang | None, *, start: bool = False) -> str:
    return f"l:{lang or 'auto'}{':start' if start else ''}"


def revise(action: Revising, value: str, settles: str = "") -> str:
    return f"r:{action}:{value}{'~' if settles else ''}{settles}"


def keep_questions(*, kept: bool) -> str:
    return f"p:{'keep' if kept else 'unkeep'}"


def erase(asked_at: datetime | None) -> str:
    """Erase all that is kept, as was asked for then; None: do not."""
    return f"e:{int(asked_at.timestamp()) if asked_at else 'no'}"


def file(number: int | None) -> str:
    """The file of that number in the sorted list of those served; None: all of them."""
    return f"d:{'all' if number is None else number}"


def put_aside() -> str:
    return "d:aside"


def inbox(action: Inbox, value: str, entry: str = "") -> str:
    return f"i:{action}:{value}{':' if entry else ''}{entry}"


def listening(lang: Lang, *, on: bool) -> str:
    return f"o:{lang}:{'on' if on else 'off'}"


def read_listening(rest: str) -> tuple[Lang, bool] | None:
    found = _LISTENING.fullmatch(rest)
    return (_lang(found[1]), found[2] == "on") if found else None


def open_panel(lang: Lang) -> str:
    """The subscription panel as a message of its own; what its buttons carry is `handlers.posts.data`'s."""
    return f"s:{lang}:open"


def read_fact(rest: str) -> tuple[Lang, str] | None:
    """Read the language and the fact's id of a button about a fact; None where it is forged."""
    found = _FACT.fullmatch(rest)
    return (_lang(found[1]), found[2]) if found else None


def read_topics(rest: str) -> Listing | None:
    found = _TOPICS.fullmatch(rest)
    return Listing(_lang(found[1]), "", int(found[2]), bool(found[3])) if found else None


def read_topic(rest: str) -> Listing | None:
    found = _TOPIC.fullmatch(rest)
    return Listing(_lang(found[1]), found[2], int(found[3]), bool(found[4])) if found else None


def read_example(rest: str) -> tuple[int, Lang] | None:
    found = _EXAMPLE.fullmatch(rest)
    return (int(found[1]), _lang(found[2])) if found else None


def read_language(rest: str) -> Choice | None:
    found = _LANGUAGE.fullmatch(rest)
    return Choice(None if found[1] == "auto" else _lang(found[1]), bool(found[2])) if found else None


def read_revise(rest: str) -> Revise | None:
    found = _REVISE.fullmatch(rest)
    return Revise(cast("Revising", found[1] or found[4]), found[2] or found[5], found[3] or "") if found else None


def read_erase(rest: str) -> datetime | None:
    return datetime.fromtimestamp(int(rest), UTC) if re.fullmatch("[0-9]{1,10}", rest) else None


def read_file(rest: str, names: Sequence[str]) -> Sequence[str]:
    """Return the names that are meant, of those there are; none where it is forged, or there are fewer by now."""
    if rest == "all":
        return names
    return names[int(rest) :][:1] if re.fullmatch("[0-9]{1,3}", rest) else ()


def read_inbox(rest: str) -> InboxTap | None:
    found = _INBOX.fullmatch(rest)
    if found is None or (found[3] == "add") != bool(found[5]):
        return None
    return InboxTap(cast("Inbox", found[1] or found[3]), found[2] or found[4], found[5] or "")


def shown(data: Iterable[str]) -> str | None:
    """Return the id of the fact that a message answered with, from the data of its buttons; None if it is no answer."""
    for item in data:
        found = _ANSWER.fullmatch(item)
        if found and found[2] != UNKNOWN_FACT:
            return found[2]
    return None


def _lang(code: str) -> Lang:
    return "zh" if code == "zh" else "en"
