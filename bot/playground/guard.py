"""Only this machine's own page and programs may talk to the server: `/sim/*` can act as an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.typedefs import Handler, Middleware

HTTP_PORT = 80
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def guard(port_of: Callable[[], int]) -> Middleware:
    """Make the middleware that answers 403 to a foreign Host (a rebound name) or Origin (another site's page)."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        problem = foreign(request, port_of())
        if problem:
            body = {"ok": False, "error_code": 403, "description": f"Forbidden: {problem}", "error": problem}
            return web.json_response(body, status=403)
        return await handler(request)

    return check


def foreign(request: web.Request, port: int) -> str:
    """Return what is foreign about a request, "" when nothing is."""
    hosts = {f"{host}:{port}" for host in LOOPBACK}
    if port == HTTP_PORT:
        hosts.update(LOOPBACK)  # browsers leave it out
    if request.headers.get("Host", "").lower() not in hosts:
        return f"this server answers on http://127.0.0.1:{port} only, not to another Host"
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower().removeprefix("http://") not in hosts:
        return "pages of other origins may not use this server"
    # A simple GET from another site bears no Origin; browsers mark it so.
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and request.path != "/":
        return "pages of other sites may not use this server"
    return ""
