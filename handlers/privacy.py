"""What is kept, and erasing it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import callbacks, dates, render
from handlers.asked import KEPT_DAYS
from handlers.ports import Role
from handlers.reply import Button, Edit, Text, Toast

if TYPE_CHECKING:
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply
    from handlers.texts import Catalogue

SURE_FOR = timedelta(minutes=10)
"""How long the question whether one is sure stands: a tap much later was hardly meant."""
_SECTIONS = ("kept", "acts", "not_kept", "use", "telegram", "erase")


async def privacy(ask: Ask, services: Services) -> Reply:
    """Give the whole policy; in private with a button for whether one's questions are kept."""
    words, contact = services.texts[ask.lang], services.library.base.source.contact
    sections = [(words(f"privacy.{part}_title"), words(f"privacy.{part}", **_days(part))) for part in _SECTIONS]
    if contact:
        sections.append(("", words("privacy.contact", contact=contact)))
    lines: list[str] = []
    buttons: Buttons = ()
    if ask.chat.private and ask.person is not None:
        kept = await services.questions.kept(ask.person.id)
        lines = [] if kept else [words("privacy.unkept_now")]
        buttons = _choice(words, kept=kept)
    return (Text(render.message(words("privacy.title", days=KEPT_DAYS), lines, sections), buttons),)


async def choose(ask: Ask, services: Services) -> Reply:
    """Keep this person's questions from now on, or none of them."""
    words, chosen = services.texts[ask.lang], {"keep": True, "unkeep": False}.get(ask.text)
    if chosen is None or ask.person is None:
        return (Toast(words("stale")),)
    await services.questions.keep(ask.person.id, kept=chosen)
    said = "kept_again" if chosen else "unkept"
    title = words("privacy.kept_again", days=KEPT_DAYS) if chosen else words("privacy.unkept")
    return (Edit(render.message(title, [words(f"privacy.{said}_body")]), _choice(words, kept=chosen)),)


async def forget(ask: Ask, services: Services) -> Reply:
    """Ask whether all that is kept of a private chat and its person is to be erased."""
    words = services.texts[ask.lang]
    sure = (Button(words("forget.yes"), callbacks.erase(ask.now)), Button(words("forget.no"), callbacks.erase(None)))
    return (Text(render.message(words("forget.sure"), [words("forget.sure_body")]), (sure,)),)


async def erase(ask: Ask, services: Services) -> Reply:
    """Do so once that is confirmed, and say what there was; a button of long ago does nothing."""
    words, asked_at = services.texts[ask.lang], callbacks.read_erase(ask.text)
    if ask.text == "no":
        return (Edit(render.plain(words("forget.unerased"))),)
    if asked_at is None or not timedelta() <= ask.now - asked_at <= SURE_FOR:
        return (Edit(render.plain(words("forget.late"))),)
    return (Edit(await _erased(ask, services)),)


async def _erased(ask: Ask, services: Services) -> str:
    words, erased, left = services.texts[ask.lang], [], []
    if await services.preferences.forget(ask.chat):
        erased.append(words("forget.language"))
    if await services.subscriptions.remove(ask.chat.id, ask.chat.thread):
        erased.append(words("forget.posts"))
    if ask.person is not None and await services.subscriptions.disown(ask.person.id):
        erased.append(words("forget.owner"))
    if ask.person is not None and await services.questions.forget(ask.person.id):
        erased.append(words("forget.questions"))
    if ask.person is not None and not await services.questions.kept(ask.person.id):
        left.append(words("forget.wish"))
    if ask.role >= Role.CURATOR or (ask.person is not None and await services.acts.tell_of(ask.person.id)):
        left.append(words("forget.acts"))
    title = words("forget.nothing")
    if erased:
        title = words("forget.erased", what=dates.listed(erased, words, "names.listed"))
    rest = words("forget.kept", what=dates.listed(left, words, "names.listed")) if left else words("forget.left")
    return render.message(title, [rest, words("forget.telegram")])


def _days(part: str) -> dict[str, int]:
    return {"days": KEPT_DAYS} if part in {"kept", "erase"} else {}


def _choice(words: Catalogue, *, kept: bool) -> Buttons:
    label = words("privacy.unkeep") if kept else words("privacy.keep")
    return ((Button(label, callbacks.keep_questions(kept=not kept)),),)
