"""A small base in which a sample question of one fact finds another."""

from __future__ import annotations

from tests.facts.samples import base, fact, gap, talk

HALVES = base(
    [
        fact("giants", ["first half of the game", "which giants lead", "who is ahead among the giants"]),
        fact(
            "halves",
            [
                "the first half of the game", "the first half of that game", "so the first half of the game",
                "the game and its first half", "what about the first half of a game", "first half or second half",
            ],
        ),
        fact("ferry", ["when does the ferry start", "first night of the ferry"]),
    ],
    gaps=[gap("captain", ["who is the captain of the ferry"])],
    smalltalk=[talk("hello", ["hello there"])],
)  # fmt: skip
