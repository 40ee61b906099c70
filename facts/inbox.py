"""`inbox.yaml`: questions that people asked in vain, added to facts and gaps by a tap; and made gaps of.

The bot keeps it with the version that it serves. A folder that has none gets it again, without what the folder has
taken over by itself since.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import yaml

from facts import shape, strictyaml
from facts.checking.lengths import TITLE_COLUMNS
from facts.entry import validator
from facts.folding import forget
from facts.loading import drafted
from facts.model import INBOX, LANGS, Bilingual, Gap, Heard, Inbox, Phrasings, columns
from facts.problems import BrokenBase
from facts.text import detect, fold, tidy, typed, words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from facts.model import Lang
    from facts.shape import Located

__all__ = ["INBOX", "Wording", "carried", "form", "untitled", "with_gap", "with_question", "worded"]

Files = dict[str, bytes]
A = TypeVar("A", Heard, Gap)
TITLE = Bilingual(en="“{}”: the article doesn't say", zh="“{}”，文章没写")
OTHERS_TITLE = Bilingual(en="A thing asked before: the article doesn't say", zh="有人问过的一件事，文章没写")
TEXT = Bilingual(en="Whoever keeps these notes has looked for it there.", zh="整理资料的人在原文里找过。")
"""What a gap of the inbox says where its curator wrote nothing: the title quotes the question, in its own language.

In the other one a quote would tell readers nothing: there it waits for the curator's words.
"""


class Wording(NamedTuple):
    """What a curator wrote in one language; `title` is empty where they left that to the question."""

    title: str
    text: str


def worded(written: str, lang: Lang) -> dict[Lang, Wording]:
    """Read what a curator wrote: a line alone is the text, of several in a language the first is the title.

    `lang`: the language of a line that shows none.
    """
    lines: dict[Lang, list[str]] = {}
    for line in filter(None, map(str.strip, written.splitlines())):
        lines.setdefault(detect(line) or lang, []).append(line)
    return {
        each: Wording(said[0] if len(said) > 1 else "", ("" if each == "zh" else " ").join(said[1:] or said))
        for each, said in lines.items()
    }


_UNQUOTED = str.maketrans("", "", "“”")


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
    return {**files, INBOX: _written(replace(inbox, asked=tuple(asked.values())))}


def with_gap(
    files: Mapping[str, bytes], lang: Lang, question: str, wording: Mapping[Lang, Wording] | None = None
) -> Files:
    """Return the files with a gap that this question finds, in a curator's words if any. Raises `BrokenBase`."""
    inbox = _read(files)
    name = f"asked-{sha256(form(question).encode()).hexdigest()[:12]}"
    own = wording or {}
    titles = {each: (own[each].title if each in own else "") or _titled(question, each, lang) for each in LANGS}
    texts = {each: own[each].text if each in own else TEXT.of(each) for each in LANGS}
    gap = Gap(id=name, title=Bilingual(**titles), text=Bilingual(**texts), ask=_ask(lang, question))
    others = tuple(each for each in inbox.gaps if each.id != name)
    return {**files, INBOX: _written(replace(inbox, gaps=(*others, gap)))}


def carried(files: Mapping[str, bytes], inbox: bytes | None) -> Files:
    """Return a folder's files with the inbox of before, where they have none of their own.

    What they ask already is left out of it, and what is for entries that they don't have.
    """
    if inbox is None or INBOX in files:
        return dict(files)
    try:
        before = _read({INBOX: inbox})
        draft, _ = drafted(files, [])
        forget()
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
    return replace(entry, ask=ask) if ask.every else None


def untitled(gap: Gap) -> tuple[Lang, ...]:
    """Return the languages in which a gap's title doesn't tell what it is about."""
    return tuple(lang for lang in LANGS if gap.title.of(lang) == OTHERS_TITLE.of(lang))


def _titled(question: str, lang: Lang, asked: Lang) -> str:
    """Return the title that quotes a question, within a title's width."""
    if lang != asked:
        return OTHERS_TITLE.of(lang)
    plain, whole = tidy(question) if lang == "zh" else typed(question), TITLE.of(lang)
    said, room = plain.translate(_UNQUOTED).rstrip("?!.。 "), TITLE_COLUMNS - columns(whole.format(""))
    if columns(said) > room:
        while columns(said) > room - 1:
            said = said[:-1]
        head, space, _ = said.rpartition(" ")
        said = (head if space and len(head) > len(said) // 2 else said) + "…"
    return whole.format(said)


def _ask(lang: Lang, question: str) -> Phrasings:
    return Phrasings(**{lang: (typed(question),)})


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
    data: Any = validator(Inbox).dump_python(inbox, mode="json", exclude_defaults=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000).encode()
