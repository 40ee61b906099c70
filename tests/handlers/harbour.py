"""The harbour's town with figures to draw: money of very different size, in doubt and planned, and a length."""

from __future__ import annotations

from dataclasses import replace

from facts.model import Chart, Drawn, Figure, Note, Phrasings
from tests.handlers.town import BASE, COST, SOURCE, both, made


def drawn(chart: str, value: float, unit: str, en: str, zh: str) -> tuple[Figure, ...]:
    return (Figure(of=chart, value=value, unit=unit, drawn=Drawn(chart=chart, en=en, zh=zh)),)


CRANE = made(
    "crane",
    both("The crane cost 900 crowns", "吊机花了900克朗"),
    both("Crane", "吊机"),
    Phrasings(en=("what did the crane cost",), zh=("吊机多少钱",)),
    standing="done",
    figures=drawn("money", 900, "crowns", "900 crowns", "900克朗"),
)
GIFT = made(
    "gift",
    both("The mayor gives 90 crowns", "市长捐90克朗"),
    both("Mayor's gift", "市长捐款"),
    Phrasings(en=("what does the mayor give",), zh=("市长捐了多少",)),
    standing="view",
    notes=(
        Note(kind="left-open", en="when.", zh="什么时候。"),
        Note(kind="doubt", en="elsewhere it's 900.", zh="另一处印的是900。"),
        Note(kind="our-reading", en="a zero may be lost.", zh="可能少了个零。"),
    ),
    figures=drawn("money", 90, "crowns", "90 crowns", "90克朗"),
)
QUAY = made(
    "quay",
    both("The quay is about 300 m long", "码头长约300米"),
    both("Quay", "码头"),
    Phrasings(en=("how long is the quay",), zh=("码头多长",)),
    standing="reported",
    figures=drawn("lengths", 300, "m", "about 300 m", "约300米"),
)
PRICE = replace(
    COST,
    figures=drawn("money", 7_000_000, "crowns", "7 million crowns", "700万克朗"),
    notes=(Note(kind="conflict", en="elsewhere it's 8 million.", zh="另一处写的是800万。"),),
)
DRAWN = replace(
    BASE,
    source=replace(
        SOURCE,
        charts=(
            Chart(id="money", title=both("Money, in crowns", "金额（克朗）")),
            Chart(id="boats", title=both("Boats", "船")),
            Chart(id="lengths", title=both("Lengths", "长度")),
        ),
    ),
    facts=(PRICE, *BASE.facts[1:], GIFT, CRANE, QUAY),
)
