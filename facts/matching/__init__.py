"""Question → Verdict. Built from a base at load, without training; afterwards it only reads."""

from facts.matching.matcher import Matcher

__all__ = ["Matcher"]
