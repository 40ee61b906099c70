"""Who may talk to the server."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.playground.guard import foreign


@pytest.mark.parametrize(
    ("host", "port", "let_in"),
    [
        ("127.0.0.1:8080", 8080, True),
        ("LOCALHOST:8080", 8080, True),
        ("[::1]:8080", 8080, True),
        ("127.0.0.1", 80, True),
        ("localhost", 80, True),
        ("localhost:80", 80, True),
        ("127.0.0.1", 8080, False),
        ("127.0.0.1:80", 8080, False),
        ("rebound.example", 80, False),
        ("", 80, False),
    ],
)
def test_only_this_machines_own_names_are_hosts_and_the_port_is_left_out_where_browsers_do(
    host: str,
    port: int,
    let_in: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert (foreign(make_mocked_request("GET", "/", {"Host": host}), port) == "") == let_in
    mine = make_mocked_request("GET", "/", {"Host": f"localhost:{port}", "Origin": f"http://{host}"})
    assert (foreign(mine, port) == "") == let_in
