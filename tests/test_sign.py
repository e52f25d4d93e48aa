"""A site is signed where there is no network: what is shown, what is refused, and what one key never signs twice."""

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from desk.errors import DeskError, Refused
from desk.keys import manifests
from desk.wire import manifest
from tests import listed
from tests.listed import (
    DAY,
    LATER,
    OTHER_SEED,
    URL,
    WORDS,
    change,
    log_of,
    make_site,
    put_key,
    real_key,
    real_site,
    refused,
    signed,
)
from tests.practice import desk, make_key, publish

FOUR = ("SHA256SUMS", "built.json", "keys.json", "manifests.jsonl")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Give a real site key on a stick."""
    return real_key(tmp_path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a real site."""
    return real_site(tmp_path)


def test_all_that_is_signed_is_shown_before_the_words(site: Path, key: Path) -> None:
    """Address, commit, number of files, the sum to compare with paper, number, day, and what it follows."""
    digits = sha256((site / "SHA256SUMS").read_bytes()).hexdigest()
    shown: list[str] = []
    draft = manifests.draft(site, key, None, DAY, told=False)

    def ask(_: str) -> str:
        shown.extend(draft.lines)
        return WORDS

    manifests.sign(draft, key, ask)
    assert shown == [
        f"site         {URL}",
        f"built of     {'ab' * 20}",
        "files        3",
        f"SHA256SUMS   {digits}",
        "manifest     number 0, of 2026-12-01",
        "follows      nothing: it begins a new log",
    ]
    last = log_of(site).last
    assert (last.site_url, last.source, last.files, last.sums) == (URL, "ab" * 20, 3, digits)
    assert (last.number, last.issued, last.practice) == (0, "2026-12-01", False)


def test_the_verb_shows_and_signs_a_practice_site(tmp_path: Path) -> None:
    """Typed as it stands in the page for the ceremony; every computer can check the list with it."""
    site_key = make_key(tmp_path / "keys", "site")
    for use in ("board", "intake"):
        make_key(tmp_path / "keys", use)
    site = tmp_path / "site"
    site.mkdir()
    (site / "keys.json").write_text(publish(tmp_path / "keys"), "utf-8")
    listed.write_list(site, practice=True)
    done = desk("sign", site, "--site-key", site_key, "--today", "2026-12-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("PRACTICE KEY: ")
    assert "\nsigned: number 0 of the site key " in done.stdout
    assert (
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=site).returncode == 0
    )
    again = desk("sign", site, "--site-key", site_key, "--today", "2026-12-01")
    assert "\nsigned before on this day; the same again: number 0 of " in again.stdout


def test_four_small_files_on_a_stick_are_enough(tmp_path: Path, site: Path, key: Path) -> None:
    """The site itself is large and stays where it was built."""
    signed(site, key)
    change(site)
    stick = tmp_path / "stick"
    stick.mkdir()
    for name in FOUR:
        shutil.copy(site / name, stick)
    assert f"built of     {'cd' * 20}" in signed(stick, key, LATER)
    shutil.copy(stick / manifest.NAME, site)
    assert [one.number for one in log_of(site).manifests] == [0, 1]


def test_another_day_is_another_manifest_of_the_same_site(site: Path, key: Path) -> None:
    """A site that nobody changes is signed again before the hundred days are over."""
    signed(site, key)
    signed(site, key)
    signed(site, key, LATER)
    assert [one.issued for one in log_of(site).manifests] == [str(DAY), str(LATER)]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("echo x >> index.html", "changed: index.html"),
        ("rm index.html; touch index.html", "changed: index.html"),
        ("echo x > evil.html", "not in the list: evil.html"),
        ("mkdir nl; ln -s /etc/passwd nl/x", "not in the list: nl/x"),
        ("rm built.json", "cannot read built.json"),
        ("rm keys.json", "cannot read keys.json"),
        ("rm SHA256SUMS", "cannot read SHA256SUMS"),
        ("sed -i s/desk.example/evil.example/ built.json", "built.json is another than"),
        ("sed -i s/ab/ba/ built.json", "built.json is another than"),
        ("echo x >> keys.json", "keys.json is another than"),
        ("rm index.html; sed -i s/desk.example/evil.example/ built.json", "built.json is another"),
        ("printf 'x' >> SHA256SUMS", "SHA256SUMS or built.json is not as it was built"),
        ("head -c 4194305 /dev/zero > SHA256SUMS", "SHA256SUMS is not as it was made"),
        ("mv built.json b; ln -s b built.json", "cannot read built.json"),
    ],
)
def test_a_site_that_was_changed_on_the_way_is_not_signed(
    site: Path, key: Path, spoil: str, said: str
) -> None:
    """Whoever carries the stick cannot have another address, commit, key list or page signed than the digits say."""
    subprocess.run(["sh", "-c", spoil], cwd=site, check=True)
    assert said in refused(site, key).message


@pytest.mark.parametrize("practice", [True, False])
def test_a_practice_key_signs_no_real_site_and_a_real_key_none_for_practice(
    tmp_path: Path, practice: bool
) -> None:
    """Whatever the key list says."""
    site = make_site(tmp_path / "site", practice=practice)
    key = put_key(tmp_path / "keys", practice=not practice)
    assert refused(site, key).message.startswith("the site is ")


def test_the_site_of_another_desk_is_not_signed(tmp_path: Path, site: Path) -> None:
    """Its key list is signed by another site key."""
    key = put_key(tmp_path / "keys", OTHER_SEED)
    assert refused(site, key).message == "keys.json of the site is not signed by this site key"


def test_another_use_of_a_key_signs_nothing(tmp_path: Path, site: Path) -> None:
    """A board key has a use of its own."""
    key = make_key(tmp_path / "keys", "board")
    with pytest.raises(DeskError, match="is not a site key: its use is board"):
        manifests.draft(site, key, None, DAY, told=True)


def test_a_key_that_is_exchanged_after_the_look_signs_nothing(site: Path, key: Path) -> None:
    """What its file said of itself is held against what its words opened."""
    draft = manifests.draft(site, key, None, DAY, told=True)
    other = put_key(key.parent, OTHER_SEED)
    other.replace(key)
    with pytest.raises(DeskError, match="is another file than before"):
        manifests.sign(draft, key, lambda _: WORDS)
    assert not (site / manifest.NAME).exists()


def test_a_log_is_read_up_to_its_size_and_no_further() -> None:
    """A reader says no to a log or a list that is larger than any can be."""
    most = b"11" * 32 + b"  index.html\n"
    names = [b"%s  p%07d\n" % (b"11" * 32, number) for number in range(55_900)]
    fits = b"".join(names)
    fits += b"11" * 32 + b"  q" + b"x" * (manifest.MAX_BYTES - len(fits) - 68) + b"\n"
    assert len(fits) == manifest.MAX_BYTES
    assert len(manifest.read_sums(fits)) == 55_901
    with pytest.raises(Refused):
        manifest.read_sums(fits + most)
