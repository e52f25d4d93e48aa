"""Cases of the list of a bundle for tests/vectors/bundle.json (WIRE.md section 6.1), for `generate`."""

from hashlib import sha256

from nacl.signing import SigningKey

from desk.wire import bundle, keylist
from tests.vectors.parts import BOARD_SEED, SITE_SEED, Case, case

ONE, TWO = "11" * 32, "22" * 32
GOOD = f"{ONE}  VERSION\n{TWO}  desk/cli.py\n"


def _signed(sums: str, seed: bytes = SITE_SEED, label: bytes = bundle.LABEL) -> str:
    return SigningKey(seed).sign(label + sums.encode("utf-8")).signature.hex() + "\n"


def _lists() -> dict[str, tuple[str, str]]:
    """Well signed lists that break a rule of the section."""
    return {
        "empty": ("", "no line"),
        "line_unended": (GOOD[:-1], "no line break at the end"),
        "line_crlf": (GOOD.replace("\n", "\r\n"), "a line ends in one byte"),
        "line_blank": (GOOD + "\n", "a line without a file"),
        "line_comment": ("# made today\n" + GOOD, "a line that lists nothing"),
        "order": (f"{TWO}  desk/cli.py\n{ONE}  VERSION\n"[:-1] + "\n" + GOOD, "not ascending"),
        "path_twice": (f"{ONE}  VERSION\n{TWO}  VERSION\n", "the same path twice"),
        "hash_upper_case": (f"{'AA' * 32}  VERSION\n", "hexadecimal is lower case"),
        "hash_short": (f"{ONE[:-1]}  VERSION\n", "63 digits"),
        "space_one": (f"{ONE} VERSION\n", "one space"),
        "space_star": (f"{ONE} *VERSION\n", "the mark of sha256sum for binary files"),
        "path_empty": (f"{ONE}  \n", "no path"),
        "path_up": (f"{ONE}  ../VERSION\n", "it leads out of the folder"),
        "path_up_inside": (f"{ONE}  desk/../../VERSION\n", "it leads out of the folder later"),
        "path_root": (f"{ONE}  /etc/passwd\n", "it begins at the root"),
        "path_hidden": (f"{ONE}  desk/.pth\n", "a word begins with a dot"),
        "path_option": (f"{ONE}  -t\n", "a word begins with a dash"),
        "path_slash_twice": (f"{ONE}  desk//cli.py\n", "an empty word"),
        "path_slash_last": (f"{ONE}  desk/\n", "an empty word at the end"),
        "path_space": (f"{ONE}  a b\n", "a space in a word"),
        "path_letter": (f"{ONE}  café\n", "a letter that is none of these"),
        "path_escaped": (f"\\{ONE}  a\\nb\n", "sha256sum writes a strange name so"),
    }


def _signatures() -> dict[str, tuple[str, str]]:
    digits = _signed(GOOD)
    return {
        "signature_missing": ("", "nobody signed"),
        "signature_unended": (digits[:-1], "no line break"),
        "signature_upper_case": (digits.upper(), "hexadecimal is lower case"),
        "signature_short": (digits[2:], "63 bytes"),
        "signature_of_board_key": (_signed(GOOD, BOARD_SEED), "another key"),
        "signature_as_key_list": (_signed(GOOD, label=keylist.LABEL), "the label of a key list"),
        "signature_of_another": (_signed(f"{ONE}  VERSION\n"), "it is that of another list"),
        "signature_blank_line": (digits + "\n", "a blank line after it"),
        "signature_twice": (digits + digits, "two lines"),
    }


def cases() -> list[Case]:
    """Every case: the list and its signature as text."""
    found = [case("ok", "two files", "ok", sums=GOOD, signed=_signed(GOOD))]
    words = sorted(f"{n % 10}a{n:03}+b_c-d.0" for n in range(250))
    most = "".join(f"{sha256(word.encode()).hexdigest()}  {word}\n" for word in words)
    found.append(case("ok_words", "every kind of sign", "ok", sums=most, signed=_signed(most)))
    found += [
        case(f"list_{name}", why, "bundle", sums=sums, signed=_signed(sums))
        for name, (sums, why) in _lists().items()
    ]
    return found + [
        case(name, why, "bundle", sums=GOOD, signed=signed)
        for name, (signed, why) in _signatures().items()
    ]


def content() -> dict[str, object]:
    """All of bundle.json, the same each time."""
    public = bytes(SigningKey(SITE_SEED).verify_key).hex()
    return {"section": "6.1", "site_key": public, "cases": cases()}
