"""`new`: a base to begin with, that checks as it is and shows every field."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"


def begin(folder: Path) -> tuple[str, ...]:
    """Write a first base into a folder that is new or empty; return the names of its files.

    Raises FileExistsError if there is anything in it (nothing is overwritten), OSError if it can't be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} isn't empty")
    written = []
    for file in sorted(TEMPLATE.rglob("*.yaml")):
        name = file.relative_to(TEMPLATE)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as out:
            out.write(file.read_text(encoding="utf-8"))
        written.append(name.as_posix())
    return tuple(written)
