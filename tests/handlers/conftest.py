from __future__ import annotations

import pytest

from tests.handlers.fakes import World, world
from tests.handlers.town import BASE


@pytest.fixture
def town() -> World:
    return world(BASE)
