"""Whether an entry fits a question: particulars, what it takes for granted, and what it asks the most or number of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.matching.heads import Heads
from facts.matching.premises import Premises
from facts.model import Fact

if TYPE_CHECKING:
    from facts.matching.candidates import Entry
    from facts.matching.hearing import Heard
    from facts.matching.ranked import Scored
    from facts.matching.ranking import Ranker
    from facts.model import Gap
    from facts.particulars import Particulars


class Fitting:
    def __init__(self, particulars: Particulars, ranker: Ranker) -> None:
        self._particulars = particulars
        self.premises = Premises()
        self._heads = Heads(ranker)

    def against(self, heard: Heard, entry: Entry) -> bool:
        """Return whether the entry contradicts a particular of the question."""
        if not heard.reading.particulars or not isinstance(entry, Fact):
            return False
        return self._particulars.contradiction(heard.reading, entry) is not None

    def bears_out(self, heard: Heard, fact: Fact) -> bool:
        """Return whether the fact bears out what the question takes for granted, and has whom it names."""
        if self._particulars.names_another(heard.reading, fact):
            return False
        premised = not self.premises.unborne(heard.question, fact, heard.ranked.line_of(fact))
        return premised and self.told_of(heard, fact)

    def told_of(self, heard: Heard, entry: Fact | Gap) -> bool:
        """Return whether it tells of just that of which the question asks the most or the number."""
        return not self._heads.untold(heard.query, entry)

    def rivals(self, heard: Heard, chosen: Entry, *, gaps: bool) -> tuple[Scored, ...]:
        """Return the other entries that the question's particulars leave in question."""
        return tuple(
            each
            for each in heard.ranked.entries
            if each.entry is not chosen
            and not self.against(heard, each.entry)
            and (gaps or isinstance(each.entry, Fact))
        )
