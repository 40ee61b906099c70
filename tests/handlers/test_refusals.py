import pytest

from facts.model import LANGS, Lang
from handlers import refusals
from handlers.ports import Role
from handlers.reply import Text, Toast
from handlers.routes import ELSEWHERE, FAILED, FLOODED, REFUSED
from tests.handlers.fakes import GROUP, World, ask, tap
from tests.handlers.limits import read, said


async def test_who_may_not_is_told_who_may(town: World) -> None:
    group, curators, runs = (REFUSED[role] for role in (Role.CHAT_ADMIN, Role.CURATOR, Role.BOT_ADMIN))
    assert await said(group, tap("en:open", chat=GROUP), town.services) == (
        Toast("Only this group's administrators can do that.", alert=True),
    )
    assert await said(group, ask(chat=GROUP), town.services) == (Text("Only this group's administrators can do that."),)
    assert await said(curators, ask(lang="zh"), town.services) == (Text("只有资料管理员可以这么做。"),)
    assert await said(runs, ask(), town.services) == (Text("Only the bot's administrators can do that."),)


async def test_what_is_private_leads_to_the_private_chat(town: World) -> None:
    (part,) = await said(ELSEWHERE, ask(chat=GROUP), town.services)
    assert isinstance(part, Text)
    assert part.buttons[0][0].url == "https://t.me/chancheng_facts_bot?start=ask"


@pytest.mark.parametrize("lang", LANGS)
async def test_a_failure_is_apologised_for_in_the_chat_or_over_it(town: World, lang: Lang) -> None:
    for handler in (FAILED, FLOODED):
        (part,) = await said(handler, ask(lang=lang), town.services)
        assert isinstance(part, Text)
        (part,) = await said(handler, tap("", lang), town.services)
        assert part == Toast(part.text, alert=True) if isinstance(part, Toast) else False


@pytest.mark.parametrize("lang", LANGS)
async def test_unknown_commands_and_other_messages_get_a_way_on(town: World, lang: Lang) -> None:
    (part,) = await said(refusals.unknown_command, ask("dance", lang), town.services)
    assert isinstance(part, Text)
    assert "/help" in read(part.html)
    assert await said(refusals.no_text, ask("", lang), town.services)
    (toast,) = await said(refusals.stale, tap("zz:1", lang), town.services)
    assert isinstance(toast, Toast)
