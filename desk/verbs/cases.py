"""The verbs for cases, in steps 6 and 7: inbox, agenda, search, show, and every action on a case.

Comes in: arguments. Goes out: what the verb prints, and its exit code. It refuses to know what an
action does: its options are made from the one table in `desk.work.actions`.
"""

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given, listing, opening, words
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from typing import Any

    from desk.cases.case import Case
    from desk.cases.fields import Field, Given
    from desk.letters.exports import Row
    from desk.work.actions import Action


def _print_json(rows: "Sequence[Row]") -> None:
    from desk.letters import exports

    print(exports.json_text(rows), end="")


def _print(found: "Sequence[Case]", arguments: "argparse.Namespace") -> None:
    from desk.letters import exports

    if arguments.json:
        _print_json(exports.rows(found))
    elif found:
        print(listing.cases(found, given.say(arguments)))


def _inbox(arguments: "argparse.Namespace") -> int:
    from desk.cases import inbox

    say = given.say(arguments)
    with opening.book(arguments) as book:
        box = inbox.inbox(book)
        if arguments.json:
            _print_json(listing.inbox_rows(box))
        else:
            print("\n".join(listing.inbox(box, say)))
    return ALL


def _agenda(arguments: "argparse.Namespace") -> int:
    from desk.cases import inbox

    say = given.say(arguments)
    with opening.book(arguments) as book:
        items = inbox.agenda(book, opening.today(arguments, book))
    if arguments.json:
        _print_json([listing.due_row(item) for item in items])
    else:
        for item in items:
            print(listing.due(item, say))
    return ALL


def _search(arguments: "argparse.Namespace") -> int:
    from desk.cases.fields import Field
    from desk.work.search import Search

    sought = (Field("words", "line"),)
    words.refuse(arguments.words)
    with opening.book(arguments) as book:
        told = words.ask(arguments, sought, ("words",))
        _print(Search(book).find(told.get("words", "")), arguments)
    return ALL


def _show(arguments: "argparse.Namespace") -> int:
    from desk.letters import dossier, exports
    from desk.work import actions

    today = given.today(arguments)
    if arguments.json and arguments.unmask:
        raise DeskError("the rows for another program never have names", "leave out one of the two")
    with opening.book(arguments) as book:
        case = book.find(arguments.case)
        if arguments.json:
            _print_json(exports.rows_with_stories(book, [case]))
            return ALL
        if arguments.unmask:
            actions.perform(book, case, "unmask", {}, today=opening.today(arguments, book))
        found = dossier.of(book, case, given.say(arguments), unmask=arguments.unmask)
        print(dossier.text(found, today), end="")
    return ALL


def _option(parser: "argparse.ArgumentParser", field: "Field") -> None:
    # --language is always that of the screen.
    named = "text_language" if field.name == "language" else field.name
    option = f"--{named.replace('_', '-')}"
    if words.is_said(field):
        # Given alone it asks for the words; what stands behind it is refused.
        parser.add_argument(option, dest=field.name, nargs="*", help="asked for")
    elif field.kind == "yes":
        parser.add_argument(option, dest=field.name, choices=("yes", "no"))
    elif field.kind == "many":
        parser.add_argument(option, dest=field.name, nargs="*", choices=field.choices)
    else:
        parser.add_argument(option, dest=field.name, choices=field.choices or None)


def parse_fields(
    parser: "argparse.ArgumentParser", fields: "Sequence[Field]", rest: "Sequence[str]"
) -> "tuple[Mapping[str, Given], list[str]]":
    """Read the options that belong to these fields; what was not given stays away.

    Second come the fields whose words are to be asked for: those required, and those named alone.
    """
    for field in fields:
        _option(parser, field)
    found = {k: v for k, v in vars(parser.parse_args(rest)).items() if v is not None}
    said = [field for field in fields if words.is_said(field)]
    for field in said:
        words.refuse(found.get(field.name))
    wanted = [field.name for field in said if field.required or field.name in found]
    options = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in found.items()
        if name not in {field.name for field in said}
    }
    return options, wanted


def _parser(prog: str, action: "Action") -> "argparse.ArgumentParser":
    from desk.verbs.parser import Parser

    return Parser(prog=f"{prog} {action.name.replace('_', '-')}", allow_abbrev=False)


def _case(arguments: "argparse.Namespace") -> int:
    from desk.work import actions

    rest = given.take_options(arguments, arguments.rest)
    if not rest or rest[0].startswith("-"):
        names = ", ".join(action.name.replace("_", "-") for action in actions.ACTIONS)
        raise DeskError("say what to do with the case", f"one of: {names}")
    action = actions.find(rest[0].replace("-", "_"))
    chosen, wanted = parse_fields(_parser("desk case STORE CASE", action), action.fields, rest[1:])
    with opening.book(arguments) as book:
        case, today = book.find(arguments.case), opening.today(arguments, book)
        told = words.ask(arguments, action.fields, wanted)
        actions.perform(book, case, action.name, {**chosen, **told}, today=today)
        _print([case], arguments)
    return ALL


# Any: argparse's own list of verbs, here and below.
def _add_verb(verbs: "Any", name: str, run: "Any", text: str) -> "Any":
    verb = given.add_verb(verbs, name, run, text)
    verb.add_argument("--json", action="store_true", help="as JSON, for another program")
    return verb


def add(verbs: "Any") -> None:
    """Add the verbs."""
    from argparse import REMAINDER

    _add_verb(
        verbs,
        "inbox",
        _inbox,
        "what waits: danger, what may be danger, running terms, new, waiting",
    )
    _add_verb(verbs, "agenda", _agenda, "everything that falls due, the first to end first")
    search = _add_verb(verbs, "search", _search, "find words in stories, notes and names")
    search.add_argument("words", metavar="(asked for)", nargs="*")
    given.add_words_fd(search)
    show = _add_verb(verbs, "show", _show, "one case to read")
    show.add_argument("case", metavar="CASE", help="its two words, or the begin of its number")
    show.add_argument("--unmask", action="store_true", help="with names; this is recorded")
    case = _add_verb(verbs, "case", _case, "do something with a case")
    case.add_argument("case", metavar="CASE", help="its two words, or the begin of its number")
    case.add_argument("rest", metavar="ACTION ...", nargs=REMAINDER, help="and its fields")
