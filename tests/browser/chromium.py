"""The browser that drives the page: a Chromium of the system, found on the path."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = "no Chromium on this machine"
# The page speaks to 127.0.0.1 only; what else a browser does on its own is switched off.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


def executable() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)
