"""The door of the desk's tool for a Python that is named: what `desk` runs, without the command of that name."""

import sys

from desk.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
