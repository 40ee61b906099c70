"""`inbox.yaml`: questions that people asked in vain, added to facts and gaps by a tap; and made gaps of.

The bot keeps it with the version that it serves. A folder that has none gets it again, without what the folder has
taken over by itself since.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from facts import shape, strictyaml
from facts.loading import drafted
from facts.model import INBOX, LANGS, Bilingual, Gap, Heard, Inbox, Phrasings
from facts.problems import BrokenBase
from facts.text import fold, tidy, words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from facts.model import Lang
    from facts.shape import Located

__all__ = ["INBOX", "carried", "form", "with_gap", "with_question"]

Files = dict[str, bytes]
A = TypeVar("A", Heard, Gap)
TITLE = Bilingual(en="The article doesn't say that", zh="这个，文章没写")
TEXT = Bilingual(en="Whoever keeps these notes has looked for it there.", zh="整理资料的人在原文里找过。")
"""What a gap of the inbox says until somebody writes it one of its own."""


def form(question: str) -> str:
    """Return the one form of all questions that differ in nothing that is compared."""
    return " ".join(words(fold(question)))


def with_question(files: Mapping[str, bytes], entry: str, lang: Lang, question: str) -> Files:
    """Return the files with one more question for a fact or gap, by its id. Raises `BrokenBase`."""
    inbox = _read(files)
    ask = _ask(lang, question)
    asked = {each.to: each for each in inbox.asked}
    before = asked.get(entry)
    asked[entry] = Heard(to=entry, ask=before.ask + ask if before else ask)
    return {**files, INBOX: _written(inbox.model_copy(update={"asked": tuple(asked.values())}))}


def with_gap(files: Mapping[str, bytes], lang: Lang, question: str) -> Files:
    """Return the files with a gap that this question finds. Raises `BrokenBase`."""
    inbox = _read(files)
    name = f"asked-{sha256(form(question).encode()).hexdigest()[:12]}"
    gap = Gap(id=name, title=TITLE, text=TEXT, ask=_ask(lang, question))
    others = tuple(each for each in inbox.gaps if each.id != name)
    return {**files, INBOX: _written(inbox.model_copy(update={"gaps": (*others, gap)}))}


def carried(files: Mapping[str, bytes], inbox: bytes | None) -> Files:
    """Return a folder's files with the inbox of before, where they have none of their own.

    What they ask already is left out of it, and what is for entries that they don't have.
    """
    if inbox is None or INBOX in files:
        return dict(files)
    try:
        before = _read({INBOX: inbox})
        draft, _ = drafted(files, [])
    except BrokenBase:
        return dict(files)
    entries: list[Located[Any]] = [*draft.facts, *draft.gaps, *draft.smalltalk]
    taken = {form(line) for each in entries for line in each.entry.ask.every}
    known = draft.ids.get("facts", set()) | draft.ids.get("gaps", set())
    gaps = [gap for each in before.gaps if each.id not in known and (gap := _left(each, taken))]
    known |= {gap.id for gap in gaps}
    asked = [heard for each in before.asked if each.to in known and (heard := _left(each, taken))]
    left = Inbox(asked=tuple(asked), gaps=tuple(gaps))
    return {**files, INBOX: _written(left)} if asked or gaps else dict(files)


def _left(entry: A, taken: Container[str]) -> A | None:
    """Return an entry with the questions that nothing else asks; None where none is left."""
    lines = {lang: tuple(line for line in entry.ask.of(lang) if form(line) not in taken) for lang in LANGS}
    ask = Phrasings(**lines)
    return entry.model_copy(update={"ask": ask}) if ask.every else None


def _ask(lang: Lang, question: str) -> Phrasings:
    return Phrasings(**{lang: (tidy(question),)})


def _read(files: Mapping[str, bytes]) -> Inbox:
    if INBOX not in files:
        return Inbox()
    document, problems = strictyaml.parse(INBOX, files[INBOX])
    if document is not None and not problems:
        read, problems = shape.one(Inbox, INBOX, document)
        if read is not None:
            return read.entry
    raise BrokenBase(problems)


def _written(inbox: Inbox) -> bytes:
    data: Any = inbox.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000).encode()
