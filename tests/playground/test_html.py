"""Telegram's HTML: what it makes of good markup, and what it says of bad. Cases checked against td's own tests."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.entities import formatted
from bot.playground.entities.html import parse
from bot.playground.refusals import Refusal

UNMATCHED = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)
MEI = {"id": 1002, "is_bot": False, "first_name": "Mei"}


def spans(html: str) -> list[tuple[str, int, int, dict[str, object]]]:
    _, found = parse(html, {1002: MEI}.get)
    return [(span.kind, span.start, span.end - span.start, span.extra) for span in found]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("禅城<x>", 'Unsupported start tag "x" at byte offset 6'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b></b></", "Unexpected end tag at byte offset 7"),
        ("<i>a</i  ", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i a  =  ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i a=1_2>", "Unexpected end of name token at byte offset 5"),
        ("<a href='x>", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>y</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xDFDF;", UNMATCHED),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(html, "HTML")
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"
    assert refused.value.code == 400


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ("plain", "plain", []),
        ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678; & &lt", '&ge;<>&"&laquo;&#12345678; & <', []),
        ("&#x1F600;<i>&#20320;</i>", "😀你", [("italic", 2, 1, {})]),
        ("😀<b>a<i>😀</i></b>", "😀a😀", [("italic", 3, 2, {}), ("bold", 2, 3, {})]),
        ("<STRONG>a</strong><em>b</em>", "ab", [("bold", 0, 1, {}), ("italic", 1, 1, {})]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1, {}), ("underline", 1, 1, {})]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1, {}) for n in range(3)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1, {})]),
        ('<span class = "tg-spoiler">a</span>', "a", [("spoiler", 0, 1, {})]),
        ("<i  aba = caba>a</  >", "a", [("italic", 0, 1, {})]),
        ("<b></b>x", "x", []),
        ("<blockquote cite='' x>a</blockquote>", "a", [("blockquote", 0, 1, {})]),
        ("<blockquote   expandable>a</>", "a", [("expandable_blockquote", 0, 1, {})]),
        ("<a href=telegram.org>x</a>", "x", [("text_link", 0, 1, {"url": "http://telegram.org/"})]),
        ("<a href='telegram.org?&lt;'>x</a>", "x", [("text_link", 0, 1, {"url": "http://telegram.org/?<"})]),
        ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12, {"url": "http://telegram.org/"})]),
        ("<a>telegram.org </a>", "telegram.org ", []),
        ("<a href='no link'>x</a>", "x", []),
        ("<a href='tg://user?id=1002'>x</a>", "x", [("text_mention", 0, 1, {"user": MEI})]),
        ("<a href='tg://user?id=404'>x</a>", "x", []),
        ("<code>a</code>", "a", [("code", 0, 1, {})]),
        ("<pre>a</pre>", "a", [("pre", 0, 1, {})]),
        ('<pre><code class="language-py">a</></>', "a", [("pre", 0, 1, {"language": "py"})]),
        ("<code class='language-py'><pre>a</></>", "a", [("pre", 0, 1, {"language": "py"})]),
        ('<tg-emoji emoji-id="54321">😀</tg-emoji>', "😀", [("custom_emoji", 0, 2, {"custom_emoji_id": "54321"})]),
        (
            '<tg-time unix="7" format="wDT">x</tg-time>',
            "x",
            [("date_time", 0, 1, {"unix_time": 7, "date_time_format": "wDT"})],
        ),
    ],
)
def test_markup_becomes_entities_in_utf16_units(
    html: str, text: str, expected: list[tuple[str, int, int, dict[str, object]]]
) -> None:
    assert parse(html, {1002: MEI}.get)[0] == text
    assert spans(html) == expected


TAGS = (
    "b",
    "i",
    "s",
    "pre",
    "code",
    "code class='language-x'",
    "blockquote expandable",
    "a href='t.me/x'",
    "tg-spoiler",
)
WORDS = ("text", "你好", "😀", "&lt;", "&amp", "&#8206;", "@mei_reads", "/start", "https://t.me/a", "#tag", "</>", "\n")
PIECES = (*(f"<{tag}>" for tag in TAGS), *(f"</{tag.partition(' ')[0]}>" for tag in TAGS), *WORDS)
NOISE = [*"<>/&;#=\"' abipreocudtg-xhf1\n\r\t\0é你😀\u200e\ud800"]
MARKUP = st.text(st.sampled_from(NOISE), max_size=60) | st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
STATED = ["bold", "italic", "spoiler", "code", "pre", "blockquote", "expandable_blockquote", "text_link"]


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_whatever_comes_is_refused_or_gives_entities_within_the_text(html: str) -> None:
    with suppress(Refusal):
        assert_sound(*formatted(html, "HTML"))


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab \n😀é/@.", max_size=12),
    st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(STATED),
                "offset": st.integers(0, 12),
                "length": st.integers(0, 12),
            }
        ),
        max_size=6,
    ),
)
def test_stated_entities_come_out_nested_whatever_they_were(text: str, stated: list[dict[str, object]]) -> None:
    with suppress(Refusal):
        assert_sound(*formatted(text, entities=[{**entity, "url": "t.me"} for entity in stated]))


def assert_sound(text: str, entities: list[dict[str, object]]) -> None:
    """Entities lie within the text, on whole characters, and each two are apart or nested."""
    units = text.encode("utf-16-le")
    assert text == text.strip(" \n")
    ranges = []
    for entity in entities:
        start, length = entity["offset"], entity["length"]
        assert isinstance(start, int)
        assert isinstance(length, int)
        assert start >= 0
        assert length > 0
        assert start + length <= len(units) // 2
        units[2 * start : 2 * (start + length)].decode("utf-16-le")
        ranges.append((start, start + length, entity["type"]))
    for start, end, kind in ranges:
        for other_start, other_end, other in ranges:
            crossing = start < other_start < end < other_end
            assert not crossing, (kind, other)


def test_what_is_around_the_text_is_trimmed_and_entities_move_along() -> None:
    text, entities = formatted(" \n <b> hi \r\n</b> \n", "HTML")
    assert text == "hi"
    assert entities == [{"offset": 0, "length": 2, "type": "bold"}]


def test_styles_within_themselves_are_one_and_code_holds_no_other() -> None:
    assert formatted("<b>a<b>b</b></b>", "HTML")[1] == [{"offset": 0, "length": 2, "type": "bold"}]
    assert formatted("<b>a<code>b</code>c</b>", "HTML")[1] == [
        {"offset": 0, "length": 3, "type": "bold"},
        {"offset": 1, "length": 1, "type": "code"},
    ]
    assert formatted("<code>a<b>b</b></code>", "HTML")[1] == [{"offset": 0, "length": 2, "type": "code"}]
    assert formatted("<a href='t.me'>a<code>b</code></a>", "HTML")[1] == [
        {"offset": 0, "length": 2, "type": "text_link", "url": "http://t.me/"}
    ]


def test_commands_mentions_links_and_tags_are_found_in_plain_text() -> None:
    text = "/ask@chancheng_facts_bot 多少 @mei_reads, see https://example.com/a?b=1. or t.me/x #tag a@b.cn /start"
    found = [
        (entity["type"], text[entity["offset"] : entity["offset"] + entity["length"]]) for entity in formatted(text)[1]
    ]
    assert found == [
        ("bot_command", "/ask@chancheng_facts_bot"),
        ("mention", "@mei_reads"),
        ("url", "https://example.com/a?b=1"),
        ("url", "t.me/x"),
        ("hashtag", "#tag"),
        ("email", "a@b.cn"),
        ("bot_command", "/start"),
    ]


@pytest.mark.parametrize("text", ["/ask多少", "a/start", "//start", "@bot你好", "x@", "1/2", "no.", "http://", "</b>"])
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert formatted(text)[1] == []


def test_no_more_than_100_entities_are_kept() -> None:
    assert len(formatted("<b>a</b> " * 150, "HTML")[1]) == 100


def test_long_texts_are_read_in_linear_time() -> None:
    for text in (
        "<" * 60_000,
        "&" * 60_000,
        "a.a-" * 15_000,
        "@" * 60_000,
        "/" * 60_000,
        "#" * 60_000,
        "http://" * 9_000,
    ):
        formatted(text)
    for _ in range(3):
        formatted("<b>" * 5_000 + "x" + "</b>" * 5_000, "HTML")
