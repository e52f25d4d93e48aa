"""Secret key files, for the key ceremony and step 6.

Comes in: a seed of 32 bytes and its passphrase, or the path of a file. Goes out: a file only its
owner can read, or the seed. It refuses to know what a key opens, and any folder that is published.
"""

import base64
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nacl import pwhash, secret, utils
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as NaClRuntimeError
from nacl.signing import SigningKey

from desk.errors import DeskError
from desk.folder import opened, write_new
from desk.keys.mounts import keeps_modes
from desk.keys.passphrase import Ask, WrongPassphrase, normal
from desk.wire import envelope, seal
from desk.wire.keylist import USES, Use

TITLE = "# balie secret key, keep it offline"
LOCKED = "argon2id"
UNLOCKED = "unlocked"
KEY_LIST_FILE = "keys.json"
_FIELDS = ("use", "id", "created", "public", "practice")
_MAX_FILE_BYTES = 8_192
_NUMBER = re.compile(r"[0-9]{1,10}")
_Work = tuple[int, int]  # passes, and bytes of memory
MINIMUM: _Work = (pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
SENSITIVE: _Work = (pwhash.argon2id.OPSLIMIT_SENSITIVE, pwhash.argon2id.MEMLIMIT_SENSITIVE)


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A secret key out of its file: the use, the public half as bytes, and the 32-byte seed."""

    use: Use
    id: str
    created: str
    public: bytes
    practice: bool
    seed: bytes = field(repr=False)


def public_of(use: Use, seed: bytes) -> bytes:
    """The public half of a seed: 1,216 bytes (X-Wing) for intake, 32 (Ed25519) for the others."""
    if use == "intake":
        return seal.load_secret(seed).public
    return bytes(SigningKey(seed).verify_key)


def make(use: Use, *, created: str, practice: bool) -> SecretKey:
    """Draw a new key; `created` is a date as text."""
    seed = utils.random(envelope.SEED_BYTES)
    public = public_of(use, seed)
    return SecretKey(use, envelope.key_id(public), created, public, practice, seed)


def refuse_published(folder: Path) -> None:
    """Refuse a folder from which files are published: the room `keys/`, wherever it lies."""
    real = folder.resolve()
    for room in (real, *real.parents):
        published = (room / KEY_LIST_FILE).exists() or (room.parent / ".git").exists()
        if room.name == "keys" and published:
            hint = "give a folder outside the project, on the offline machine"
            raise DeskError("secret keys may not lie in a folder of public keys", hint)


def _box(passphrase: str, salt: bytes, work: _Work) -> secret.SecretBox:
    size = secret.SecretBox.KEY_SIZE
    # What getpass could not decode comes as lone surrogates; it must only be a wrong passphrase.
    words = normal(passphrase).encode("utf-8", errors="surrogatepass")
    try:
        return secret.SecretBox(pwhash.argon2id.kdf(size, words, salt, work[0], work[1]))
    except NaClRuntimeError:
        needed = f"{work[1] // 2**20} MiB"
        hint = f"it needs {needed} of free memory: close other programs"
        raise DeskError("there is not enough memory for the passphrase", hint) from None


def _lock(key: SecretKey, passphrase: str, work: _Work) -> str:
    salt = utils.random(pwhash.argon2id.SALTBYTES)
    # The use stands inside the box too, so that nobody can make a board key into a site key.
    box = _box(passphrase, salt, work).encrypt(key.use.encode("ascii") + key.seed)
    return " ".join((LOCKED, str(work[0]), str(work[1]), _encode(salt), _encode(bytes(box))))


def _encode(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _content(key: SecretKey, passphrase: str | None, work: _Work) -> str:
    if (passphrase is None) != key.practice:
        raise DeskError("a practice key has no passphrase, and every other key has one")
    values = (key.use, key.id, key.created, _encode(key.public), str(key.practice).lower())
    lines = [TITLE, *(f"# {name}: {value}" for name, value in zip(_FIELDS, values, strict=True))]
    if passphrase is None:
        lines.append("# PRACTICE KEY: anyone with this file can open what was sealed to it")
        return "\n".join((*lines, f"{UNLOCKED} {_encode(key.seed)}", ""))
    return "\n".join((*lines, _lock(key, passphrase, work), ""))


def write(key: SecretKey, folder: Path, passphrase: str | None, work: _Work = SENSITIVE) -> Path:
    """Write `<use>-<id>.key` (mode 0600, never over another file) and return its path.

    A practice key takes no passphrase. `work` is less than `SENSITIVE` in tests only.
    """
    refuse_published(folder)
    path = folder / f"{key.use}-{key.id}.key"
    content = _content(key, passphrase, work).encode("ascii")
    try:
        write_new(path, content)
    except OSError as error:
        raise DeskError(f"cannot write the key file {path.name}: {error.strerror}") from None
    if not is_private(path):
        path.unlink()
        hint = "give a folder on a disk or a stick of this computer"
        raise DeskError("others could read the key file there: nothing was made", hint)
    return path


def _read_private(path: Path) -> str:
    """Read a file that only its owner can read; `DeskError` otherwise."""
    try:
        with opened(path) as descriptor:
            if _is_open_to_others(os.fstat(descriptor)):
                hint = f"make it yours alone: chmod 600 {path.name}"
                raise DeskError(f"others can read the key file {path.name}", hint)
            return os.read(descriptor, _MAX_FILE_BYTES).decode("ascii", errors="replace")
    except OSError as error:
        raise DeskError(f"cannot read the key file {path.name}: {error.strerror}") from None


def is_private(path: Path) -> bool:
    """Whether no mode lets others than the owner of a key file read or change it."""
    return not _is_open_to_others(path.stat())


def has_no_mode(path: Path) -> bool:
    """Whether a key file lies where files have no modes: then its passphrase alone guards it."""
    return not keeps_modes(path.stat().st_dev)


def _is_open_to_others(status: os.stat_result) -> bool:
    """Whether others can read or change a file, and need not: on a FAT stick no mode can be set.

    A file that is locked with seven words is as secret there as anywhere.
    """
    shared = bool(status.st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    return shared and keeps_modes(status.st_dev)


def _damaged(path: Path) -> DeskError:
    return DeskError(f"{path.name} is not a whole secret key file", "take another copy of it")


def _parse(path: Path) -> tuple[dict[str, str], list[str]]:
    lines = _read_private(path).splitlines()
    if not lines or lines[0] != TITLE:
        raise _damaged(path)
    comments = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
    fields = dict(line.split(": ", 1) for line in comments if ": " in line)
    words = lines[-1].split(" ")
    if not fields.keys() >= set(_FIELDS) or words[0] not in (LOCKED, UNLOCKED):
        raise _damaged(path)
    return fields, words


def _decode(path: Path, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise _damaged(path) from None


def _read_work(path: Path, words: list[str]) -> _Work:
    if len(words) != 5 or not all(map(_NUMBER.fullmatch, words[1:3])):
        raise _damaged(path)
    passes, memory = int(words[1]), int(words[2])
    # Without a bound, a file from elsewhere could ask for all memory and time there is.
    if not MINIMUM[0] <= passes <= SENSITIVE[0] or not MINIMUM[1] <= memory <= SENSITIVE[1]:
        raise _damaged(path)
    return passes, memory


def _unlock(path: Path, words: list[str], use: str, ask: Ask) -> bytes:
    work = _read_work(path, words)
    salt, box = _decode(path, words[3]), _decode(path, words[4])
    if len(salt) != pwhash.argon2id.SALTBYTES:
        raise _damaged(path)
    passphrase = ask(f"passphrase of {path.name}: ")
    try:
        opened = _box(passphrase, salt, work).decrypt(box)
    except (CryptoError, ValueError):
        refused = f"this passphrase does not open {path.name}"
        raise WrongPassphrase(refused, passphrase) from None
    return opened.removeprefix(use.encode("ascii"))


def created(path: Path) -> str:
    """The day on which a secret key file says that it was made; no passphrase is needed."""
    return _parse(path)[0]["created"]


def described(path: Path) -> tuple[Use, bytes, bool]:
    """What a secret key file says of itself without its passphrase: use, public half, and practice or not.

    Nothing proves it until `read` opened the file.
    """
    fields, words = _parse(path)
    use = next((known for known in USES if known == fields["use"]), None)
    if use is None:
        raise _damaged(path)
    return use, _decode(path, fields["public"]), words[0] == UNLOCKED


def read(path: Path, ask: Ask) -> SecretKey:
    """Open a secret key file; `ask` gets a prompt and returns the passphrase, if there is one.

    Raises `DeskError` when others can read it, when it is damaged, or on a wrong passphrase.
    """
    fields, words = _parse(path)
    use = next((known for known in USES if known == fields["use"]), None)
    practice = words[0] == UNLOCKED
    if use is None or fields["practice"] != str(practice).lower():
        raise _damaged(path)
    seed = _decode(path, words[-1]) if practice else _unlock(path, words, use, ask)
    if len(seed) != envelope.SEED_BYTES:
        raise _damaged(path)
    public = public_of(use, seed)
    if fields["public"] != _encode(public) or fields["id"] != envelope.key_id(public):
        raise _damaged(path)
    return SecretKey(use, fields["id"], fields["created"], public, practice, seed)
