"""Builds the site (step 1): `python -m overrides.press --settings FILE --keys FILE --out FOLDER`."""

import sys

from overrides.press.build import main

sys.exit(main())
