"""Puts a release of the site into its bucket (step 1): `make site-upload BUCKET=NAME`.

A folder comes in, a bucket that at no moment holds half a site goes out: first what is new, which nothing
names yet; then what changed, scripts before the pages that name them and forms before other pages; behind them
the list of files and the log of manifests, so that who compares meets differences for as short as can be; then, when
no page names it any more, what is old goes. Only what pages fetch stays until there is a build with
other scripts again: whoever opened a form before starts its worker later. Before the first byte a list in the
bucket says what is ours, so that a run that was killed is finished by the next one; what stands in no such list
stays. No edge has to be told: every file says `no-cache` or `no-store`, and the template lets an edge keep it
for a second.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from functions.cloud import log, tree
from functions.cloud.bucket import AT_ONCE, Kept, SiteBucket
from functions.cloud.refused import Refused
from functions.cloud.tree import LIST, File
from functions.reread import tell

_Done = TypeVar("_Done")
# An edge keeps a page for a second, and a slow phone may still be fetching what its page names.
_WAIT_SECONDS = 10.0
_BEFORE = ["before"]  # in the list: what only pages fetch that were opened before


@dataclass(frozen=True)
class Plan:
    """Groups of keys to put, one after the other; keys to take away, to leave for now, and of others."""

    puts: list[list[str]]
    old: list[str]
    before: list[str]
    others: list[str]


def plan(files: dict[str, File], kept: Kept, listed: dict[str, str]) -> Plan:
    """What is to be done; `listed` has the ETag of every object that is there."""
    wanted = {key for key, file in files.items() if not _is_there(key, file, kept, listed)}
    last = wanted & {*log.LAST}
    new, changed = wanted - set(listed) - last, (wanted & set(listed)) - last
    ranks = [[key for key in changed if _rank(key, files[key]) == rank] for rank in range(4)]
    ours = set(kept.files) & set(listed) - tree.BOARD
    old = ours - set(files)
    before = _before(old, kept)
    return Plan(
        [sorted(group) for group in (new, *ranks, last) if group],
        sorted(old - before),
        sorted(before),
        sorted(set(listed) - ours - set(files) - {LIST}),
    )


def _before(old: set[str], kept: Kept) -> set[str]:
    """What pages that somebody has open may still fetch: that of the last build with other scripts."""
    fetched = {key for key in old if key.startswith("assets/")}
    return {key for key in fetched if kept.files[key] != _BEFORE} or fetched


def _is_there(key: str, file: File, kept: Kept, listed: dict[str, str]) -> bool:
    found = kept.files.get(key)
    return found is not None and found == [*file.said, listed.get(key)]


def _rank(key: str, file: File) -> int:
    """What a page names and fetches, pages that seal, other pages, and the lists of pages."""
    if key.endswith(".html"):
        return 1 if file.cache_control == "no-store" else 2
    return 3 if key.endswith(".xml") else 0


def upload(site: Path, bucket: SiteBucket, wait: Callable[[float], None] = time.sleep) -> None:
    """Make the bucket hold the release in `site`, and say what was done. Raises `Refused`."""
    files = tree.read(site)
    kept, listed = bucket.kept(), bucket.listed()
    if log.NAME in listed:
        log.require_longer(bucket.read(log.NAME), site)
    todo = plan(files, kept, listed)
    sent = {key for group in todo.puts for key in group}
    tell(
        f"{len(files)} files: {len(sent)} to send, {len(files) - len(sent)} as they were,"
        f" {len(todo.old)} to take away"
    )
    is_changed = bool(sent) or _list(files, kept, todo) != kept.files or not kept.etag
    if is_changed:
        kept.files = {key: kept.files.get(key) for key in {*kept.files, *files}}
        kept.files |= dict.fromkeys(sent)
        kept = bucket.keep(kept)
        for group in todo.puts:
            _put(bucket, files, kept, group)
    _verify(files, kept, bucket.listed())
    if todo.old:
        wait(_WAIT_SECONDS)
    if is_changed:
        _finish(bucket, files, kept, todo)
    _say(files, todo)


def _put(bucket: SiteBucket, files: dict[str, File], kept: Kept, group: list[str]) -> None:
    def put(key: str) -> tuple[str, str]:
        return key, bucket.put(key, files[key])

    for key, etag in _each(put, group):
        kept.files[key] = [*files[key].said, etag]


def _each(act: Callable[[str], _Done], keys: Iterable[str]) -> list[_Done]:
    """Do it for all keys, some at once; the first refusal stops what has not begun."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            return list(pool.map(act, keys))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _verify(files: dict[str, File], kept: Kept, listed: dict[str, str]) -> None:
    """Each object is the one that the store confirmed with its sum."""
    for key, file in files.items():
        if not _is_there(key, file, kept, listed):
            hint = "another program writes into this bucket: find it, then type the same again"
            raise Refused(f"{key} is not in the bucket as it was put there", hint)


def _list(files: dict[str, File], kept: Kept, todo: Plan) -> dict[str, list[str] | None]:
    """What is in the list when all is done."""
    own = {key: kept.files.get(key) for key in files}
    return own | {key: _BEFORE for key in todo.before}


def _finish(bucket: SiteBucket, files: dict[str, File], kept: Kept, todo: Plan) -> None:
    kept = bucket.keep(kept)  # refused if another upload began: what is old here may be new there
    _each(bucket.delete, todo.old)
    bucket.keep(Kept(_list(files, kept, todo), kept.etag))


def _say(files: dict[str, File], todo: Plan) -> None:
    tell(f"all {len(files)} are in the bucket, as they were built")
    if todo.old:
        tell(f"taken away: {len(todo.old)}, the first {todo.old[0]}")
    if todo.before:
        tell(f"left for pages that are open: {len(todo.before)}, the first {todo.before[0]}")
    if todo.others:
        tell(f"left alone, not put by this command: {len(todo.others)}, the first {todo.others[0]}")


def main(arguments: list[str] | None = None) -> int:
    """Command line; 0 when the bucket holds the release, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m functions.cloud.upload", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"), help="folder of the release")
    parser.add_argument("--bucket", required=True, help="its name: SiteBucketName")
    given = parser.parse_args(arguments)
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    try:
        bucket = SiteBucket(given.bucket, endpoint=endpoint, region=os.environ.get("AWS_REGION"))
        upload(given.site, bucket)
    except Refused as refused:
        tell(str(refused))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
