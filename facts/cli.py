"""The curator's commands: check."""

from __future__ import annotations

import argparse
from pathlib import Path

from facts.loading import BrokenBase, load

SHIPPED = Path(__file__).parent / "data" / "chancheng-2022"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="facts")
    commands = parser.add_subparsers(required=True, dest="command")
    check = commands.add_parser("check")
    check.add_argument("folder", type=Path, nargs="?", default=SHIPPED)
    options = parser.parse_args(arguments)
    try:
        base = load(options.folder)
    except BrokenBase as broken:
        print(*broken.problems, sep="\n")
        return 1
    print(f"{len(base.facts)} facts, no problems")
    return 0
