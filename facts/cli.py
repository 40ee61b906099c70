"""The curator's commands, as they are typed."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from facts import commands, measuring, schemas
from facts.model import LANGS
from facts.output import printed
from facts.problems import BrokenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str], cache: Path | None = None) -> int:
    """Run one command. What goes wrong is said in a line each, never in a traceback.

    `cache` is a folder for what need not be built again each time.
    """
    return printed(lambda: _run(parser().parse_args(arguments, argparse.Namespace(cache=cache))))


def _run(options: argparse.Namespace) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a character shows its code instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BrokenBase as broken:
        print(*broken.problems, sep="\n")
    except KeyboardInterrupt:
        return 130
    return 1


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m facts", description="Look after a fact base.")
    adding = found.add_subparsers(required=True, metavar="command")
    for name, run, told in (
        ("check", commands.check, "name every problem of a base"),
        ("ask", commands.ask, "answer a question as the bot would"),
        ("eval", measuring.evaluate, "ask the base's own question sets"),
        ("cross-validate", measuring.cross_validate, "ask the base its own lines, each as if it weren't there"),
        ("compare", measuring.compare, "say what a changed base does worse, as /reload would"),
        ("coverage", commands.coverage, "list the paragraphs that no fact cites"),
        ("show", commands.show, "print cards in both languages"),
        ("schema", commands.schema, "print the JSON Schema of the files"),
        ("new", commands.new, "begin a base"),
    ):
        command = adding.add_parser(name, help=told, description=told)
        command.set_defaults(run=run)
        _ARGUMENTS[name](command)
    return found


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="the base's folder")


def _check_arguments(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--source", type=Path, help="the source's text: number, kind, text, separated by tabs")
    command.add_argument("--collisions", action="store_true", help="list the questions that may lead to another entry")


def _ask_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?")
    command.add_argument("--facts", dest="folder", metavar="DIR", type=Path)
    command.add_argument("--lang", choices=LANGS)
    command.add_argument("--why", action="store_true", help="add the reasons")
    command.add_argument("--jsonl", action="store_true", help="read questions as JSON lines from standard input")


def _cross_validate_arguments(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--all", action="store_true", help="every line, not one of each entry and language")
    command.add_argument("--seed", type=int, default=1, help="which lines are drawn")


def _compare_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", type=Path, help="the folder of the base that is served")
    command.add_argument(
        "new", metavar="NEW", type=Path, help="the folder that is to replace it, with its question sets"
    )


def _coverage_arguments(command: argparse.ArgumentParser) -> None:
    _folder(command)
    command.add_argument("--source", type=Path, required=True)


def _show_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", nargs="?", help="of a fact or a gap")
    command.add_argument("--all", action="store_true")
    command.add_argument("--facts", dest="folder", metavar="DIR", type=Path)


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], object]] = {
    "check": _check_arguments,
    "ask": _ask_arguments,
    "eval": _folder,
    "cross-validate": _cross_validate_arguments,
    "compare": _compare_arguments,
    "coverage": _coverage_arguments,
    "show": _show_arguments,
    "schema": lambda command: command.add_argument("kind", nargs="?", choices=tuple(schemas.KINDS)),
    "new": lambda command: command.add_argument("folder", metavar="DIR", type=Path),
}
