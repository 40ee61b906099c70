"""What Telegram does to text and entities before it stores them (td/telegram/MessageEntity.cpp, fix_formatted_text)."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from bot.playground.entities.found import find
from bot.playground.entities.spans import QUOTES, SPLITTABLE, VERBATIM, Span, outer_first
from bot.playground.refusals import bad_request

_BLANK = re.compile(r"[\0-\x09\x0b\x0c\x0e-\x20]")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_SPACE = " \n"


def tidy(units: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Clean, nest and trim. Takes and returns text as one character a UTF-16 unit. Raises Refusal: spans outside it."""
    _check(units, spans)
    units, spans = _cleaned(units, spans)
    spans = _nested(outer_first(spans)) if spans else spans
    spans = [span for span in (_without_leading_space(units, span) for span in spans) if span]
    units, spans = _trimmed(units, spans)
    found = find(units)
    return units, _merged(spans, found) if found else outer_first(spans)


def _check(units: str, spans: list[Span]) -> None:
    for span in spans:
        if span.end > len(units):
            where = (
                f"beginning at UTF-16 offset {span.start} ends after the end of the text at UTF-16 offset {span.end}"
            )
            raise bad_request(f"entity {where}")
        for edge, verb in ((span.start, "begins"), (span.end, "ends")):
            if edge < len(units) and "\udc00" <= units[edge] <= "\udfff":
                raise bad_request(f"entity {verb} in a middle of a UTF-16 symbol")


def _cleaned(units: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Control characters become spaces; carriage returns, direction marks and vertical lines go."""
    units = _BLANK.sub(" ", units)
    if not _DROPPED.search(units):
        return units, spans
    gone = [0, *accumulate(1 if _DROPPED.match(unit) else 0 for unit in units)]
    moved = [span.at(span.start - gone[span.start], span.end - gone[span.end]) for span in spans]
    return _DROPPED.sub("", units), [span for span in moved if span.end > span.start]


def _without_leading_space(units: str, span: Span) -> Span | None:
    start = span.start
    while start < span.end and units[start] in _SPACE:
        start += 1
    return span.at(start, span.end) if start < span.end else None


def _trimmed(units: str, spans: list[Span]) -> tuple[str, list[Span]]:
    units = units.rstrip(_SPACE)
    left = len(units) - len(units.lstrip(_SPACE))
    moved = [span.at(span.start - left, min(span.end, len(units)) - left) for span in spans]
    return units[left:], moved


def _merged(spans: list[Span], found: list[Span]) -> list[Span]:
    """Add what was found in the text where no link, code or the edge of a quote stands in its way."""
    taken = [span for span in spans if span.kind not in SPLITTABLE]
    free = [
        new
        for new in found
        if not any(
            new.start < span.end
            and span.start < new.end
            and not (span.kind in QUOTES and span.start <= new.start and new.end <= span.end)
            for span in taken
        )
    ]
    return _nested(outer_first([*spans, *free]))


def _nested(spans: list[Span]) -> list[Span]:
    """Return spans of which each two are apart or nested, as the apps can show them."""
    if _valid(spans):
        return spans
    quotes = _apart([span for span in spans if span.kind in QUOTES])
    whole = _apart([span for span in spans if span.kind not in QUOTES and span.kind not in SPLITTABLE])
    whole = [span for span in whole if all(_fits(span, quote) for quote in quotes)]
    fixed = outer_first([*quotes, *whole])
    return outer_first([*fixed, *_split([span for span in spans if span.kind in SPLITTABLE], fixed)])


def _valid(spans: list[Span]) -> bool:
    """Whether sorted spans are nested, with no style twice and nothing inside what cannot hold it."""
    stack: list[Span] = []
    ends: dict[str, int] = {}
    for span in spans:
        while stack and stack[-1].end <= span.start:
            stack.pop()
        if stack and (span.end > stack[-1].end or not all(_holds(outer.kind, span.kind) for outer in stack)):
            return False
        if span.kind in SPLITTABLE:
            if ends.get(span.kind, -1) >= span.start:
                return False
            ends[span.kind] = span.end
        stack.append(span)
    return True


def _holds(outer: str, inner: str) -> bool:
    if outer in VERBATIM:
        return False
    if inner in SPLITTABLE:
        return True
    return outer in SPLITTABLE or (outer in QUOTES and inner not in QUOTES)


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _fits(span: Span, quote: Span) -> bool:
    """Whether a link or code is outside a quote or inside it."""
    return span.end <= quote.start or span.start >= quote.end or (quote.start <= span.start and span.end <= quote.end)


def _split(styles: list[Span], fixed: list[Span]) -> list[Span]:
    """Merge each style with itself, cut it where others begin or end, and leave it out of code."""
    merged = [span for kind in SPLITTABLE for span in _united([each for each in styles if each.kind == kind])]
    cuts = {edge for span in fixed for edge in (span.start, span.end)} | {span.start for span in merged}
    code = [span for span in fixed if span.kind in VERBATIM]
    pieces: list[Span] = []
    for span in merged:
        inner = sorted(cut for cut in cuts if span.start < cut < span.end)
        pieces += [span.at(start, end) for start, end in pairwise((span.start, *inner, span.end))]
    return [piece for piece in pieces if not any(c.start <= piece.start and piece.end <= c.end for c in code)]


def _united(spans: list[Span]) -> list[Span]:
    """Join sorted spans of one kind that touch or overlap."""
    kept: list[Span] = []
    for span in spans:
        if kept and span.start <= kept[-1].end:
            kept[-1] = kept[-1].at(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return kept
