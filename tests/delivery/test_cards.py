"""What a group was shown of its posts is changed in its place, or let be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest, Forbidden

from bot.delivery.cards import Cards
from tests.delivery.ground import daily
from tests.handlers.fakes import GROUP, NOW, world
from tests.handlers.town import BASE

if TYPE_CHECKING:
    from bot.telegram.sending import Target
    from handlers.reply import Edit

POSTS = daily(GROUP.id, NOW, card=5)


class Cabinet:
    """Who changes messages, unless Telegram refuses."""

    def __init__(self, error: Exception | None = None) -> None:
        self.changed: list[tuple[int, int | None, str]] = []
        self._error = error

    async def edit(self, edit: Edit, to: Target) -> None:
        if self._error:
            raise self._error
        self.changed.append((to.chat_id, to.message_id, edit.html))


@pytest.mark.parametrize(("card", "shown"), [(5, 1), (None, 0)])
async def test_only_what_a_group_was_shown_is_changed(card: int | None, shown: int) -> None:
    town, cabinet = world(BASE), Cabinet()
    town.subscriptions.kept[GROUP.id, None] = replace(POSTS, next_due_at=None, card=card)
    await Cards(town.services, cabinet.edit).renew(POSTS)
    assert [(chat, message) for chat, message, _ in cabinet.changed] == [(GROUP.id, 5)] * shown
    assert all("New facts have joined the series" in html for _, _, html in cabinet.changed)


@pytest.mark.parametrize("error", [BadRequest("message to edit not found"), Forbidden("kicked")])
async def test_what_cannot_be_changed_is_let_be(error: Exception) -> None:
    town = world(BASE)
    town.subscriptions.kept[GROUP.id, None] = POSTS
    await Cards(town.services, Cabinet(error).edit).renew(POSTS)


async def test_of_posts_that_were_turned_off_nothing_is_shown() -> None:
    cabinet = Cabinet()
    await Cards(world(BASE).services, cabinet.edit).renew(POSTS)
    assert cabinet.changed == []
