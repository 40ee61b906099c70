"""The words around facts on a card, in both languages, as VOICE sets them. Nothing here is about one article."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from facts.model import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from facts.model import Fact, Lang, Name, Note, NoteKind, Source, Standing
    from facts.verdict import Particular

_QUOTED_AT_MOST = 40
_NAMED_AT_MOST = 3
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Words(NamedTuple):
    """One language's wording; braces are filled by the card."""

    notes: Mapping[NoteKind, str]
    standing: Mapping[Standing, str]
    standing_word: Mapping[Standing, str]
    reported: str
    in_doubt: str
    undoubted: str
    standings: str
    standing_each: str
    label_gap: str
    paragraph: str
    paragraphs: str
    paragraph_gap: str
    machine: str
    source: str
    absent: str
    absent_all: str
    and_last: str
    not_of: str
    not_found: str
    not_for: str
    not_said: str
    nor_for: str
    elsewhere: str
    nearest: str
    nearest_colon: str
    doubted: str
    which: str
    no_match: str
    near: str
    near_one: str
    reword: str
    for_example: str
    perhaps: str


WORDS: Mapping[Lang, Words] = {
    "en": Words(
        notes={
            "doubt": "Doubt: ",
            "conflict": "The article disagrees with itself: ",
            "left-open": "Left open: ",
            "our-reading": "Our reading: ",
        },
        standing={
            "reported": "Reported {date}",
            "done": "Done, reported {date}",
            "plan": "Plan, reported {date}",
            "target": "Target, reported {date}",
            "view": "View, published {date}",
        },
        standing_word={"reported": "", "done": "Done", "plan": "Plan", "target": "Target", "view": "View"},
        reported="Reported",
        in_doubt="in doubt",
        undoubted="not in doubt",
        standings="{each} · reported {date}",
        standing_each="{word}: {labels}",
        label_gap=", ",
        paragraph="{publisher}, para. {numbers}{machine}: {phrases}",
        paragraphs="{publisher}, paras. {numbers}{machine}: {phrases}",
        paragraph_gap=", ",
        machine=" (MT)",
        source="{publisher}, {date}",
        absent="{name} isn't mentioned in the article",
        absent_all="{names} aren't mentioned in the article",
        and_last=" and ",
        not_of="The article doesn't say this about {name}",
        not_found="I didn't find “{name}” in the article",
        not_for="The article doesn't give this for {when}",
        not_said="The article doesn't say {quantity}",
        nor_for="Nor does it give this for {when}.",
        elsewhere="You asked about {asked}; the article says this about {told}.",
        nearest="The nearest it gives: {title}.",
        nearest_colon="The nearest it gives – {title}.",
        doubted="⚠️ ",
        which="Which do you mean?",
        no_match="I didn't find that",
        near="Is it one of these? If not, try other words.",
        near_one="Is it this? If not, try other words.",
        reword="Try other words.",
        for_example="Try other words. For example: “{example}”",
        perhaps="Perhaps you mean this – {title}.",
    ),
    "zh": Words(
        notes={
            "doubt": "疑点：",
            "conflict": "文章前后不一：",
            "left-open": "文章没说：",
            "our-reading": "我们的理解：",
        },
        standing={
            "reported": "据{date}报道",
            "done": "已发生 · {date}报道",
            "plan": "规划 · {date}报道",
            "target": "目标 · {date}报道",
            "view": "作者观点 · {date}发表",
        },
        standing_word={"reported": "", "done": "已发生", "plan": "规划", "target": "目标", "view": "作者观点"},
        reported="据报道",
        in_doubt="存疑",
        undoubted="未存疑",
        standings="{each} · 据{date}报道",
        standing_each="{word}：{labels}",
        label_gap="、",
        paragraph="{publisher}第{numbers}段{machine}：{phrases}",
        paragraphs="{publisher}第{numbers}段{machine}：{phrases}",
        paragraph_gap="、",
        machine="（机器英译）",
        source="{publisher}{date}",
        absent="文章没提到{name}",
        absent_all="文章没提到{names}",
        and_last="和",
        not_of="这一项，文章没写{name}的",
        not_found="我在文章里没找到“{name}”",
        not_for="这一项，文章没写{when}的",
        not_said="文章没写{quantity}",
        nor_for="{when}的，也没写。",
        elsewhere="你问的是{asked}，文章这里说的是{told}。",
        nearest="文章里相近的：{title}。",
        nearest_colon="文章里相近的——{title}。",
        doubted="⚠️ ",
        which="你想问哪一个？",
        no_match="我没找到",
        near="是不是想问下面这些？不是的话，换个说法再试试。",
        near_one="是不是想问这个？不是的话，换个说法再试试。",
        reword="换个说法再试试。",
        for_example="换个说法再试试，比如：“{example}”",
        perhaps="也许你想问的是——{title}。",
    ),
}


def dated(day: str, lang: Lang) -> str:
    """Return an ISO date in a language's own form: 19 June 2022, 2022年6月19日."""
    parts = date.fromisoformat(day)
    return day_of(parts.year * 10_000 + parts.month * 100 + parts.day, lang)


def day_of(value: float, lang: Lang) -> str:
    """Return a date of year·10⁴ + month·100 + day, where 0 is unsaid, in a language's own form."""
    year, month, day = int(value) // 10_000, int(value) // 100 % 100, int(value) % 100
    if lang == "zh":
        return "".join(f"{part}{unit}" for part, unit in ((year, "年"), (month, "月"), (day, "日")) if part)
    parts = (str(day or ""), _MONTHS[month - 1] if 1 <= month <= len(_MONTHS) else "", str(year or ""))
    return " ".join(part for part in parts if part)


def noted(notes: Sequence[Note], lang: Lang) -> tuple[str, ...]:
    """Return the lines of an entry's notes, each with its label, what is doubted first; our reading ends its line."""
    doubted, others = _grouped(notes)
    return tuple(_line(group, lang) for group in (*doubted, *others))


def doubts(notes: Sequence[Note], lang: Lang) -> tuple[str, ...]:
    """Return only the lines of what is doubted or contradicted, each with our reading of it."""
    return tuple(_line(group, lang) for group in _grouped(notes)[0])


def _grouped(notes: Sequence[Note]) -> tuple[list[list[Note]], list[list[Note]]]:
    """Notes with our readings of them: those that doubt, and the others."""
    groups: list[list[Note]] = []
    for note in notes:
        if note.kind == "our-reading" and groups:
            groups[-1].append(note)
        else:
            groups.append([note])
    return [group for group in groups if group[0].doubtful], [group for group in groups if not group[0].doubtful]


def _line(group: Sequence[Note], lang: Lang) -> str:
    return (" " if lang == "en" else "").join(WORDS[lang].notes[note.kind] + note.of(lang) for note in group)


def standing(kind: Standing, source: Source, lang: Lang) -> str:
    return WORDS[lang].standing[kind].format(date=dated(source.date, lang))


def sourced(source: Source, lang: Lang) -> str:
    """Return the publisher and day: what a card says whose statement is the source's silence."""
    return WORDS[lang].source.format(publisher=source.publisher.of(lang), date=dated(source.date, lang))


def titled(fact: Fact, lang: Lang) -> str:
    """Return a fact's title, with the warning sign if what is printed is doubted or contradicted."""
    return (WORDS[lang].doubted if fact.in_doubt else "") + fact.title.of(lang)


def nearest(fact: Fact, lang: Lang) -> str:
    """Return the line that tells what the source does say; a title with a colon of its own comes after a dash."""
    title = titled(fact, lang).rstrip(".。")
    words = WORDS[lang]
    return (words.nearest_colon if ":" in title or "：" in title else words.nearest).format(title=title)


def silence(asked: Particular | None, lang: Lang, others: Sequence[Particular] = ()) -> str:
    """Return the first line about something that the source doesn't tell, in the words for just that silence.

    Checked absent, asked of another than it is said of, not found by us, and no such year, day or amount are different.
    `others` are all that was asked of: of names that are absent, the first few are told together.
    """
    words = WORDS[lang]
    if asked is None:
        return words.no_match
    written = shortened(asked.shown)
    match asked.kind:
        case "name" if asked.name:
            return _untold(asked.name, others, lang)
        case "year" | "date" if asked.value:
            value = asked.value * 10_000 if asked.kind == "year" else asked.value
            return words.not_for.format(when=day_of(value, lang))
        case "year" | "date":
            return words.not_for.format(when=written)
        case "quantity":
            return words.not_said.format(quantity=written)
        case _:
            return words.not_found.format(name=written)


def _untold(asked: Name, others: Sequence[Particular], lang: Lang) -> str:
    words = WORDS[lang]
    if asked.in_source:
        return words.not_of.format(name=asked.shown(lang))
    absent = [each.name.shown(lang) for each in others if each.name and not each.name.in_source][:_NAMED_AT_MOST]
    if len(absent) < 2:
        return words.absent.format(name=asked.shown(lang))
    return words.absent_all.format(names=words.label_gap.join(absent[:-1]) + words.and_last + absent[-1])


def shortened(written: str) -> str:
    """Return what a person wrote as a line may quote it: printable, one line, at most 40 columns."""
    line = " ".join("".join(char if char.isprintable() else " " for char in written[:200]).split())
    while columns(line) > _QUOTED_AT_MOST:
        line = line[:-2].rstrip() + "…"
    return line
