"""The check of the bot's calls finds what is wrong; `Sim` makes it after every flow."""

from __future__ import annotations

import pytest

from tests.flows.schema import schema, wrong

pytestmark = pytest.mark.skipif(schema() is None, reason="LEFT OUT: the schema of the Bot API isn't there")


@pytest.mark.parametrize(
    ("method", "arguments", "found"),
    [
        ("sendMessage", {"chat_id": "1", "text": "x", "disable_notification": "true"}, []),
        ("sendMessage", {"chat_id": "1", "text": "x", "reply_parameters": '{"message_id": 2}'}, []),
        ("sendMessages", {}, ["there is no method sendMessages"]),
        ("sendMessage", {"chat_id": "1"}, ["sendMessage lacks text"]),
        ("getUpdates", {"wait": "3"}, ["getUpdates has no argument wait"]),
        ("getUpdates", {"timeout": "soon"}, ["getUpdates.timeout is 'soon', no Integer"]),
        (
            "editMessageText",
            {"text": "x", "chat_id": "1", "message_id": "2", "reply_markup": '{"inline_keyboard": [[{"text": 3}]]}'},
            ["editMessageText.reply_markup.inline_keyboard[0][0].text is 3, no String"],
        ),
    ],
)
def test_what_telegram_does_not_know_is_found(method: str, arguments: dict[str, str], found: list[str]) -> None:
    assert wrong(method, arguments) == found
