from dataclasses import replace

import pytest

from bot.telegram.gate import KEPT, OVERALL_SHARE, WARNED, Gate
from bot.telegram.incoming import Incoming
from handlers.ports import Chat, Person
from handlers.routes import ROUTES

PRIVATE = Incoming(ROUTES[0], Chat(1, "private"), Person(1, "Tom"))
GROUP = replace(PRIVATE, chat=Chat(-5, "supergroup"))
RATE = 10


@pytest.fixture
def gate() -> Gate:
    return Gate(RATE)


def by(person: int, incoming: Incoming = GROUP) -> Incoming:
    chat = Chat(person, "private") if incoming.chat.private else incoming.chat
    return replace(incoming, person=Person(person, "x"), chat=chat)


def passed(gate: Gate, incoming: Incoming, times: int, now: float = 0.0) -> list[str]:
    return [gate.admit(incoming, now) for _ in range(times)]


def test_a_burst_passes_then_there_is_one_warning_and_then_silence(gate: Gate) -> None:
    assert passed(gate, PRIVATE, 13) == ["pass"] * RATE + ["slower", "drop", "drop"]


def test_a_minute_later_all_of_it_may_be_asked_again_and_a_warning_said_again(gate: Gate) -> None:
    passed(gate, PRIVATE, 13)
    assert passed(gate, PRIVATE, 12, now=60.0) == ["pass"] * RATE + ["slower", "drop"]


def test_who_goes_on_at_the_limit_is_not_warned_again(gate: Gate) -> None:
    passed(gate, PRIVATE, 11)
    assert [gate.admit(PRIVATE, now) for now in (6.5, 6.6, 13.0, 13.1)] == ["pass", "drop", "pass", "drop"]


def test_one_persons_flood_takes_nothing_from_others(gate: Gate) -> None:
    passed(gate, by(1, PRIVATE), 100)
    assert passed(gate, by(2, PRIVATE), RATE) == ["pass"] * RATE


def test_in_a_group_one_person_cannot_use_up_what_all_may_ask(gate: Gate) -> None:
    assert passed(gate, by(1), 50).count("pass") == RATE
    assert passed(gate, by(2), RATE) == ["pass"] * RATE
    assert passed(gate, by(3), 3) == ["slower", "drop", "drop"]


def test_each_member_of_a_group_that_asked_too_much_is_warned_once_and_a_few_of_them_at_most(gate: Gate) -> None:
    for person in (1, 2):
        passed(gate, by(person), RATE)
    others = range(3, 3 + WARNED)
    assert [passed(gate, by(person), 2) for person in others] == [["slower", "drop"]] * WARNED
    assert passed(gate, by(99), 2) == ["drop", "drop"]
    assert [gate.admit(by(person), 60.0) for person in (3, 99)] == ["pass", "pass"]


def test_who_was_warned_of_their_own_haste_is_warned_of_the_groups_too_and_not_again(gate: Gate) -> None:
    assert passed(gate, by(1), RATE + 1)[-1] == "slower"
    passed(gate, by(2), RATE)
    assert passed(gate, by(1), 2) == ["slower", "drop"]


def test_a_person_is_one_in_all_chats(gate: Gate) -> None:
    passed(gate, by(1), RATE)
    assert gate.admit(by(1, PRIVATE), 0.0) == "slower"


def test_an_anonymous_administrator_counts_for_the_group_only(gate: Gate) -> None:
    assert passed(gate, replace(GROUP, person=None), 21) == ["pass"] * 20 + ["slower"]


def crowd(gate: Gate, now: float = 0.0) -> None:
    """Others ask all that all together may."""
    for person in range(1000, 1000 + OVERALL_SHARE):
        assert set(passed(gate, by(person, PRIVATE), RATE, now)) == {"pass"}


def test_where_all_together_ask_too_much_each_is_told_once(gate: Gate) -> None:
    crowd(gate)
    assert passed(gate, by(1, PRIVATE), 3) == ["crowded", "drop", "drop"]
    assert passed(gate, by(2), 2) == ["crowded", "drop"]
    assert passed(gate, replace(GROUP, person=None), 2) == ["crowded", "drop"]
    assert gate.admit(replace(PRIVATE, inline="1"), 0.0) == "drop"


def test_a_crowd_that_goes_on_is_let_in_as_there_is_room_and_nobody_is_told_again(gate: Gate) -> None:
    crowd(gate)
    gate.admit(by(1, PRIVATE), 0.0)
    assert passed(gate, by(1, PRIVATE), 8, now=1.0) == ["pass"] * 6 + ["drop"] * 2


def test_once_the_crowd_has_gone_one_is_told_of_the_next(gate: Gate) -> None:
    crowd(gate)
    gate.admit(by(1, PRIVATE), 0.0)
    crowd(gate, now=60.0)
    assert gate.admit(by(1, PRIVATE), 60.0) == "crowded"


def test_who_is_over_their_own_limit_takes_nothing_of_what_all_may(gate: Gate) -> None:
    passed(gate, by(1, PRIVATE), 100 * RATE)
    for person in range(1001, 1000 + OVERALL_SHARE):
        assert set(passed(gate, by(person, PRIVATE), RATE)) == {"pass"}


def test_typing_in_inline_mode_costs_little_and_is_never_warned(gate: Gate) -> None:
    assert passed(gate, replace(PRIVATE, inline="1"), 60) == ["pass"] * 50 + ["drop"] * 10


def test_a_clock_set_back_gives_and_takes_nothing(gate: Gate) -> None:
    passed(gate, PRIVATE, RATE, now=1000.0)
    assert gate.admit(PRIVATE, 0.0) == "slower"


def test_it_can_be_left_open_and_never_grows_beyond_bounds() -> None:
    assert set(passed(Gate(0), PRIVATE, 1000)) == {"pass"}
    gate = Gate(1)
    for person in range(KEPT + OVERALL_SHARE + 10):
        gate.admit(by(person, PRIVATE), 0.0)
    assert len(gate._buckets) == KEPT
    assert len(gate._told) == KEPT
