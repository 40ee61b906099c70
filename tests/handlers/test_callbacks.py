from hypothesis import given
from hypothesis import strategies as st

from handlers import callbacks, panel

LONGEST = "a" * 40
forged = st.text() | st.from_regex(r"(en|zh):[wd]?[0-9]*(en|zh)?:[a-z-]*(:new)?")


def test_what_a_button_carries_is_read_back() -> None:
    assert callbacks.read_fact("zh:reward-2") == ("zh", "reward-2")
    assert callbacks.read_topics(callbacks.topics("en", 2).removeprefix("t:")) == ("en", "", 2, False)
    assert callbacks.read_topic(callbacks.topic("zh", "money", 1, new=True).removeprefix("tf:")) == (
        "zh", "money", 1, True,
    )  # fmt: skip
    assert callbacks.read_example(callbacks.example(1, "zh").removeprefix("x:")) == (1, "zh")
    assert callbacks.read_language(callbacks.choose_language("zh", start=True).removeprefix("l:")) == ("zh", True)
    assert callbacks.read_language(callbacks.choose_language(None).removeprefix("l:")) == (None, False)
    plan = panel.Plan("daily", 6, 23, "zh")
    assert panel.read(panel.data("en", plan, "hours").removeprefix("s:")) == ("en", plan, "hours")
    assert panel.read(callbacks.open_panel("en").removeprefix("s:")) == ("en", None, "open")


def test_the_longest_data_fits_into_a_button() -> None:
    plan = panel.Plan("weekly", 6, 23, "zh")
    for data in (
        callbacks.show_fact("zh", LONGEST),
        callbacks.not_meant("zh", LONGEST),
        callbacks.topic("zh", LONGEST, 999, new=True),
        panel.data("zh", plan, "hours"),
    ):
        assert len(data.encode()) <= 64


@given(forged)
def test_forged_data_reads_as_nothing_or_as_something_well_formed(rest: str) -> None:
    for read in (callbacks.read_fact, callbacks.read_topics, callbacks.read_topic, callbacks.read_example):
        found = read(rest)
        assert found is None or "en" in found or "zh" in found
    callbacks.read_language(rest)
    _, plan, action = panel.read(rest) or (None, None, None)
    if plan:
        assert plan.weekday in range(7)
        assert plan.hour in range(24)
        assert action != "open"


def test_digits_of_other_scripts_are_no_numbers() -> None:
    assert callbacks.read_topics("en:٣") is None
    assert panel.read("en:w٣09en:save") is None
    assert callbacks.read_fact("en:reward\n") is None


def test_an_answer_tells_its_fact_by_its_buttons() -> None:
    assert callbacks.shown(["f:en:other", "n:en:reward"]) == "reward"
    assert callbacks.shown(["f:en:other", "n:en:-"]) is None
    assert callbacks.shown(["t:en:0", "n:xx:reward", ""]) is None
