"""Commands, mentions, hashtags, links and addresses found in plain text, as Telegram finds them (td: match_*)."""

from __future__ import annotations

import re

from bot.playground.entities.spans import Span

# A word character next to it, Chinese included, keeps `/ask多少` from being a command and `@bot你好` a mention.
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_MENTION = re.compile(r"(?<![\w])@[A-Za-z0-9_]{3,32}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")
_EMAIL = re.compile(r"(?<![\w.%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12}(?!\w)")
_STOP = r"\s<>\"'«»“”（），。！？；：、"
_ADDRESS = re.compile(rf"(?i)(?<![\w@./-])(?:https?|tg|ton)://[^{_STOP}]+")
_DOMAIN = re.compile(
    r"(?i)(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|edu|gov|info|io|me|dev|app|cn|uk|de|fr|ru|eu|co|tv|ai)"
    rf"(?![\w@-])(?::[0-9]{{1,5}})?(?:[/?#][^{_STOP}]*)?"
)
# Each pattern has a character that it cannot do without: most texts are passed over at the speed of `in`.
_PATTERNS = (
    ("mention", "@", _MENTION),
    ("bot_command", "/", _COMMAND),
    ("hashtag", "#", _HASHTAG),
    ("email", "@", _EMAIL),
    ("url", "://", _ADDRESS),
    ("url", ".", _DOMAIN),
)


def find(units: str) -> list[Span]:
    """Return spans that do not overlap, in order. `units`: text as one character a UTF-16 unit."""
    spans = [
        Span(kind, match.start(), match.start() + len(_trimmed(kind, match[0])))
        for kind, needed, pattern in _PATTERNS
        if needed in units
        for match in pattern.finditer(units)
    ]
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _trimmed(kind: str, text: str) -> str:
    """A link ends before the punctuation of the sentence around it."""
    return text.rstrip(".,:;!?)]}…") if kind == "url" else text
