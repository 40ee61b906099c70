"""`make bench`: every benchmark of this folder, or only those named: `make bench ARGS=running`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    known = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    if unknown := set(names) - set(known):
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    given_up = False
    for name in names or known:
        print(f"\n## {name}\n", flush=True)
        try:
            import_module(f"tests.bench.{name}").main()
        except SystemExit as why:
            # What one benchmark lacks keeps none of the others from measuring.
            print(f"NOT MEASURED: {why}", file=sys.stderr)
            given_up = True
    sys.exit(given_up)


main(sys.argv[1:])
