"""The arguments of a call, read from query string and body, and cut to what is kept of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.playground.fields import from_json
from bot.playground.refusals import Refusal, bad_request

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.refusals import Json

# A bot may upload 50 MB (core.telegram.org/bots/api#sending-files); the rest is for the other arguments.
LARGEST_BODY = 52 * 2**20
# Characters kept of one argument: more than any message has.
LONGEST_KEPT = 20_000
# aiohttp asserts that a multipart body has its boundary; an unknown charset is a LookupError.
_UNREADABLE = (ValueError, AssertionError, LookupError, HttpProcessingError)


async def arguments(request: web.Request) -> dict[str, object]:
    """Read a call's arguments from query string and body. Raises Refusal for a body that cannot be read."""
    found: dict[str, object] = dict(request.query)
    if not request.can_read_body:
        return found
    kind = request.content_type
    try:
        if kind == "application/json":
            value = from_json(await request.read())
            if not isinstance(value, dict):
                raise bad_request("can't parse JSON object: an Object is expected")
            return {**found, **value}
        if kind == "multipart/form-data":
            return {**found, **await request.post()}
        body = (await request.read()).decode()
        if kind == "application/x-www-form-urlencoded":
            found |= dict(parse_qsl(body, keep_blank_values=True, max_num_fields=1000))
    except web.HTTPRequestEntityTooLarge as error:
        raise Refusal(413, "Request Entity Too Large") from error
    except _UNREADABLE as error:
        raise bad_request("can't parse the request body") from error
    return found


def shown(request: web.Request, fields: Fields) -> Json:
    """Return the arguments to keep for the page: of an upload the name, of what is very long the beginning."""
    values, size = fields.values, request.content_length
    if (
        size is not None
        and size <= LONGEST_KEPT
        and not any(isinstance(value, web.FileField) for value in values.values())
    ):
        return dict(values)
    return {name: _short(value) for name, value in values.items()}


def _short(value: object) -> object:
    if isinstance(value, web.FileField):
        return f"<file {value.filename}>"
    text = value if isinstance(value, str) else json.dumps(value)
    return value if len(text) <= LONGEST_KEPT else f"{text[:LONGEST_KEPT]}… ({len(text)} characters)"
