"""What is drawn of a base: the amounts of each chart, aims apart from results, doubts with their words."""

from __future__ import annotations

from dataclasses import replace

from facts.charting import charts
from facts.drawing import Drawing
from facts.loading import load
from facts.model import LANGS
from facts.shipped import shipped
from tests.handlers.harbour import DRAWN


def test_results_come_before_views_and_aims_and_the_largest_first() -> None:
    (money, lengths) = charts(DRAWN, "en")
    assert money.title == "Money, in crowns"
    assert [(each.label, each.said, each.sort, each.standing) for each in money.amounts] == [
        ("Crane", "900 crowns", "result", "Done"),
        ("Mayor's gift", "90 crowns", "view", "View"),
        ("Harbour's cost", "7 million crowns", "aim", "Plan"),
    ]
    assert [each.said for each in lengths.amounts] == ["about 300 m"]


def test_doubts_and_contradictions_are_told_with_our_reading_and_the_printed_value_stays() -> None:
    gift = charts(DRAWN, "zh")[0].amounts[1]
    assert gift.in_doubt
    assert gift.value == 90
    assert gift.notes == ("疑点：另一处印的是900。我们的理解：可能少了个零。",)
    cost = charts(DRAWN, "en")[0].amounts[2]
    assert (cost.in_doubt, cost.notes) == (True, ("The article disagrees with itself: elsewhere it's 8 million.",))


def test_a_chart_without_amounts_is_left_out_and_a_base_without_charts_has_none() -> None:
    assert "Boats" not in [chart.title for chart in charts(DRAWN, "en")]
    bare = replace(DRAWN, source=replace(DRAWN.source, charts=()))
    assert charts(bare, "en") == ()


def test_a_drawing_comes_over_as_it_was_sent() -> None:
    drawing = Drawing("t", "s", (("result", "done"), ("aim", "planned")), "h", charts(DRAWN, "zh"))
    assert Drawing.read(drawing.written()) == drawing


def test_the_shipped_base_draws_money_areas_and_companies_with_every_doubt_and_contradiction() -> None:
    base = load(shipped())
    for lang in LANGS:
        found = charts(base, lang)
        assert [len(chart.amounts) for chart in found] == [4, 2, 2, 2]
        assert [each.value for chart in found for each in chart.amounts if each.in_doubt] == [70e9, 21e9, 100e9, 26]
        assert all(each.notes for chart in found for each in chart.amounts if each.in_doubt)
