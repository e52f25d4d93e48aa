"""What translators share: files that gettext, and editors that stand on it, open and save without a loss."""

import re
import shutil
from pathlib import Path

import polib
import pytest

from overrides.words import catalogue, locales
from overrides.words.catalogue import ORIGINAL
from overrides.words.errors import SiteError
from overrides.words.strings import load
from tests.po_programs import normal, run
from tests.site import LANGUAGES, ROOT

LOCALE = ROOT / "overrides" / "locale"
FILES = sorted(path.relative_to(LOCALE).as_posix() for path in LOCALE.rglob("*.po"))
HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
DUTCH = {
    "a": "Je klacht is bij ons aangekomen en geopend.",
    "b": "Terug",
    "c": "Deze vraag blijft zoals zij was.",
}
SPANISH = {"a": "Tu queja nos llegó y fue abierta.", "b": "Atrás", "c": "Esta pregunta no cambia."}


def write(folder: Path, dutch: dict[str, str], spanish: dict[str, str]) -> None:
    """An original and a translation of what it was."""
    for code, texts in ((ORIGINAL, dict.fromkeys(dutch, "")), ("es", spanish)):
        made_from = dutch if code == ORIGINAL else DUTCH
        entries = [
            f'msgctxt "{one}"\nmsgid "{made_from[one]}"\nmsgstr "{text}"\n'
            for one, text in texts.items()
        ]
        text = "\n".join([HEADER.format(code), *entries])
        (folder / f"{code}.po").write_text(text, "utf-8")


def merge(folder: Path) -> None:
    """What `make strings` does."""
    (line,) = re.findall(r"msgmerge (.*?) \$\$file (\S+)", (ROOT / "Makefile").read_text("utf-8"))
    options, original = line[0].split(), Path(line[1]).name
    run("msgmerge", *options, folder / "es.po", folder / original)


def behind(folder: Path) -> tuple[str, ...]:
    """The ids of the translation that are behind."""
    wide = "extra: {direction: ltr}"
    listed = f"[{{locale: nl, name: N, {wide}}}, {{locale: es, name: E, {wide}}}]"
    (folder / locales.LIST).write_text(f"plugins: [i18n: {{languages: {listed}}}]\n", "utf-8")
    return locales.behind(folder, folder / locales.LIST)["es"]


@pytest.mark.parametrize("name", FILES)
def test_gettext_takes_every_file_and_gives_back_every_text(name: str, tmp_path: Path) -> None:
    """Compiled, each text stands below its id and its original; nothing in it is unfinished."""
    run("msgfmt", "--check-format", "--check-domain", LOCALE / name, "-o", tmp_path / "one.mo")
    written = {(e.msgctxt, e.msgid): e.msgstr for e in polib.pofile(str(LOCALE / name)) if e.msgstr}

    compiled = polib.mofile(str(tmp_path / "one.mo"))
    assert {(e.msgctxt, e.msgid): e.msgstr for e in compiled} == written
    assert name == f"{ORIGINAL}.po" or written


@pytest.mark.parametrize("name", FILES)
def test_every_way_to_save_a_file_keeps_all_of_it(name: str, tmp_path: Path) -> None:
    """Saved by polib, wrapped as Poedit and Weblate wrap, and merged with itself: the same to the last sign."""
    path, saved = LOCALE / name, tmp_path / "saved.po"
    polib.pofile(str(path), wrapwidth=0).save(str(saved))
    assert normal(saved) == normal(path)
    saved.write_text(run("msgcat", "--width=77", path), "utf-8")
    assert normal(saved) == normal(path)
    if "/" not in name:
        merged = run("msgmerge", "--quiet", "--no-wrap", path, LOCALE / f"{ORIGINAL}.po")
        assert merged == normal(path) == path.read_text("utf-8")


def test_what_an_editor_keeps_is_kept_by_gettext(tmp_path: Path) -> None:
    """Retired texts, what stood there before, notes, plural slots of Spanish and of Arabic, and the order."""
    for code, count in (("es", 3), ("ar", 6)):
        slots = "\n".join(f'msgstr[{at}] "n{at}"' for at in range(count))
        text = (
            f"# Note.\n{HEADER.format(code)}"
            f'"Plural-Forms: nplurals={count}; plural=n%{count};\\n"\n\n'
            '# of a translator\n#. en: One\n#, fuzzy\n#| msgctxt "z"\n#| msgid "Een ding"\n'
            'msgctxt "z"\nmsgid "Eén ding"\nmsgstr "una"\n\n'
            f'msgctxt "b"\nmsgid "{{n}} dag"\nmsgid_plural "{{n}} dagen"\n{slots}\n\n'
            '#~ msgctxt "y"\n#~ msgid "oud"\n#~ msgstr "viejo"\n\n'
            '# why\n#, fuzzy\n#~| msgid "ouder"\n#~ msgctxt "x"\n#~ msgid "oud"\n#~ msgstr "viejo"\n'
        )
        (tmp_path / "a.po").write_text(text, "utf-8")
        assert normal(tmp_path / "a.po") == text


def test_no_module_of_the_site_saves_such_a_file() -> None:
    """polib forgets what stood before a retired text: we read with it, and gettext and editors save."""
    for path in (ROOT / "overrides").rglob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"\.save\(|save_as_\w+\(|POFile\(", text), path


@pytest.mark.parametrize(
    ("new", "mark"),
    [
        ("Je klacht is bij ons aangekomen.", "#, fuzzy"),
        ("Wij hebben gelezen wat er stond.", "#~ msgctxt"),
    ],
)
def test_a_changed_dutch_text_leaves_the_old_translation_and_marks_it(
    tmp_path: Path, new: str, mark: str
) -> None:
    """Whether gettext finds the old one like the new one, or puts it away; it is shown, and known to be behind."""
    write(tmp_path, DUTCH | {"a": new}, SPANISH)
    assert behind(tmp_path) == ("a",)

    merge(tmp_path)

    assert mark in (tmp_path / "es.po").read_text("utf-8")
    assert load(tmp_path / "es.po").texts == SPANISH
    assert behind(tmp_path) == ("a",)


def test_a_guess_of_gettext_is_nobodys_translation(tmp_path: Path) -> None:
    """A new string that is much like another gets its text, marked fuzzy; it is refused until somebody looks."""
    write(tmp_path, DUTCH | {"d": "Je klacht is bij ons aangekomen en gesloten."}, SPANISH)
    merge(tmp_path)
    assert "#, fuzzy" in (tmp_path / "es.po").read_text("utf-8")

    with pytest.raises(SiteError, match=r"^es\.po has no finished text for d$"):
        load(tmp_path / "es.po")


def test_a_text_translated_anew_is_not_behind(tmp_path: Path) -> None:
    """The mark goes with the translation, and the retired one may stay where it is."""
    write(tmp_path, DUTCH | {"b": "Wij hebben gelezen wat er stond."}, SPANISH)
    merge(tmp_path)
    text = (tmp_path / "es.po").read_text("utf-8")
    (tmp_path / "es.po").write_text(
        text.replace('msgstr ""\n\n#~', 'msgstr "Nuevo"\n\n#~'), "utf-8"
    )
    changed = re.sub(r'(msgid "Wij .*"\nmsgstr )""', r'\1"Leímos"', text)
    (tmp_path / "es.po").write_text(changed, "utf-8")

    assert behind(tmp_path) == ()
    assert load(tmp_path / "es.po").texts["b"] == "Leímos"
    assert "#~ msgstr" in changed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_english_beside_a_dutch_text_is_that_of_today(language: str) -> None:
    """A translator who reads no Dutch translates what stands there."""
    english = catalogue.load(LOCALE / "en.po").texts
    for entry in polib.pofile(str(LOCALE / f"{language}.po")):
        beside = " ".join(entry.comment.split())  # polib wraps a note where it saves
        assert beside == " ".join(f"en: {english[entry.msgctxt]}".split()), entry.msgctxt


def test_a_file_saved_by_an_editor_reads_the_same(tmp_path: Path) -> None:
    """With the editor's header, its notes and its wrapped lines."""
    shutil.copy(LOCALE / "es.po", tmp_path / "es.po")
    header = '"Language: es\\n"\n"X-Generator: Weblate 5\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
    text = (tmp_path / "es.po").read_text("utf-8").replace('"Language: es\\n"\n', header)
    (tmp_path / "es.po").write_text(text, "utf-8")
    (tmp_path / "es.po").write_text(run("msgcat", "--width=77", tmp_path / "es.po"), "utf-8")

    assert load(tmp_path / "es.po").texts == load(LOCALE / "es.po").texts


def signed(folder: Path, said: str) -> Path:
    """A Spanish file whose header says who checked it."""
    text = (LOCALE / "es.po").read_text("utf-8")
    line = f'msgstr ""\n"X-Native-Checker: {said}\\n"\n'
    (folder / "es.po").write_text(text.replace('msgstr ""\n', line, 1), "utf-8")
    return folder / "es.po"


def test_who_checked_a_file_is_still_said_when_an_editor_broke_the_line(tmp_path: Path) -> None:
    """Gettext, Poedit and Weblate break a line of a header behind its 77th sign."""
    said = "a sworn translator from Madrid who has worked in Utrecht for ten years, 2026-11-22"
    path = signed(tmp_path, said)
    assert catalogue.is_checked(path)

    path.write_text(run("msgcat", "--width=77", path), "utf-8")
    assert said not in path.read_text("utf-8")
    assert catalogue.is_checked(path)


@pytest.mark.parametrize("said", ["M.", "M., 22 November 2026", ", 2026-11-22", "M., 2026-11-31"])
def test_a_file_that_says_half_of_who_checked_it_is_refused(said: str, tmp_path: Path) -> None:
    """As a page is; who wrote it would think that it counts."""
    with pytest.raises(SiteError, match=r"es\.po: X-Native-Checker is "):
        catalogue.is_checked(signed(tmp_path, said))
    assert not catalogue.is_checked(signed(tmp_path, ""))
