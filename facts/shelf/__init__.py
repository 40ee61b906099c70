"""Built matchers kept on disk, so that a start need not build one."""

from facts.shelf.shelf import Shelf

__all__ = ["Shelf"]
