"""The one table of what the bot can do: it gives registration, command menus, /help and the docs' command table."""

from __future__ import annotations

from handlers import refusals
from handlers.triggers import (
    Button,
    Clock,
    Command,
    Membership,
    NoText,
    Route,
    Text,
    Trigger,
    UnknownButton,
    UnknownCommand,
)

__all__ = [
    "ELSEWHERE",
    "FAILED",
    "REFUSED",
    "ROUTES",
    "Button",
    "Clock",
    "Command",
    "Membership",
    "NoText",
    "Route",
    "Text",
    "Trigger",
    "UnknownButton",
    "UnknownCommand",
]

ROUTES: tuple[Route, ...] = (
    Route(UnknownCommand(), refusals.unknown_command),
    Route(UnknownButton(), refusals.stale),
    Route(NoText(), refusals.no_text),
)

# What the edge calls instead of a route's own handler: the role does not reach, a private route used in a group,
# the handler raised.
REFUSED = refusals.refused
ELSEWHERE = refusals.elsewhere
FAILED = refusals.failed
