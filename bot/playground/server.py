"""The local Bot API server: the wire for the bot, `/sim/*` for people, and the chat page, on loopback only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from aiohttp import web

from bot.playground.acts import Sim
from bot.playground.arguments import LARGEST_BODY
from bot.playground.clock import MovableClock
from bot.playground.guard import guard
from bot.playground.sim import SimRoutes
from bot.playground.static import page_routes
from bot.playground.wire import Wire
from bot.playground.world import TOKEN, World

if TYPE_CHECKING:
    from types import TracebackType

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class LocalBotApi:
    """A Bot API server for one bot. The bot talks to `url` as it would to https://api.telegram.org.

    `clock` dates messages and is moved by `/sim/clock`; None: a new one. `world` is its state, `wire` its faults.
    Also an async context manager that starts on a free port.
    """

    token = TOKEN

    def __init__(self, clock: MovableClock | None = None, page: Path | None = None) -> None:
        self.clock = clock or MovableClock()
        self.world = World(self.clock)
        self.wire = Wire(self.world)
        self._page = page or Path(__file__).parent / "page"
        self._runner: web.AppRunner | None = None
        self.host, self.port = "127.0.0.1", 0

    @property
    def curators(self) -> frozenset[int]:
        """Return the ids of the people whom the bot's settings should name as administrators."""
        return frozenset(person.id for person in self.world.people.values() if person.role == "curator")

    @property
    def url(self) -> str:
        """Return the base URL, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen. `port` 0: any free one.

        Raises ValueError for an address that others can reach, OSError for a port that is taken.
        """
        if host not in LOOPBACK:
            raise ValueError(f"the playground listens on 127.0.0.1 only, not on {host}")
        runner = web.AppRunner(self._application(), access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
        except BaseException:
            await runner.cleanup()
            raise
        self._runner = runner
        self.host = f"[{host}]" if ":" in host else host
        self.port = runner.addresses[0][1]

    async def stop(self) -> None:
        """Answer what is under way, end the long poll and the streams, and close."""
        if self._runner:
            self.world.events.close()
            self.world.updates.end_poll()
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[guard(lambda: self.port)], client_max_size=LARGEST_BODY)
        application.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self.wire.handle)
        application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.wire.download)
        application.add_routes(SimRoutes(Sim(self.world, self.wire, self.clock)).routes())
        application.add_routes(page_routes(self._page))
        return application

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
