"""The house reads itself: files that somebody else may have put there are opened in one way (desk/folder.py)."""

import ast
import itertools
from pathlib import Path

import pytest

DESK = Path(__file__).resolve().parents[1] / "desk"
MODULES = sorted(DESK.rglob("*.py"))
# Calls that open a file, or that go down folders without a bound.
OPENS = {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text", "walk", "rglob"}
OPENS |= {"copy", "copyfile", "copytree", "move", "rmtree", "NamedTemporaryFile", "mkstemp"}
FROM = {"shutil", "tempfile", "os.walk", "os.open", "os.fdopen"}
# A method of that name that opens no file.
OTHERS = {"Vault.open"}
# What these modules open, and why nobody else can have put it there.
OWN = {
    "folder.py": "the one way",
    "cases/deadlines.py": "rules of the tool itself",
    "work/partners.py": "facts of the project",
    "intake/practice.py": "the invented complaints of the tool itself",
    "cases/pseudonyms.py": "words of the tool itself",
    "cli.py": "/dev/null",
    "figures/quantities.py": "names of the tool itself",
    "figures/render.py": "the style of the tool itself",
    "keeping/rehearsal.py": "a folder that it makes for itself",
    "letters/answers.py": "texts of the tool itself",
    "letters/dossier.py": "template and style of the tool itself",
    "leak/no_names.py": "lists of the tool itself",
    "letters/templates.py": "texts of the tool itself",
    "keys/mounts.py": "a table of the kernel",
    "page/app.py": "the style of the tool itself",
    "page/guide.py": "pages of the project",
    "page/helppage.py": "pictures of the project",
    "verbs/handbook.py": "a browser opens what the project built",
    "loopback/route.py": "a table of the kernel",
    "keys/passphrase.py": "a word list that is installed, the terminal, a descriptor that was given",
    "strings.py": "texts of the tool itself",
    "version.py": "the tool itself",
    "verbs/letters.py": "a descriptor that desk/folder.py opened",
}
_PRESSES = {"click", "dblclick", "tap", "press"}
_LEAVES = {"goto", "go_back", "go_forward", "reload", "close"}


def _named(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else "?"


def _imported(node: ast.ImportFrom | ast.Import) -> set[str]:
    names = {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.Import):
        return names
    module = (node.module or "").split(".")[0]
    return {module, *(f"{module}.{name}" for name in names)}


def opened_in(text: str) -> set[str]:
    """The calls in a module that open a file or walk down folders without a bound."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom | ast.Import):
            found |= _imported(node) & FROM
        if not isinstance(node, ast.Call):
            continue
        name = _named(node.func)
        last = node.func.attr if isinstance(node.func, ast.Attribute) else name
        is_deep = last == "glob" and any("**" in ast.unparse(one) for one in node.args)
        is_ours = name == "walk"  # of desk/folder.py, which has a bound
        if (last in OPENS and name not in OTHERS and not is_ours) or is_deep:
            found.add(name)
    return found


def test_one_module_opens_what_others_may_have_put_there() -> None:
    """No other module of the desk opens a path by itself, but for files that nobody else can put there."""
    found = {str(path.relative_to(DESK)): opened_in(path.read_text("utf-8")) for path in MODULES}
    assert {name for name, calls in found.items() if calls} == OWN.keys()


@pytest.mark.parametrize(
    "line",
    [
        "open(path)",
        "path.open('rb')",
        "os.open(path, 0)",
        "path.read_bytes()",
        "(folder / name).read_text()",
        "os.walk(folder)",
        "folder.rglob('*')",
        "folder.glob('**/*')",
        "from shutil import rmtree",
        "import tempfile",
        "from os import walk",
    ],
)
def test_the_house_sees_each_way_to_open_a_file(line: str) -> None:
    """The test above would see any of these, wherever it stood."""
    assert opened_in(f"def read(path):\n    {line}\n")


def test_what_a_browser_waits_for_is_a_function() -> None:
    """Playwright 1.x asks a bare expression again with eval, which our own policy refuses: a race, so a function."""
    waits = []
    for path in sorted((DESK.parent / "tests").rglob("*.py")):
        text = path.read_text("utf-8")
        if "wait_for_function" not in text:
            continue  # what cannot be found is not parsed
        tree = ast.parse(text)
        named = {
            node.targets[0].id: ast.unparse(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        waits += [
            (str(path), named.get(ast.unparse(node.args[0]), ast.unparse(node.args[0])))
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and _named(node.func).endswith("wait_for_function")
        ]
    assert len(waits) > 5
    assert [wait for wait in waits if "=>" not in wait[1] and wait[1] != "STOOD"] == []


def test_a_tab_on_its_way_is_not_led_away_or_closed() -> None:
    """A browser that leaves a page before it has arrived may hang, or show another one: it waits in between."""
    early = "def test(page):\n    page.locator('a').click()\n    page.go_back()\n"
    heard = "def test(tab):\n    with tab.expect_response('/') as one:\n        go()\n    assert one\n    tab.close()\n"
    waits = "def test(page):\n    page.locator('a').click()\n    page.wait_for_url('/')\n    page.close()\n"
    assert [len(_hasty(text)) for text in (early, heard, waits)] == [1, 1, 0]
    found = sorted((DESK.parent / "tests" / "browser").glob("*.py"))
    assert len(found) > 30
    assert {str(path): early for path in found if (early := _hasty(path.read_text("utf-8")))} == {}


def _hasty(text: str) -> list[int]:
    """Lines that leave a page right after a press, or after hearing an answer whose page is not there yet."""
    blocks = [
        [step for step in block if not isinstance(step, ast.Assert)]
        for node in ast.walk(ast.parse(text))
        for block in (getattr(node, "body", None), getattr(node, "orelse", None))
        if isinstance(block, list)
    ]
    pairs = (pair for block in blocks for pair in itertools.pairwise(block))
    return [after.lineno for before, after in pairs if _leads(before) and _does(after, _LEAVES)]


def _leads(step: ast.stmt) -> bool:
    if not isinstance(step, ast.With):
        return _does(step, _PRESSES)
    return any("expect_re" in ast.unparse(item.context_expr) for item in step.items)


def _does(step: ast.stmt, names: set[str]) -> bool:
    call = step.value if isinstance(step, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in names
    )
