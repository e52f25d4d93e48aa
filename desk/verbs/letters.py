"""The verbs that write for a case, step 7: standard answers, letters, dossiers and exports.

Comes in: arguments. Goes out: text to print, or a file that is new. It refuses to send anything to
anybody: a letter is printed, and a person carries it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given, opening, words
from desk.verbs.cases import parse_fields
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from typing import Any, TextIO


def _answers(arguments: "argparse.Namespace") -> int:
    from desk.letters import answers

    if arguments.answer is None:
        print("\n".join(answers.IDS))
        return ALL
    if arguments.text_language not in answers.languages():
        spoken = ", ".join(answers.languages())
        raise DeskError("there is no answer in that language", f"take one of {spoken}")
    pair = answers.pair(arguments.answer, arguments.text_language)
    print(pair.text)
    return ALL


def _letter(arguments: "argparse.Namespace") -> int:
    from desk.letters import letter, templates
    from desk.verbs.parser import Parser

    rest = given.take_options(arguments, arguments.rest)
    if not rest or rest[0].startswith("-"):
        names = ", ".join(templates.TEMPLATES)
        raise DeskError("say which letter", f"one of: {names}")
    template, *options = rest
    parser = Parser(prog=f"desk letter STORE CASE {template}", allow_abbrev=False)
    chosen, wanted = parse_fields(parser, letter.fields(template), options)
    with opening.book(arguments) as book:
        case, today = book.find(arguments.case), opening.today(arguments, book)
        told = words.ask(arguments, letter.fields(template), wanted)
        made = letter.make(book, case, template, {**chosen, **told}, today=today)
        letter.record(book, case, made, today=today)
    print(made.text)
    return ALL


@contextmanager
def _new_file(path: str) -> "Iterator[TextIO]":
    """A file where there was none; it goes again when what is to stand in it cannot be made."""
    import os

    from desk.folder import create

    try:
        descriptor = create(path)
    except OSError as error:
        raise DeskError(f"cannot write the file: {error.strerror}", "give another name") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            yield file
    except BaseException:
        os.unlink(path)
        raise


def _dossier(arguments: "argparse.Namespace") -> int:
    from desk.letters import dossier
    from desk.work import actions

    today = given.today(arguments)
    # First the file: where none can be made, nobody sees a name, and nothing is recorded.
    with opening.book(arguments) as book, _new_file(arguments.out) as file:
        case = book.find(arguments.case)
        if arguments.unmask:
            actions.perform(book, case, "unmask", {}, today=opening.today(arguments, book))
        found = dossier.of(book, case, given.say(arguments), unmask=arguments.unmask)
        file.write(dossier.html(found, today))
    print(f"dossier      {arguments.out}")
    return ALL


def _export(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.letters import exports

    with opening.book(arguments) as book:
        cases = list(book.cases.values())
        rows = exports.rows_with_stories(book, cases) if arguments.stories else exports.rows(cases)
        today = given.today(arguments)
        path = exports.write(Path(arguments.out), rows, arguments.form, today=today)
    print(f"cases: {len(rows)}, in {path}")
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verbs."""
    from argparse import REMAINDER

    answers = verbs.add_parser("answers", help="the standard answers, or the text of one")
    answers.add_argument("answer", metavar="ANSWER", nargs="?")
    text = "of the answer; --language is always that of the screen"
    answers.add_argument("--text-language", default="nl", help=text)
    given.add_day(answers)
    answers.set_defaults(run=_answers, online=False)
    letter = given.add_verb(
        verbs, "letter", _letter, "write a letter for a case, and keep it there"
    )
    letter.add_argument("case", metavar="CASE")
    letter.add_argument("rest", metavar="LETTER ...", nargs=REMAINDER, help="and its fields")
    dossier = given.add_verb(verbs, "dossier", _dossier, "one case as a file to print")
    dossier.add_argument("case", metavar="CASE")
    dossier.add_argument("--out", metavar="FILE", required=True)
    dossier.add_argument("--unmask", action="store_true", help="with names; this is recorded")
    export = given.add_verb(verbs, "export", _export, "all cases as a table, without stories")
    export.add_argument("--out", metavar="DIR", required=True)
    export.add_argument("--form", choices=("csv", "json"), default="csv")
    export.add_argument("--stories", action="store_true", help="with what the senders wrote")
