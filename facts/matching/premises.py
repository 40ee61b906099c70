"""What a question takes for granted: that something was denied, or has a reason or a date. A fact must bear it out.

"Why did Huawei refuse" is no question of the fact that Huawei signed, however alike the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from facts.text import fold

if TYPE_CHECKING:
    from facts.model import Fact

_DENIES = re.compile(
    r"\b(?:not|never|no longer|without|nobody|none|isnt|arent|wasnt|werent|dont|doesnt|didnt|wont|cant|couldnt|hasnt"
    r"|refus\w*|reject\w*|cancel\w*|fail\w*|stop\w*|quit\w*|withdr\w*|den(?:y|ied|ies)|ban(?:s|ned)?|abandon\w*|scrap\w*"
    r"|lack\w*|dropped|left out|missing|except|opposed?)\b"
    r"|[不没未无冇唔]|拒绝|取消|退出|停止|放弃|撤|失败|除了|反对"
)
_ONLY_SEEMS_TO = re.compile(
    r"^(?:isnt|arent|wasnt|werent|dont|doesnt|didnt|wont|cant|couldnt|hasnt)\b|([一-鿿]{1,2})[不没唔]\1|是不是|有没有|有冇|[了过]没有?(?=\W|$)|没有?(?=\W*$)|未来|未必|无论|无疑|无限|不同|不少|不断"
    r"|不仅|不但|不过|差不多|不错|不好意思|了不起|对不起|\b(?:or|why) not\b"
)
_REASON = re.compile(r"\bwhy\b|\bhow come\b|\breasons?\b|为什么|为何|为啥|点解|原因|理由")
_GIVES_REASON = re.compile(
    r"\bbecause|\bwhy\b|\breasons?\b|\bso that\b|\bin order to\b|\bdue to\b|\bsince\b"
    r"|为什么|为何|因为|原因|由于|为了|理由|点解|凭什么|靠什么"
)
_TIME = re.compile(r"\bwhen\b|\b(?:what|which) (?:date|day|year)\b|什么时候|何时|哪天|哪一天|哪年|几时|几号")
_GIVES_TIME = re.compile(r"\d|\bwhen\b|什么时候|何时|哪天|哪年|几时")


def unborne(question: str, fact: Fact, phrasing: str) -> bool:
    """Return whether the question takes something for granted that neither the fact nor its phrasing bears out.

    `phrasing` is the line of the fact that matched best: what a curator asked of it is borne out.
    """
    asked = fold(question)
    lines = (phrasing, fact.title.en, fact.title.zh, fact.text.en, fact.text.zh)
    said = " ".join(fold(line) for line in lines)
    if _denies(asked) and not _denies(said):
        return True
    if _REASON.search(asked) and not _GIVES_REASON.search(said):
        return True
    return bool(_TIME.search(asked)) and fact.kind != "date" and not _GIVES_TIME.search(said)


def _denies(text: str) -> bool:
    return _DENIES.search(_ONLY_SEEMS_TO.sub(" ", text)) is not None
