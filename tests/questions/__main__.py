"""For every question, the built pages whose text holds its answer in both languages.

    python -m tests.questions

Prints one line per question: its id, the page that it names, and the pages that would do, nearest
to the home page first, with how many taps they are from it.
"""

import tempfile
from pathlib import Path

from tests.questions import LANGUAGES, load, taps, text_of
from tests.site import Built, build_site


def candidates(built: Built) -> dict[str, dict[str, int | None]]:
    """By question: the names of pages that answer it, and their distance in the worse language."""
    pages = {path: built.text(path) for path in built.paths}
    near = {language: taps(pages, f"/{language}/") for language in LANGUAGES}
    texts = {
        language: {
            path.removeprefix(f"/{language}/").strip("/") or "index": text_of(page)
            for path, page in pages.items()
            if path.startswith(f"/{language}/")
        }
        for language in LANGUAGES
    }
    found: dict[str, dict[str, int | None]] = {}
    for one in load():
        names = [
            name
            for name in texts[LANGUAGES[0]]
            if all(not one.faults(lang, texts[lang].get(name, "")) for lang in LANGUAGES)
        ]
        found[one.id] = {name: _farthest(near, name) for name in names}
    return found


def _farthest(near: dict[str, dict[str, int]], name: str) -> int | None:
    ends = "" if name == "index" else f"{name}/"
    known = [near[language].get(f"/{language}/{ends}") for language in LANGUAGES]
    return None if None in known else max(one for one in known if one is not None)


def main() -> None:
    """Build the practice site in a folder that is gone afterwards, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        found = candidates(build_site(Path(folder)))
    for one in load():
        names = sorted(found[one.id].items(), key=lambda item: (item[1] is None, item[1], item[0]))
        shown = [f"{name} ({'no link' if far is None else far})" for name, far in names[:6]]
        print(f"{one.id}: {one.page or '-'}: {', '.join(shown) or 'no page answers'}")


if __name__ == "__main__":
    main()
