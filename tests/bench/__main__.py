"""`make bench`: every benchmark of this folder, or only those named: `make bench ARGS=running`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    known = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    if unknown := set(names) - set(known):
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for name in names or known:
        print(f"\n## {name}\n", flush=True)
        import_module(f"tests.bench.{name}").main()


main(sys.argv[1:])
