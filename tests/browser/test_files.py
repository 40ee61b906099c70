"""Files on the page: the facts are taken, changed and sent back without a shell; on a small base, which checks fast."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import serving
from tests.browser.visitor import PHONE, TEXTS, Visitor
from tests.facts.bases import written
from tests.playground.talking import LIN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.browser.visitor import Demo, Served
    from tests.playground.talking import Talk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    async with serving(written(tmp_path_factory.mktemp("small"))) as served:
        yield served


async def test_a_curator_takes_a_file_changes_it_attaches_it_and_the_answer_changes(demo: Demo, tmp_path: Path) -> None:
    visitor, page, words = demo.visitor, demo.visitor.page, TEXTS["zh"]
    fact = demo.base.facts[0]
    await visitor.become("Lin")
    await visitor.write(fact.ask.zh[0])
    await expect(visitor.answers.last).to_contain_text(fact.title.zh)
    await visitor.write("/facts")
    async with page.expect_download() as saving:
        await visitor.keys("article.yaml").click()
        await visitor.answers.last.get_by_role("link", name="article.yaml").click()
    copy = tmp_path / (await saving.value).suggested_filename
    await (await saving.value).save_as(copy)
    assert copy.name == "article.yaml"
    text = copy.read_text(encoding="utf-8")
    assert fact.title.zh in text
    copy.write_text(text.replace(fact.title.zh, "改过的标题"), encoding="utf-8")
    await attach(visitor, copy, "附上文件，最大 2 MB")
    await expect(page.locator("#attached")).to_contain_text("article.yaml")
    await page.keyboard.press("Enter")
    await expect(page.locator("#attached")).to_be_hidden()
    await visitor.keys(words("reload.serve")).click()
    await expect(visitor.answers.last).to_contain_text(words("reload.served", number=2))
    await visitor.write(fact.ask.zh[0])
    await expect(visitor.answers.last).to_contain_text("改过的标题")


async def attach(visitor: Visitor, path: Path, label: str) -> None:
    """With the keyboard: from the field back to the paper clip, and the system's dialog."""
    async with visitor.page.expect_file_chooser() as choosing:
        await visitor.page.locator("#field").focus()
        await visitor.page.keyboard.press("Shift+Tab")
        await expect(visitor.page.get_by_role("button", name=label)).to_be_focused()
        await visitor.page.keyboard.press("Enter")
    await (await choosing.value).set_files(path)


async def test_a_file_waits_above_the_field_with_its_words_and_can_be_put_away(
    talk: Talk, visitor: Visitor, tmp_path: Path
) -> None:
    page, file = visitor.page, tmp_path / "notes.txt"
    file.write_bytes(b"x" * 3000)
    await attach(visitor, file, "Attach a file, up to 2 MB")
    await expect(page.locator("#attached")).to_contain_text("notes.txt3 KB")
    await page.get_by_role("button", name="Don't send it").click()
    await expect(page.locator("#attached")).to_be_hidden()
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await attach(visitor, file, "Attach a file, up to 2 MB")
    await page.locator("#field").fill("x" * 1025)
    await expect(page.locator("#count")).to_have_text("1 over Telegram's limit of 1,024")
    await page.locator("#field").fill("what I found")
    assert await page.evaluate(AUDIT) == []
    await page.keyboard.press("Enter")
    await expect(visitor.last.get_by_role("link", name="notes.txt")).to_be_visible()
    await expect(visitor.last).to_contain_text("what I found")
    sent = (await talk.updates())[-1]["message"]
    assert (sent["document"]["file_size"], sent["caption"]) == (3000, "what I found")


@pytest.mark.parametrize(("size", "told"), [(2 * 2**20 + 1, "larger than 2 MB"), (0, "is empty")])
async def test_what_cannot_be_sent_is_refused_before_it_is(
    visitor: Visitor, tmp_path: Path, size: int, told: str
) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(b"x" * size)
    await attach(visitor, file, "Attach a file, up to 2 MB")
    await expect(visitor.page.locator("#toasts")).to_contain_text(told)
    await expect(visitor.page.locator("#attached")).to_be_hidden()


async def test_the_largest_file_shows_its_progress_and_a_refused_one_stays(visitor: Visitor, tmp_path: Path) -> None:
    page, file = visitor.page, tmp_path / "large.bin"
    file.write_bytes(bytes(range(256)) * (2**13))
    await page.evaluate("""() => {
        window.shares = [];
        const progress = document.getElementById("attached-progress");
        new MutationObserver(() => window.shares.push(progress.value)).observe(progress, { attributes: true });
    }""")
    await attach(visitor, file, "Attach a file, up to 2 MB")
    await page.keyboard.press("Enter")
    await expect(visitor.last).to_contain_text("2,048 KB")
    assert await page.evaluate("window.shares.includes(1)")
    await page.route("**/sim/document", lambda route: route.fulfill(status=400, body='{"error": "not today"}'))
    await attach(visitor, file, "Attach a file, up to 2 MB")
    await page.keyboard.press("Enter")
    await expect(page.locator("#toasts")).to_contain_text("That didn't work: not today")
    await expect(page.locator("#attached")).to_contain_text("large.bin")
    visitor.complaints.clear()  # the browser reports the refusal by itself


async def test_files_are_for_the_private_chat_and_fit_on_a_phone(browser: Browser, talk: Talk, tmp_path: Path) -> None:
    file = tmp_path / ("long-name-" * 12 + ".yaml")
    file.write_bytes(b"x" * 2000)
    await talk.sim("start", user_id=LIN)
    async with Visitor(browser, talk.api.url, PHONE, "dark") as visitor:
        await visitor.page.locator("#file").set_input_files(file)
        await expect(visitor.page.locator("#attached")).to_be_visible()
        assert await visitor.page.evaluate(AUDIT) == []
        await visitor.page.locator("#send").tap()
        await expect(visitor.last.locator(".file")).to_be_visible()
        assert await visitor.page.evaluate(AUDIT) == []
        await visitor.page.locator("#to-chats").tap()
        await visitor.open("Chancheng readers")
        await expect(visitor.page.locator("#attach")).to_be_hidden()
