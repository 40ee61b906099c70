"""What nobody should type, and somebody will: long, odd and broken text, as long as Telegram lets through."""

from __future__ import annotations

HOSTILE = {
    "4096 letters": "a" * 4096,
    "4096 Han characters": "奖励" * 2048,
    "4096 different Han characters": "".join(map(chr, range(0x4E00, 0x4E00 + 4096))),
    "a thousand words": "how much is the reward " * 178,
    "ten thousand conjunctions": "reward and " * 372,
    "control characters": "".join(map(chr, range(32))) * 128,
    "lone surrogates": "\ud800\udc00\udfff" * 1365,
    "zero width": "re\u200bwa\u200crd\ufeff" * 400,
    "combining": "r" + "\u0301" * 4000 + "eward",
    "right to left": "ما هي المكافأة القصوى " * 180,
    "bidirectional overrides": "\u202ereward\u202c" * 500,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 300,
    "digits": "1234567890" * 409,
    "Chinese numerals": "一二三千百万亿" * 585,
    "amounts": "200 million yuan " * 240,
    "dates": "18 June 2022, " * 290,
    "full width": "ＨＯＷ　ＭＵＣＨ" * 500,
    "mathematical letters": "𝖗𝖊𝖜𝖆𝖗𝖉 " * 580,
    "ligatures that grow": "ﷺ" * 4096,
    "regular expression": "(a+)+$[" * 585,
    "spaces": " " * 4096,
    "one long unknown word": "x" * 300 + " reward",
    "pinyin": "zhuangshuangchuang" * 200,
    "unknown words": " ".join(f"w{'abcdefghij'[i % 10]}rd{'klmnopqrst'[i // 10 % 10]}x" for i in range(500)),
}
