"""Whatever is sent, the answer is a refusal or a result: never a failure of the server."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import acting
from bot.playground.acting import ImpossibleError
from bot.playground.acts import ACTS, Sim
from bot.playground.clock import MovableClock
from bot.playground.fields import Fields
from bot.playground.methods import METHODS
from bot.playground.refusals import Refusal
from bot.playground.values import Values
from bot.playground.wire import Wire
from bot.playground.world import World
from tests.playground.talking import BOT, GROUP, LIN, TOM

KNOWN = [TOM, LIN, BOT, GROUP, 1, 2, "@", "0", "administrator", "private", "2026-01-01T00:00:00Z", "HTML", "<b>"]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(KNOWN)
)
NAMES = """user_id chat_id text message_id reply_to message_thread_id data payload status by blocked move to kind method
    times error_code seconds retry_after title members name denied anonymous username first_name language_code on
    enabled mentions description closed"""
ARGUMENTS = """chat_id text parse_mode entities reply_markup reply_parameters link_preview_options message_id
    message_thread_id action callback_query_id show_alert commands scope language_code user_id description
    short_description name reply_to_message_id protect_content url inline_message_id"""
INNER = """inline_keyboard keyboard text callback_data url type offset length user id chat_id message_id quote
    quote_entities command description copy_text style is_disabled user_id"""
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER.split()), inner, max_size=4),
    max_leaves=12,
)


def world() -> World:
    made = World(MovableClock(frozen=True))
    acting.start(made, TOM)
    made.post(made.chats[TOM], made.bot, {"text": "x"})
    return made


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES.split()), NESTED, max_size=8))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_with_any_values(act: str, values: dict[str, Any]) -> None:
    made = world()
    sim = Sim(made, Wire(made), MovableClock())
    with suppress(ImpossibleError):
        json.dumps(ACTS[act](sim, Values({"user_id": TOM, "chat_id": GROUP, **values})))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(ARGUMENTS.split()), NESTED, max_size=8), st.booleans())
@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_call_with_any_arguments(method: str, arguments: dict[str, Any], encoded: bool) -> None:  # noqa: FBT001  # drawn
    values = {"chat_id": TOM, "text": "x", "message_id": 2, **arguments}
    if encoded:
        values = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    with suppress(Refusal):
        json.dumps(METHODS[method](world(), Fields(values)))
