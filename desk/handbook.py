"""Where the handbook lies on this computer, beside every step: what was built, and the pages about the screens.

Comes in: nothing. Goes out: paths, of a bundle as of a clone. It refuses to build anything.
"""

from pathlib import Path

from desk.errors import DeskError

ROOT = Path(__file__).parents[1]
# In a bundle the built handbook lies beside the desk; in a clone `make handbook` puts it there.
_BUILT = ("handbook/site", "var/handbook")
_FIRST = {"nl": "index.html", "en": "en/index.html"}


def built() -> Path | None:
    """The folder of the built handbook, if there is one."""
    return next((ROOT / one for one in _BUILT if (ROOT / one / _FIRST["nl"]).is_file()), None)


def first_page(language: str) -> Path:
    """The page with which the handbook begins; `DeskError` where nobody has built it."""
    folder = built()
    if folder is None:
        raise DeskError(
            "there is no handbook here", "type make handbook in the folder of the project"
        )
    return folder / _FIRST[language]


def screens(language: str) -> Path:
    """The folder with a page for each screen, as Markdown."""
    return ROOT / "handbook" / "pages" / language / "handlers" / "screens"


def picture(language: str, name: str) -> Path | None:
    """A picture of the built handbook, if it is there; `name` comes from our own pages only."""
    folder = built()
    path = folder and folder / "pictures" / language / f"{name}.png"
    return path if path and path.is_file() else None
