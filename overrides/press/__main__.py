"""Builds the site (step 1): `python -m overrides.press --settings FILE --keys FILE --out FOLDER`."""

import gc
import sys

from overrides.press.build import main

gc.disable()  # what it holds, it holds until it ends, some seconds later
sys.exit(main())
