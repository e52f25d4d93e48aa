"""YAML as people write it (step 1): a file or its text in, what stands in it out.

What YAML reads otherwise than it was meant, or cannot read, is refused in one sentence with file and
line: a colon, a tab, a day that does not exist, a name given twice. It knows no record.
"""

from pathlib import Path
from typing import Any  # YAML has no other type until somebody checks it

import yaml

from overrides.words.errors import SiteError

# What the parser says, and how to say it to somebody who edits a file.
_SAID = {
    "mapping values are not allowed": (
        "a colon stands where none can stand",
        "put a value with a colon in quotes, and begin each name right below the one before it",
    ),
    "cannot start any token": (
        "a tab, or a value that begins with a sign",
        "indent with spaces, and put a value that begins with a sign such as % or @ in quotes",
    ),
    "unexpected end of stream": ("a quote is opened and not closed", "close the quotes"),
}
_WORD = "tag:yaml.org,2002:str"
_UNCLEAR = (
    "cannot be read",
    "compare its indent, colons, quotes and brackets with the lines above it",
)


class _Loader(yaml.CSafeLoader):
    """The C parser: the files have thousands of lines, and the plain one is eight times slower."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """A word is what it says; most of a file is words, and the library takes seven calls for one."""
        if node.tag == _WORD and isinstance(node, yaml.ScalarNode):
            return node.value
        return super().construct_object(node, deep=deep)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    names: set[str] = set()
    for key, _ in node.value:
        name = str(key.value)
        if name in names:
            raise _wrong(f"{name} stands there twice", key, "keep one of them")
        names.add(name)
    return loader.construct_mapping(node, deep=True)


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        raise _wrong(
            f"there is no such day as {node.value}", node, "write a day that exists"
        ) from None


def _wrong(what: str, node: yaml.Node, hint: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=what, problem_mark=node.start_mark, note=hint)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read(path: Path, hint: str = "") -> Any:
    """What stands in a file; Any because nothing of it is checked yet."""
    if not path.is_file():
        raise SiteError(f"there is no {path.name}", hint or f"put {path.name} back")
    return parse(text(path), path.name)


def text(path: Path, name: str = "") -> str:
    """The text of a file that people edit, in UTF-8 with or without a mark, lines as on any machine."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        said = f"{name or path.name} is not UTF-8 text"
        raise SiteError(said, "save it again as UTF-8") from None


def parse(written: str, name: str, above: int = 0) -> Any:
    """What stands in a text; `above` counts the lines of the file before it."""
    try:
        return yaml.load(written, _Loader)  # noqa: S506 - a safe loader with two refusals more
    except yaml.MarkedYAMLError as error:
        raise _refusal(error, written, name, above) from None
    except yaml.YAMLError:  # signs that YAML has not, such as a control character
        raise SiteError(f"{name} holds a sign that is no text", "type the line again") from None


def _refusal(error: yaml.MarkedYAMLError, written: str, name: str, above: int) -> SiteError:
    mark = error.problem_mark
    if error.context_mark and (mark is None or mark.line >= len(written.splitlines())):
        mark = error.context_mark  # at the end of the text; it began there
    line = f", line {mark.line + 1 + above}" if mark else ""
    problem = error.problem or ""
    said = (problem, error.note) if error.note else _UNCLEAR
    said = next((_SAID[part] for part in _SAID if part in problem), said)
    return SiteError(f"{name}{line}: {said[0]}", said[1])
