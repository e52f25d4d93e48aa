"""Says whether a site is what its desk signed. It knows WIRE.md section 6.2, and no other code of this project.

    python3 verify.py URL --site-key FINGERPRINT [--log FILE] [--built FOLDER] [--practice]

It needs PyNaCl, asks once for every file with a plain GET, prints each thing that is not as it was signed, and ends
with 0: all well, 1: something is wrong, 2: could not look. It does not see what is changed for one reader alone.
"""

import argparse
import base64
import json
import re
import secrets
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from time import sleep

from nacl.bindings import crypto_core_ed25519_is_valid_point as is_point
from nacl.signing import VerifyKey

MOST_BYTES, MOST_LOG, OLD_DAYS, BUILT = 2**24, 2**22, 100, ("practice", "site_url", "source")
LINE = rb"""{"signed":"({\\"version\\":1,\\"number\\":(?:0|[1-9]\d{0,15}),\\"issued\\":\\"20\d\d-\d\d-\d\d\\",
\\"practice\\":(?:true|false),\\"site_url\\":\\"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?\\",
\\"source\\":\\"(?:[0-9a-f]{40}|[0-9a-f]{64})?\\",\\"sums\\":\\"[0-9a-f]{64}\\",\\"files\\":[1-9]\d{0,15},
\\"previous\\":\\"[0-9a-f]{64}\\"})","signature":"([0-9a-f]{128})"}"""  # the one spelling it has
LIST = re.compile(rb"(?:[0-9a-f]{64}  \w[\w.+-]*(?:/\w[\w.+-]*)*\n)+")
NOT_LISTED = {"SHA256SUMS", "manifests.jsonl", "board.bin", "uploaded.json", "_headers"}
CARRIES = """accept-ranges age alt-svc connection content-length content-type date etag keep-alive last-modified
 server transfer-encoding vary via x-cache""".split()  # noqa: SIM905 - shorter to read


def demand(holds: object, said: str, code: int = 1) -> None:
    if not holds:  # then nothing after it can be believed
        print(said)
        raise SystemExit(code)


def get(line: HTTPConnection, path: str, is_first: bool = True, pauses: int = 15) -> tuple:
    try:
        line.request("GET", path, headers={"Accept-Encoding": "identity"})
        answer = line.getresponse()  # no redirect is followed
        said, frames = answer.getheaders(), "|[0-9]{1,15}" + "|chunked" * (answer.version == 11)
        frame = [v for n, v in said if n.lower() in ("content-length", "transfer-encoding")]
        is_odd = answer.msg.defects or not re.fullmatch(frames, ",".join(frame).lower())
        said += [("a head that browsers read otherwise", "")] if is_odd else []
        given = answer.status, said, answer.read(MOST_BYTES)
        is_busy = given[0] == 429 and pauses > 0 and not sleep(60)  # a firewall counts five minutes
        return get(line, path, pauses=pauses - 1) if is_busy else given
    except (OSError, HTTPException) as error:
        line.close()  # the server may have closed it since the request before
        demand(is_first, f"could not look at {path}: {error!r}", code=2)
        return get(line, path, is_first=False, pauses=pauses)


def read_log(octets: bytes, key: bytes) -> dict:
    """The last manifest, when each names the hash of the line before it."""
    lines, before, ours, one = octets.split(b"\n"), "0" * 64, False, {}
    demand(lines.pop() == b"" and len(octets) <= MOST_LOG, "/manifests.jsonl is cut off")
    for number, line in enumerate(lines):
        at, parts = f"/manifests.jsonl: number {number}", re.fullmatch(LINE, line, re.VERBOSE)
        demand(parts, f"{at} has not the form of a line")
        text, signature = parts[1].replace(b"\\", b""), bytes.fromhex(parts[2].decode())
        last, one, signs = one, json.loads(text), False
        is_next = (one["number"], one["previous"]) == (number, before) and one["files"] < 2**53
        is_next = is_next and one["practice"] == last.get("practice", one["practice"])
        demand(is_next and date.fromisoformat(one["issued"]), f"{at} breaks the chain")
        with suppress(Exception):  # whatever fails of section 1.2: the equation, two points
            VerifyKey(key).verify(b"balie/1 manifest\n" + text, signature)
            signs = is_point(key) and is_point(signature[:32])
        demand(signs or not ours, f"{at} is not signed by the site key")
        before, ours = sha256(line).hexdigest(), signs  # a site key may change, and then for good
    demand(ours, "/manifests.jsonl is not signed by the site key")
    return one


def read_site(signed: dict, listed: bytes, headers: bytes) -> tuple[dict, dict]:
    demand(sha256(listed).hexdigest() == signed["sums"], "/SHA256SUMS is not the signed one")
    demand(LIST.fullmatch(listed) and len(listed) <= MOST_LOG, "/SHA256SUMS: a line is none")
    sums = dict(line.split("  ")[::-1] for line in listed.decode("ascii").splitlines())
    is_whole = len(sums) == listed.count(b"\n") == signed["files"]
    demand(is_whole and list(sums) == sorted(sums), "/SHA256SUMS is not whole or not in order")
    demand(sha256(headers).hexdigest() == sums["headers.json"], "changed: /headers.json")
    rules = json.loads(headers)
    texts = [v for one in (rules["default"], *rules["paths"].values()) for v in one.values()]
    demand(len(rules) == 2 and {*map(type, texts)} <= {str}, "/headers.json has not its form")
    return sums, rules  # SHA-256 of each file by path, and the headers of every answer


def faults(at: str, answer: tuple, digest: str, rules: dict, status: int = 200) -> list:
    """What is not as it was signed in the answer to a request for `at`."""
    code, said, body = answer[0], [(name.lower(), value) for name, value in answer[1]], answer[2]
    found = [] if sha256(body).hexdigest() == digest else [f"changed: {at}"]
    due = {k.lower(): (k, v) for k, v in (rules["default"] | rules["paths"].get(at, {})).items()}
    for key, (name, value) in due.items():
        values = [one for given, one in said if given == key]
        found += [] if values == [value] else [f"header: {at} {name} is {values or 'missing'}"]
    extra = {name for name, _ in said} - {*due, *CARRIES}
    found += [f"header: {at} {one} is extra" for one in extra if one[:6] != "x-amz-"]
    return found if code == status else [f"missing: {at} is answered with {code}"]


def check(line: HTTPConnection, asked: argparse.Namespace) -> list:
    """A line for each thing that is wrong; the site key is the one whose fingerprint you compared with paper."""
    entries = json.loads(json.loads(get(line, "/keys.json")[2])["signed"])["keys"]
    keys = {sha256(key := base64.b64decode(one["public"])).hexdigest(): key for one in entries}
    demand(asked.site_key in keys, "/keys.json names another site key")
    signed = read_log(log := get(line, "/manifests.jsonl")[2], keys[asked.site_key])
    mine = asked.log.read_bytes() if asked.log.exists() else b""
    same = [one == other for one, other in zip(log.split(b"\n"), mine.split(b"\n"), strict=False)]
    part = f"/manifests.jsonl and your copy part at number {[*same, False].index(False)}"
    demand(log.startswith(mine), part)
    asked.log.write_bytes(log)
    sums, rules = read_site(signed, get(line, "/SHA256SUMS")[2], get(line, "/headers.json")[2])
    built = sha256(json.dumps({one: signed[one] for one in BUILT}, separators=(",", ":")).encode())
    age = datetime.now(UTC).date() - date.fromisoformat(signed["issued"])
    found = [] if sums["built.json"] == built.hexdigest() else ["/built.json says otherwise"]
    found += [] if -1 <= age.days <= OLD_DAYS else [f"signed {age.days} days ago"]
    found += [f"signed for {signed['site_url']}"] if signed["site_url"] != asked.url else []
    found += ["for practice only"] if signed["practice"] and not asked.practice else []
    beside = {"SHA256SUMS": signed["sums"], "manifests.jsonl": sha256(log).hexdigest()}
    for path, digest in (sums | beside).items():
        is_none = path == "404.html"  # it stands wherever nothing else does
        at = f"/{secrets.token_hex(8)}" if is_none else re.sub(r"/index\.html$", "/", f"/{path}")
        found += faults(at, get(line, at), digest, rules, 404 if is_none else 200)
    if asked.built:
        made = {one.relative_to(asked.built).as_posix(): one for one in asked.built.rglob("*")}
        made = {at: sha256(it.read_bytes()).hexdigest() for at, it in made.items() if it.is_file()}
        paths = {one for one in {*made, *sums} - NOT_LISTED if not one.endswith((".pdf", ".mp3"))}
        found += [f"built otherwise: {at}" for at in sorted(paths) if made.get(at) != sums.get(at)]
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("url")
    parser.add_argument("--site-key", required=True)
    parser.add_argument("--log", type=Path, default=Path("/dev/null"))
    parser.add_argument("--built", type=Path)
    parser.add_argument("--practice", action="store_true")
    asked = parser.parse_args()
    kind = HTTPSConnection if asked.url.startswith("https:") else HTTPConnection
    try:
        found = check(kind(asked.url.split("/")[2], timeout=60), asked)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        found = ["a file that should be signed has not the form of WIRE.md section 6.2"]
    print(*(found or ["all well"]), sep="\n")
    raise SystemExit(bool(found))
