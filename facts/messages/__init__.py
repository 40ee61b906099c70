"""Every problem that `check` can name: what is wrong and how to mend it, in both languages, for terminals and chats."""

from __future__ import annotations

from facts.messages.entries import SHAPE
from facts.messages.reading import FOLDER, YAML
from facts.messages.whole import WHOLE

MESSAGES = FOLDER | YAML | SHAPE | WHOLE
