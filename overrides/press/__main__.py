"""Builds the site (step 1): `python -m overrides.press --settings FILE --keys FILE --out FOLDER`."""

import gc
import os
import sys

gc.disable()  # what it holds, and loads from here on, it holds until it ends, some seconds later

from overrides.press.build import main  # noqa: E402 - behind the line above

code = main()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)  # taking apart what it holds takes as long as a page, and nobody needs it
