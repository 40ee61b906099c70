from hypothesis import given
from hypothesis import strategies as st

from handlers import callbacks, links, zones
from handlers.posts import data
from handlers.posts.data import CHANGES, PAGES, Tap, Where

LONGEST = "a" * 40
forged = (
    st.text()
    | st.from_regex(r"(en|zh):[a-z0-9-]*(:[0-9]*)?(:new)?")
    | st.from_regex(r"(en|zh):[a-z]{2,8}(:[+-]?[0-9A-Za-z/_.]*)?(@-?[0-9a-z]*\.[0-9a-z]*)?", fullmatch=True)
)


def test_what_a_button_carries_is_read_back() -> None:
    assert callbacks.read_fact("zh:reward-2") == ("zh", "reward-2")
    assert callbacks.read_topics(callbacks.topics("en", 2).removeprefix("t:")) == ("en", "", 2, False)
    assert callbacks.read_topic(callbacks.topic("zh", "money", 1, new=True).removeprefix("tf:")) == (
        "zh", "money", 1, True,
    )  # fmt: skip
    assert callbacks.read_example(callbacks.example(1, "zh").removeprefix("x:")) == (1, "zh")
    assert callbacks.read_language(callbacks.choose_language("zh", start=True).removeprefix("l:")) == ("zh", True)
    assert callbacks.read_language(callbacks.choose_language(None).removeprefix("l:")) == (None, False)
    assert data.read(callbacks.open_panel("en").removeprefix("s:")) == ("en", "open", "", None)
    where = Where(-1002147483647, 7)
    assert data.read(data.data("en", "hour", "23", where).removeprefix("s:")) == ("en", "hour", "23", where)
    assert links.read_settings(links.to_settings("bot", *where).partition("start=")[2]) == where


def test_the_longest_data_fits_into_a_button() -> None:
    longest = (1 - 2**52, 2**31)
    assert len(links.to_settings("bot", *longest).partition("start=")[2]) <= 64
    for carried in (
        callbacks.show_fact("zh", LONGEST),
        callbacks.not_meant("zh", LONGEST),
        callbacks.topic("zh", LONGEST, 999, new=True),
        *(data.data("zh", "zone", zone, Where(*longest)) for every in zones.regions().values() for zone in every),
        data.data("zh", "topic", f"+{data.topic_key(LONGEST)}", Where(*longest)),
    ):
        assert len(carried.encode()) <= 64


@given(forged)
def test_forged_data_reads_as_nothing_or_as_something_well_formed(rest: str) -> None:
    for read in (callbacks.read_fact, callbacks.read_topics, callbacks.read_topic, callbacks.read_example):
        found = read(rest)
        assert found is None or "en" in found or "zh" in found
    callbacks.read_language(rest)
    tap = data.read(rest)
    assert tap is None or tap.action in PAGES | CHANGES | {"on", "off", "preview"}
    links.read_settings(rest)


@given(chat=st.integers(-(2**52), 2**52), thread=st.integers(0, 2**31))
def test_every_chat_and_thread_comes_back_from_a_button(chat: int, thread: int) -> None:
    carried = data.data("zh", "show", where=Where(chat, thread))
    assert data.read(carried.removeprefix("s:")) == Tap("zh", "show", "", Where(chat, thread))


def test_digits_of_other_scripts_are_no_numbers() -> None:
    assert callbacks.read_topics("en:٣") is None
    assert data.read("en:hour:٣") is None
    assert callbacks.read_fact("en:reward\n") is None


def test_an_answer_tells_its_fact_by_its_buttons() -> None:
    assert callbacks.shown(["f:en:other", "n:en:reward"]) == "reward"
    assert callbacks.shown(["f:en:other", "n:en:-"]) is None
    assert callbacks.shown(["t:en:0", "n:xx:reward", ""]) is None
