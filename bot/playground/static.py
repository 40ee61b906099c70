"""The chat page's files: static, never cached, with nothing but what is served from here."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from pathlib import Path

# The types of the standard library differ by machine; these do not.
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page_routes(folder: Path) -> list[web.RouteDef]:
    """Return the routes of the page: `/` is index.html, `/page/<file>` any file of the folder."""

    async def index(_: web.Request) -> web.Response:
        return _file(folder, "index.html")

    async def file(request: web.Request) -> web.Response:
        return _file(folder, request.match_info["name"])

    return [web.get("/", index), web.get("/page/{name:.+}", file)]


def _file(folder: Path, name: str) -> web.Response:
    path = (folder / name).resolve() if "\0" not in name else folder
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return web.Response(status=404, text="There is no such file.", headers=HEADERS)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in {"application/json", "image/svg+xml"}
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8" if text else None, headers=HEADERS)
