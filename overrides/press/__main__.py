"""Builds the site (step 1): `python -m overrides.press --settings FILE --keys FILE --out FOLDER`."""

import gc
import os
import sys

from overrides.press.build import main

gc.disable()  # what it holds, it holds until it ends, some seconds later
code = main()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)  # taking apart what it holds takes as long as a page, and nobody needs it
