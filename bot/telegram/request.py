"""The HTTP requests of python-telegram-bot on aiohttp: about twice as fast as its own, and flat under concurrency."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData


class UnreachedError(NetworkError):
    """There was no connection: the request was never sent."""


class UnreachedInTimeError(UnreachedError, TimedOut):
    """No connection came about in time."""


class UnansweredError(NetworkError):
    """The connection broke before the answer: whether the request was taken is not known."""


class NoBotApiError(NetworkError):
    """What answered is no Bot API: a proxy on the way that has trouble, or an address that leads elsewhere."""


_TOLD_AT_MOST = 200
"""Characters that are told of an error."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_MOST = 64 * 2**20
"""Bytes of an answer, unpacked: three times the largest file handed out (core.telegram.org/bots/api#getfile)."""


class AiohttpRequest(BaseRequest):
    """A pool of at most `connections` kept-alive connections; times are in seconds.

    `pool`: waiting for a free connection; `media`: sending a body with files (aiohttp has no bound of its own for
    writing, and a form of some kilobytes goes out at once).
    """

    __slots__ = ("_connect", "_connections", "_media", "_pool", "_proxy", "_read", "_session")

    def __init__(  # noqa: PLR0913 - one knob each, all named
        self,
        *,
        connections: int = 128,
        read: float = 10.0,
        connect: float = 5.0,
        pool: float = 30.0,
        media: float = 60.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._read, self._connect, self._pool, self._media = read, connect, pool, media
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": self.USER_AGENT}, proxy=self._proxy, auto_decompress=True
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the status and the body. Raises UnreachedError, TimedOut, UnansweredError or NoBotApiError."""
        if self._session is None:
            raise RuntimeError("initialize() was not awaited")
        uploads = request_data is not None and request_data.contains_files
        read = _given(read_timeout, self._read)
        if uploads and read is not None:
            # aiohttp counts the answer's wait from the start of the request, so the upload's time is added.
            read += _given(write_timeout, self._media) or 0
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_given(pool_timeout, self._pool),
            sock_connect=_given(connect_timeout, self._connect),
            sock_read=read,
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), headers=None if uploads else FORM, timeout=timeout
            ) as response:
                body = await _whole(response)
                if not response.ok and not _is_told(body):
                    raise NoBotApiError(f"{response.status} {response.reason}")
                return response.status, body
        except aiohttp.ConnectionTimeoutError as error:
            raise UnreachedInTimeError("no connection in time") from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientConnectorError as error:
            raise UnreachedError(_line(error)) from error
        except aiohttp.ClientError as error:
            raise UnansweredError(_line(error)) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As python-telegram-bot's, which would log the whole of a page in HTML, and a traceback, each time."""
        try:
            return _told(payload)
        except ValueError:
            raise NoBotApiError("an answer that is no JSON") from None


async def _whole(response: aiohttp.ClientResponse) -> bytes:
    """Return the body. Raises NoBotApiError where it has no end: memory has one."""
    body = bytearray()
    async for part in response.content.iter_any():
        body += part
        if len(body) > _MOST:
            raise NoBotApiError("an answer that does not end")
    return bytes(body)


def _line(error: aiohttp.ClientError) -> str:
    """Say in one short line what went wrong: of what isn't HTTP, aiohttp repeats all that came."""
    told = " ".join(str(error).split())
    return f"{type(error).__name__}: {told if len(told) <= _TOLD_AT_MOST else told[: _TOLD_AT_MOST - 1] + '…'}"


def _told(payload: bytes) -> dict[str, Any]:
    """Raises ValueError for what no Bot API says."""
    told = json.loads(payload.decode("utf-8", "replace"))
    if isinstance(told, dict):
        return told
    raise ValueError("no object")


def _is_told(payload: bytes) -> bool:
    try:
        return bool(_told(payload))
    except ValueError:
        return False


def _given(value: ODVInput[float], default: float) -> float | None:
    return value if value is None or isinstance(value, int | float) else default


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode()
    # Quoted names would arrive as %E5…: Telegram takes a file's name as it stands.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
