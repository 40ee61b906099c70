"""Written Cantonese in the words of standard written Chinese, so that both find the same lines. Simplified, folded."""

from __future__ import annotations

import re
from pathlib import Path

from facts.patterns import later

_FILE = Path(__file__).with_name("cantonese.txt")
_PLAIN = dict(
    pair.split("=")
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for pair in line.split()
)
_BEFORE = {
    "边": "(?<![周旁身河海江路沿一两])",
    "点": "(?<![重难卖热焦要特优缺地亮痛一有早观景试站起终节])",
    "话": "(?<![电对通会谈笑神童佳的])",
}
_AFTER = {"点解": "(?![决读释析除放答密锁说])", "话": "(?![题语费筒剧说])", "讲": "(?![话座究师台稿])"}
"""Characters beside which the same signs are standard Chinese: 重点解决, 电话, 讲话."""
_SPOKEN = later(
    "|".join(
        f"{_BEFORE.get(word[0], '')}{word}{_AFTER.get(word, '')}" for word in sorted(_PLAIN, key=len, reverse=True)
    )
)
_SIGNS = later(
    rf"[嘅咗喺啲嗰佢哋咁噉冇唔乜咩嚟攞畀俾睇搵揾嘢叻谂]|{_BEFORE['边']}边[个位度啲间日]"
    rf"|{_BEFORE['点']}点(?:解{_AFTER['点解']}|样)|几[多时耐]|系咪|而家|呢[个度啲]"
)


_MAY_BE = re.compile("[嘅咗喺啲嗰佢哋咁噉冇唔乜咩嚟攞畀俾睇搵揾嘢叻谂边点几系而呢]")
"""What a sign begins with: most texts are told by it alone."""


def standard(text: str) -> str:
    """Return text with Cantonese words in standard written Chinese; text without a sign of Cantonese as it is."""
    if not _MAY_BE.search(text) or not _SIGNS.search(text):
        return text
    return _SPOKEN.sub(lambda hit: _PLAIN[hit.group()], text)
