"""The log that a signed site goes on with: forks, older logs, another key, kills; one number is never signed twice."""

import os
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from desk.errors import Refused
from desk.keys import manifests
from desk.wire import manifest
from tests import listed, sticks
from tests.listed import (
    DAY,
    LATER,
    OTHER_SEED,
    URL,
    WORDS,
    change,
    log_of,
    put_key,
    real_key,
    real_site,
    refused,
    signed,
)
from tests.site import key_list

Spoil = Callable[[Path], object]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Give a real site key on a stick."""
    return real_key(tmp_path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a real site."""
    return real_site(tmp_path)


def forked(site: Path) -> None:
    """Somebody with a copy of the key signed another number 1."""
    first = (site / manifest.NAME).read_bytes().splitlines(keepends=True)[0]
    (site / manifest.NAME).write_bytes(first)
    change(site, "<p>evil")
    listed.sign(site, day=LATER)


def begun_anew(site: Path) -> None:
    (site / manifest.NAME).unlink()
    listed.sign(site, day=LATER)


@pytest.mark.parametrize(("spoil", "number"), [(forked, 1), (begun_anew, 0)])
def test_a_log_that_forks_from_what_this_key_signed_is_refused(
    site: Path, key: Path, spoil: Spoil, number: int
) -> None:
    """Both are well signed: two readers would be shown two sites under one number."""
    signed(site, key)
    change(site)
    signed(site, key, LATER)
    spoil(site)
    error = refused(site, key, LATER)
    assert error.message == f"number {number} of the log is another than the one signed here"
    assert error.hint.startswith("sign nothing, and keep both logs")


def test_an_older_log_makes_no_second_manifest_of_one_number(site: Path, key: Path) -> None:
    """A stick that brings the log of before last time, or none, goes on from what the key stick knows."""
    signed(site, key)
    old = (site / manifest.NAME).read_bytes()
    change(site)
    signed(site, key, LATER)
    for number, octets in ((2, old), (3, b"")):
        (site / manifest.NAME).write_bytes(octets)
        if not octets:
            (site / manifest.NAME).unlink()
        change(site, f"<p>of number {number}")
        shown = signed(site, key, LATER)
        assert f"manifest     number {number}, of {LATER}" in shown
        assert any(
            line.startswith("! the log that was brought ends at number 0") for line in shown
        ) == bool(octets)
    assert len(log_of(site).manifests) == 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"{}\n"),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
        lambda path: path.write_bytes(path.read_bytes().replace(b"2026", b"2027")),
        lambda path: path.write_bytes(b" " * (manifest.MAX_BYTES + 1)),
    ],
)
def test_a_log_that_does_not_hold_is_refused_wherever_it_lies(
    site: Path, key: Path, spoil: Spoil
) -> None:
    """On the stick of the site, and beside the key."""
    signed(site, key)
    beside = next(key.parent.glob("*.manifests"))
    for path in (site / manifest.NAME, beside):
        whole = path.read_bytes()
        spoil(path)
        refused(site, key, LATER)
        path.write_bytes(whole)
    signed(site, key, LATER)


def test_a_key_that_came_back_from_paper_says_that_it_knows_no_log(site: Path, key: Path) -> None:
    """Then the log of the site is what there is, and somebody compares its number with the paper."""
    signed(site, key)
    next(key.parent.glob("*.manifests")).unlink()
    change(site)
    shown = signed(site, key, LATER)
    assert "! this key stick does not know the log yet: compare it with the paper" in shown
    assert log_of(site).last.number == 1


def test_a_new_site_key_goes_on_with_the_log(tmp_path: Path, site: Path, key: Path) -> None:
    """It says which key was before it, once; who pins the new one reads all, and who pins the old one refuses."""
    signed(site, key)
    new = put_key(tmp_path / "keys", OTHER_SEED)
    (site / "keys.json").write_text(key_list(seed=OTHER_SEED, practice=False), "utf-8")
    listed.write_list(site, url="https://new.example")
    assert "say which was before it" in refused(site, new, LATER).hint
    old = key.with_suffix(".pub")
    assert f"! the address before was {URL}" in signed(site, new, LATER, after=old)
    log = log_of(site, OTHER_SEED)
    assert (len(log.manifests), log.earlier) == (2, 1)
    with pytest.raises(Refused):
        log_of(site)
    assert "signed before" in refused(site, new, LATER, after=old).message
    signed(site, new, LATER + timedelta(days=1))
    assert len(log_of(site, OTHER_SEED).manifests) == 3


def test_after_a_new_site_key_the_old_log_may_not_be_an_old_one(
    tmp_path: Path, site: Path, key: Path
) -> None:
    """What lies beside the old key counts: else its last number would be signed twice."""
    signed(site, key)
    old = (site / manifest.NAME).read_bytes()
    change(site)
    signed(site, key, LATER)
    new = put_key(tmp_path / "keys", OTHER_SEED)
    (site / "keys.json").write_text(key_list(seed=OTHER_SEED, practice=False), "utf-8")
    listed.write_list(site)
    (site / manifest.NAME).write_bytes(old)
    signed(site, new, LATER, after=key.with_suffix(".pub"))
    assert [one.number for one in log_of(site, OTHER_SEED).manifests] == [0, 1, 2]


def test_a_clock_that_is_behind_is_asked_about(site: Path, key: Path) -> None:
    """A person may say the day; a clock may not."""
    signed(site, key, LATER)
    change(site)
    assert "look at a calendar" in refused(site, key, DAY, told=False).hint
    signed(site, key, DAY)
    assert log_of(site).last.issued == str(DAY)


def test_on_a_stick_that_keeps_no_modes(tmp_path: Path, site: Path) -> None:
    """Key, log and site on FAT, as sticks are sold."""
    with sticks.fat(tmp_path) as stick:
        key = put_key(stick / "keys")
        (stick / "site").mkdir()
        for path in site.iterdir():
            shutil.copyfile(path, stick / "site" / path.name)
        signed(stick / "site", key)
        change(stick / "site")
        signed(stick / "site", key, LATER)
        assert len(log_of(stick / "site").manifests) == 2


def killed_at(step: int, site: Path, key: Path) -> bool:
    """Sign in a process that is killed at its so manieth act on a file; whether it was."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(act: Callable[..., object]) -> Callable[..., object]:
            def before(*given: object, **named: object) -> object:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return act(*given, **named)

            return before

        try:
            draft = manifests.draft(site, key, None, LATER, told=True)
            for name in ("open", "fsync", "replace", "unlink", "fchmod"):
                setattr(os, name, counted(getattr(os, name)))
            manifests.sign(draft, key, lambda _: WORDS)
        except BaseException:
            os._exit(2)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def test_a_kill_at_any_moment_loses_no_line_and_signs_none_twice(
    tmp_path: Path, site: Path, key: Path
) -> None:
    """Whatever anybody could have carried away by then stands in the log that comes in the end."""
    signed(site, key)
    change(site)
    step, seen = 0, 0
    while True:
        here = tmp_path / str(step)
        copies = [Path(shutil.copytree(one, here / one.name)) for one in (site, key.parent)]
        was_killed = killed_at(step, copies[0], copies[1] / key.name)
        found = [*copies[1].glob("*.manifests"), copies[0] / manifest.NAME]
        lines = {line for path in found for line in path.read_bytes().splitlines()}
        assert 1 <= len(lines) <= 2
        shutil.copy(site / manifest.NAME, copies[0])  # what lay there is carried away
        change(copies[0], "<p>3")
        signed(copies[0], copies[1] / key.name, LATER + timedelta(days=1))
        log_of(copies[0])
        assert lines <= {*(copies[0] / manifest.NAME).read_bytes().splitlines()}
        if not was_killed:
            break
        step, seen = step + 1, seen + (len(lines) == 2)
    assert step > 10
    assert 0 < seen < step
