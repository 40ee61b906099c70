"""What the server refuses, in Telegram's own words (tdlib/telegram-bot-api: Client.cpp, fail_query_with_error)."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818  # an answer of the protocol, no failure of ours
    """An answer `ok: false`. `code` is both `error_code` and the HTTP status; `parameters` is ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str, parameters: Json | None = None) -> Refusal:
    return Refusal(400, f"Bad Request: {words}", parameters)


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    return Refusal(409, f"Conflict: {words}")


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def not_emulated(what: str) -> Refusal:
    """What the real server can and this one cannot: said aloud, so that no test passes on a blind `true`."""
    return Refusal(400, f"Bad Request: {what} is not emulated here")


def migrated(new_id: int) -> Refusal:
    return bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_id})
