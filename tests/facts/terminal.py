"""What a curator has in a terminal: a folder, and commands that print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    code = main([str(each) for each in arguments])
    return code, capsys.readouterr().out.splitlines()
