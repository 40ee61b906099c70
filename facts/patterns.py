"""Regular expressions that are compiled when they are first used: together they would be a tenth of all that loads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

_USED = ("findall", "finditer", "fullmatch", "match", "search", "sub")


class _Later:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __reduce__(self) -> tuple[type[_Later], tuple[str]]:
        """A matcher that holds one goes to another process and back."""
        return _Later, (self._pattern,)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Become what the compiled expression does: from then on nothing stands between."""
            compiled = re.compile(self._pattern)
            vars(self).update({each: getattr(compiled, each) for each in _USED})
            return getattr(compiled, name)


def later(pattern: str) -> re.Pattern[str]:
    """Return what does as `re.compile(pattern)` does. Whether it is one at all shows at its first use."""
    return cast("re.Pattern[str]", _Later(pattern))
