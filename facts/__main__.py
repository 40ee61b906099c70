"""`python -m facts`: the curator's commands."""

import sys

from facts.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
