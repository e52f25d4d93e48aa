"""Mutation scores of the code that may not be wrong: `python -m tests.mutation [AREA...]`, part of `make soak`.

Each area is mutated by mutmut in a copy of the project, against the tests that are named for it. Fewer than nine of ten
mutants killed is a failure. The survivors are printed.

mutmut forks for each mutant after everything was imported. What ran at import or is cached does not change any more, so
a survivor is tried again in a process of its own, with the tests of its module.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOAL = 0.9
CHECKED = ("letter", "permission", "untold", "repeats")
AREAS: dict[str, tuple[list[str], str]] = {  # area: mutated files, patterns of its tests
    "suppression": (
        ["desk/figures/bounds.py", "desk/figures/suppress.py", "desk/figures/report.py"],
        "tests/test_figures_*.py",
    ),
    "leak check": (
        ["desk/leak/*.py", *(f"desk/letters/{name}.py" for name in CHECKED)],
        "tests/test_letters_*.py",
    ),
    "store": (["desk/store/*.py"], "tests/test_vault_*.py tests/test_days.py"),
}
# Tests in processes of their own cannot see a mutant in this one.
LEFT_OUT = ("_kill.py", "_planted.py", "_attack.py")
NEEDED = ["desk", "docs", "functions", "keys", "overrides", "tests", "mkdocs.yml"]
NEEDED += ["settings.practice.yml", "README.md", "STORE.md", "WIRE.md", "pyproject.toml"]


def _tests(patterns: str) -> list[str]:
    paths = [path for pattern in patterns.split() for path in ROOT.glob(pattern)]
    found = sorted(str(path.relative_to(ROOT)) for path in paths)
    return [path for path in found if not path.endswith(LEFT_OUT)]


def _configure(copy: Path, files: list[str], tests: list[str]) -> None:
    needed = [name for name in NEEDED if name != "pyproject.toml"]
    lines = [
        "\n[tool.mutmut]",
        'source_paths = ["desk/"]',
        f"only_mutate = {files!r}",
        f"pytest_add_cli_args_test_selection = {tests!r}",
        f"also_copy = {needed!r}",
    ]
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines).replace("'", '"') + "\n")


def _copy(target: Path) -> None:
    hidden = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=hidden)
        else:
            shutil.copyfile(source, target / name)


def _is_alive(copy: Path, mutant: str, tests: list[str]) -> bool:
    """Whether a survivor passes the tests of its module, if there are any, from the import on."""
    module = mutant.split(".")[2]
    near = [path for path in tests if Path(path).stem.split("_")[2:] == [module]]
    command = [sys.executable, "-m", "pytest", "-x", "-q", *near]
    environment = {**os.environ, "MUTANT_UNDER_TEST": mutant}
    run = partial(subprocess.run, command, cwd=copy / "mutants", env=environment, check=False)
    return not near or run(capture_output=True).returncode == 0


def score(area: str) -> float:
    """Run one area; prints its survivors and returns the share of mutants that were killed."""
    files, pattern = AREAS[area]
    program = str(Path(sys.executable).with_name("mutmut"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy)
        tests = _tests(pattern)
        _configure(copy, files, tests)
        with (copy / "log").open("w") as log:
            subprocess.run([program, "run"], cwd=copy, stdout=log, stderr=log, check=False)
        listed = [program, "results", "--all", "true"]
        done = subprocess.run(listed, cwd=copy, capture_output=True, text=True, check=True)
        states = [line.strip().rsplit(": ", 1) for line in done.stdout.splitlines() if ": " in line]
        if not states or "not checked" in dict(states).values():
            raise SystemExit(f"{area}: mutmut broke off\n{(copy / 'log').read_text()[-2000:]}")
        left = [name for name, state in states if state not in ("killed", "timeout")]
        alive = [name for name in left if _is_alive(copy, name, tests)]
    print(f"{area}: {len(states)} mutants, {len(alive)} alive", *alive, sep="\n  ", flush=True)
    return 1 - len(alive) / len(states)


def main(areas: list[str]) -> int:
    """0 when every area reaches the goal."""
    scores = {area: score(area) for area in areas or AREAS}
    for area, reached in scores.items():
        print(f"{area}: {reached:.1%}")
    return 0 if all(reached >= GOAL for reached in scores.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
