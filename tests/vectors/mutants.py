"""Breaks the two readers one rule at a time and runs the cases: `python -m tests.vectors.mutants [FILE...]`.

A mutant that passes every case of its files stands for a rule without a vector. Those that cannot be told from the
reader by any bytes stand in mutants.txt with the reason; any other survivor is printed and is a failure. Part of
`make soak`.
"""

import ast
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SECONDS = 60  # for one mutant; what runs longer was noticed
KNOWN = Path(__file__).with_name("mutants.txt")
FILES = {  # reader: the vector files that hold it
    "desk/wire/canon.py": "complaint object keylist",
    "desk/wire/schema.py": "complaint object",
    "desk/wire/whitespace.py": "complaint code",
    "desk/wire/envelope.py": "object plaintext complaint keylist",
    "desk/wire/seal.py": "object",
    "desk/wire/days.py": "keylist board",
    "desk/wire/signature.py": "keylist board",
    "desk/wire/keylist.py": "keylist",
    "desk/wire/purgelist.py": "purge",
    "desk/wire/bundle.py": "bundle",
    "desk/wire/sums.py": "bundle",
    "desk/wire/manifest.py": "manifest",
    "desk/wire/code.py": "code",
    "desk/wire/board/heading.py": "board",
    "desk/wire/board/signed_file.py": "board",
    "desk/wire/board/read.py": "board",
    "desk/wire/board/replies.py": "board",
    "desk/wire/board/slots.py": "board",
    "overrides/assets/wire.mjs": "object plaintext complaint keylist",
    "overrides/assets/seal.mjs": "object",
    "overrides/assets/signature.mjs": "keylist board",
    "overrides/assets/verify.mjs": "keylist board",
    "overrides/assets/verify_older.mjs": "keylist board",
    "overrides/assets/keylist.mjs": "keylist",
    "overrides/assets/code.mjs": "code",
    "overrides/assets/board.mjs": "board",
    "overrides/assets/replies.mjs": "board",
}
# What writes and does not read: nothing that a case could notice.
WRITERS = re.compile(
    r"build|public_of|make|group|assemble|_header|pack|parts_of|_encode|day_number|whole|board_bytes|seal|name|header|sign|follow"
    r"|build_plaintext|dumps|makeCode|withCheckDigits|lastGroup|encodeComplaint|buildPlaintext|buildHeader|nameOf|canVerify"
)
# Types, words for people, and what nothing reads.
UNREAD = re.compile(
    r"Literal\[|TypeAlias|field\(repr|DeskError\(|hint = |_MLKEM_PUBLIC_BYTES =|^    [0-9_]+,$|MAX_BYTES =|^NAME ="
    r"|^PART_BYTES =|TYPE_CHECKING|check: \"Check\"|: int = 0|Check \| None"
)
SWAPS = [
    (r"<=", "<"), (r">=", ">"), (r"(?<![<=>-])<(?![<=])", "<="), (r"(?<![=>-])>(?![>=])", ">="),
    (r"===", "!=="), (r"!==", "==="), (r"(?<![=!<>])==(?!=)", "!="), (r"!=(?!=)", "=="),
    (r" && ", " || "), (r" \|\| ", " && "), (r" and ", " or "), (r" or ", " and "),
    (r"\bTrue\b", "False"), (r"\bFalse\b", "True"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"\bnot (?=[a-z(])", ""), (r"(?<=[ (])!(?=[A-Za-z(/\[])", ""), (r"\bis not\b", "is"), (r" not in ", " in "),
    (r"\ball\(", "any("), (r"\bany\(", "all("), (r"\.every\(", ".some("), (r"\.some\(", ".every("),
    (r"\bmax\(", "min("), (r"\bmin\(", "max("), (r"\bsorted\(", "list("), (r"fullmatch", "match"),
    (r"\^(?=[\[\(])", ""), (r"\$(?=/)", ""), (r" \?\? ", " && "), (r" - ", " + "), (r" \+ ", " - "),
    (r"raise Refused\(.*", "pass"), (r"throw new \w+\(.*?\);", ";"), (r"_require\((.*)\)$", r"bool(\1)"),
    (r"^(\s+)must(?:HaveExactly)?\(.*\);.*$", r"\1;"), (r"^  dayOf\(.*\);$", ";"),
    (r"_check_\w+\(.*\)$", "pass"), (r"check[A-Z]\w+\([a-z]\w*.*\);$", ";"),
    (r"\bif (?!.* else )(.+):$", "if False:"), (r"\bif (?!.* else )(.+):$", "if True:"),
    (r"\bif \((.+)\) (?=throw|return)", "if (false) "), (r"\bif \((.+)\) (?=throw|return)", "if (true) "),
    (r"\.sort\(.*?\)(?=[;.])", ""), (r"whole\.sort\(.*\)", "pass"), (r"\bfatal: true", "fatal: false"),
]  # fmt: skip
CHECK_PYTHON = r"    if [^\n]+:\n        raise Refused\(\"(\w+)\"\)"
CHECK_SCRIPT = r"  must\(.*, '(\w+)'\);.*"
NUMBER = re.compile(r"(?<![\w.\\#'x])(0x[0-9a-fA-F]+|[0-9][0-9_]*)(?![\w.])")
TEXT = re.compile(r"'([^'\\\n]+)'|\"([^\"\\\n]+)\"")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a line, which counts from 1, or of several from there on."""

    path: str
    line: int
    before: str
    after: str
    lines: int = 1

    def key(self) -> str:
        """How mutants.txt names it: without the number of the line, which moves."""
        return f"{self.path} | {self.before.strip()} | {' '.join(self.after.split())}"


def _python_spans(source: str) -> Iterator[range]:
    """The lines that no case can notice: what writes, docstrings, and imports."""
    for node in ast.walk(ast.parse(source)):
        is_writer = isinstance(node, ast.FunctionDef) and WRITERS.fullmatch(node.name)
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        if is_writer or is_text or is_import:
            yield range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _script_spans(source: str) -> Iterator[range]:
    lines, start = source.split("\n"), 0
    for number, line in enumerate(lines, 1):
        begun = re.match(r"(?:export )?(?:async )?function (\w+)", line)
        if begun:
            start = number if WRITERS.fullmatch(begun[1]) else 0
        if line.startswith("}") and start:
            yield range(start, number + 1)
            start = 0
        if line.startswith(("import ", " *", "/**", "export const MAX_BOARD_BYTES")):
            yield range(number, number + 1)


def _changes(line: str) -> Iterator[str]:
    for pattern, by in SWAPS:
        for found in re.finditer(pattern, line):
            yield line[: found.start()] + found.expand(by) + line[found.end() :]
    for found in NUMBER.finditer(line):
        value = int(found[1].replace("_", ""), 0)
        for other in {value + 1, max(value - 1, 0)} - {value}:
            yield line[: found.start()] + str(other) + line[found.end() :]
    for found in TEXT.finditer(line):
        yield line[: found.end() - 1] + "x" + line[found.end() - 1 :]


def mutants(path: str) -> list[Mutant]:
    """Every change of one file, each once, in the order of its lines."""
    source = (ROOT / path).read_text("utf-8")
    spans = _python_spans(source) if path.endswith(".py") else _script_spans(source)
    left_out = {number for span in spans for number in span}
    made: dict[Mutant, None] = {}
    for number, line in enumerate(source.split("\n"), 1):
        code = re.split(r"  # | // ", line)[0]
        is_code = code.strip() and not code.strip().startswith(("#", "//", "/**", "*", "@"))
        if number not in left_out and is_code and not UNREAD.search(code):
            for after in _changes(code):
                if after.strip() != code.strip():
                    made.setdefault(Mutant(path, number, code, after))
    return [*made, *_orders(path, source.split("\n"), left_out)]


def _orders(path: str, lines: list[str], left_out: set[int]) -> Iterator[Mutant]:
    """Two checks that follow each other, the other way round: the first that fails has to speak."""
    check, size = (CHECK_PYTHON, 2) if path.endswith(".py") else (CHECK_SCRIPT, 1)
    for at in range(len(lines) - 2 * size + 1):
        first, second = lines[at : at + size], lines[at + size : at + 2 * size]
        both = [re.fullmatch(check, "\n".join(one)) for one in (first, second)]
        names = {found[1] for found in both if found}
        if all(both) and len(names) > 1 and at + 1 not in left_out:
            yield Mutant(path, at + 1, first[0], "\n".join(second + first), 2 * size)


def source_of(mutant: Mutant) -> str:
    """The whole file with this change."""
    lines = (ROOT / mutant.path).read_text("utf-8").split("\n")
    lines[mutant.line - 1 : mutant.line - 1 + mutant.lines] = mutant.after.split("\n")
    return "\n".join(lines)


class _Broken:
    """An importer that gives one module another source."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(
        self, name: str, _path: object = None, _target: object = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name == self._name else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, module.__name__, "exec"), module.__dict__)


def _run_cases(files: Sequence[str]) -> None:
    """All cases of some vector files, with the tests that run them; the first that fails raises."""
    from tests import test_vectors as held

    runs = {
        "object": held.test_object,
        "plaintext": held.test_plaintext,
        "complaint": held.test_complaint,
    }
    runs |= {"keylist": held.test_key_list, "code": held.test_code, "board": held.test_board}
    runs |= {"purge": held.test_purge_list, "bundle": held.test_bundle}
    runs |= {"manifest": held.test_manifest}
    alone = {"lists": held.test_list_of_a_site, "parted": held.test_logs_parted}
    alone |= {"ages": held.test_manifest_age}
    for file in files:
        content = held.read(file)
        for one in content["cases"]:
            runs[file](one)
        for name in ("lists", "parted", "ages"):
            for one in content.get(name, []):
                alone[name](one)
        for one in content.get("picks", []):
            held.test_key_picked(one)
        for one in content.get("derivations", []):
            held.test_derivation(one)


def _python_notices(mutant: Mutant) -> bool:
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            name = mutant.path.removesuffix(".py").replace("/", ".")
            sys.meta_path.insert(0, _Broken(name, source_of(mutant)))  # type: ignore[arg-type]
            _run_cases(FILES[mutant.path].split())
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def _script_notices(mutant: Mutant) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("overrides/assets", "tests/js"):
            shutil.copytree(ROOT / part, copy / part)
        (copy / "tests/vectors").symlink_to(ROOT / "tests/vectors")
        (copy / "node_modules").symlink_to((ROOT / "node_modules").resolve())
        (copy / "package.json").write_text('{"type": "module"}')
        (copy / mutant.path).write_text(source_of(mutant), "utf-8")
        command = ["node", "tests/js/mutant.mjs", *FILES[mutant.path].split()]
        try:
            done = subprocess.run(
                command, cwd=copy, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


def is_noticed(mutant: Mutant) -> bool:
    """Whether some case fails with this change."""
    return _python_notices(mutant) if mutant.path.endswith(".py") else _script_notices(mutant)


def known() -> dict[str, str]:
    """The changes that no bytes can show, with the reason."""
    lines = [line for line in KNOWN.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {
        key.strip(): reason.strip() for key, _, reason in (line.rpartition(" | ") for line in lines)
    }


def main(paths: list[str]) -> int:
    """0 when every mutant is noticed, or stands in mutants.txt."""
    for module in (
        "jsonschema",
        "pytest",
        "nacl.signing",
        "nacl.secret",
        "cryptography.hazmat.primitives.hpke",
    ):
        importlib.import_module(module)  # once, and not in each child
    excused, alive = known(), []
    for path in paths or FILES:
        found = mutants(path)
        left = [mutant for mutant in found if not is_noticed(mutant)]
        new = [mutant for mutant in left if mutant.key() not in excused]
        print(
            f"{path}: {len(found)} mutants, {len(left)} not noticed, {len(new)} without a reason",
            flush=True,
        )
        for mutant in new:
            print(f"  {mutant.line}: {mutant.key()}", flush=True)
        alive += new
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
