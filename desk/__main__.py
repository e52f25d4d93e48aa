"""The door of the desk's tool, `python -m desk`: every verb of steps 5 and 6 begins here."""

import sys

from desk.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
