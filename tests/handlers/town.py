"""A small base about another town, built in code: nothing in the handlers knows Chancheng."""

from __future__ import annotations

from facts.entry import validator
from facts.model import (
    Bilingual,
    Evidence,
    Example,
    Fact,
    FactBase,
    Floors,
    Gap,
    Name,
    Note,
    Phrasings,
    SmallTalk,
    Source,
    Topic,
)


def both(en: str, zh: str) -> Bilingual:
    return Bilingual(en=en, zh=zh)


SOURCE = Source(
    title=both("A harbour for Weir", "堰城要建港"),
    publisher=both("Weir Post", "《堰报》"),
    date="2021-03-05",
    subject=both("Weir's harbour plan", "堰城港口规划"),
    about=both("A report on the harbour that Weir wants to build.", "一篇报道，写堰城打算建的港口。"),
    language="zh",
    machine_translated=True,
    paragraphs=20,
    counting=both("Every printed block counts.", "印出来的每一块都算一段。"),
    examples=(
        Example(ask=both("How much does the harbour cost?", "建港要花多少钱？"), fact="harbour-cost"),
        Example(ask=both("Who builds the harbour?", "谁来建港？"), fact="harbour-builder"),
    ),
    floors=Floors(answered_wrong=0.01, answered_though_silent=0.02),
)


def made(fact_id: str, title: Bilingual, label: Bilingual, ask: Phrasings, **more: object) -> Fact:
    known: dict[str, object] = {
        "topic": "harbour",
        "kind": "figure",
        "standing": "plan",
        "text": both("The report says no more about it.", "报道没有多说。"),
        "evidence": (Evidence(paragraph=3, phrase="as <printed> & read"),),
        "digest": True,
    }
    return validator(Fact).validate_python({"id": fact_id, "title": title, "label": label, "ask": ask} | known | more)


COST = made(
    "harbour-cost",
    both("The harbour costs 7 million crowns", "建港要花700万克朗"),
    both("Harbour's cost", "建港花费"),
    Phrasings(
        en=("how much does the harbour cost", "price of the harbour", "harbour budget"),
        zh=("建港要花多少钱", "港口造价", "建港预算"),
    ),
    related=("harbour-builder", "harbour-opening"),
)
BUILDER = made(
    "harbour-builder",
    both("The harbour is built by Weir Works", "港口由 Weir Works 承建"),
    both("The builder", "承建方"),
    Phrasings(en=("who builds the harbour", "harbour builder company"), zh=("谁来建港", "港口是哪家公司建的")),
    kind="organisation",
)
OPENING = made(
    "harbour-opening",
    both("The harbour opens on 1 May 2024", "港口定于2024年5月1日启用"),
    both("Opening day", "启用日期"),
    Phrasings(en=("when does the harbour open", "harbour opening date"), zh=("港口哪天启用", "什么时候开港")),
    kind="date",
    standing="target",
    notes=(Note(kind="doubt", en="elsewhere it prints 2042.", zh="另一处印的是2042年。"),),
)
MAYOR = made(
    "mayor-view",
    both("Mayor Ott calls it Weir's future", "Ott 市长说这是堰城的未来"),
    both("The mayor", "市长的话"),
    Phrasings(en=("what does the mayor say", "mayor ott opinion"), zh=("市长怎么说", "市长的看法")),
    topic="people",
    kind="view",
    standing="view",
    digest=False,
)
BASE = FactBase(
    source=SOURCE,
    topics=(
        Topic(id="people", title=both("People", "人物"), order=2),
        Topic(id="harbour", title=both("The harbour", "港口"), order=1),
        Topic(id="empty", title=both("Nothing yet", "还没有"), order=3),
    ),
    names=(
        Name(id="weir", kind="place", en=("Weir",), zh=("堰城",)),
        Name(id="brim", kind="place", en=("Brim",), zh=("边城",), in_source=False),
    ),
    facts=(COST, BUILDER, OPENING, MAYOR),
    gaps=(
        Gap(
            id="jobs",
            title=both("How many jobs: the article doesn't say", "多少岗位，文章没写"),
            text=both("It tells who builds.", "只写了谁来建。"),
            ask=Phrasings(en=("how many jobs will there be", "number of jobs"), zh=("有多少岗位", "招多少人")),
            nearest=("harbour-builder",),
        ),
    ),
    smalltalk=(
        SmallTalk(
            id="thanks",
            text=both("You're welcome. Ask on.", "不客气，接着问。"),
            ask=Phrasings(en=("thanks", "thank you"), zh=("谢谢", "多谢")),
        ),
    ),
    version="0123456789abcdef",
)
