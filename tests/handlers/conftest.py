from __future__ import annotations

from pathlib import Path

import pytest

import facts
from facts.loading import load
from tests.handlers.fakes import World, world
from tests.handlers.town import BASE


@pytest.fixture
def town() -> World:
    return world(BASE)


@pytest.fixture(scope="session")
def chancheng() -> World:
    """The served base; its matcher is built once."""
    return world(load(Path(str(facts.__file__)).parent / "data" / "chancheng-2022"))
