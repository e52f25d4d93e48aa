"""A process that uploads releases one after the other, and is killed with SIGKILL after so many requests.

`python -m tests.upload_child ENDPOINT BUCKET`; each line on standard input is a folder and a number of
requests, and is answered with how the upload ended: `killed` or `done`.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from functions.cloud.bucket import Kept, SiteBucket
from functions.cloud.tree import File
from functions.cloud.upload import upload


class Mortal(SiteBucket):
    """Is killed at the request of this number, while others are on their way."""

    left = 0
    lock = threading.Lock()

    def _tick(self) -> None:
        with self.lock:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def put(self, key: str, file: File) -> str:
        self._tick()
        return super().put(key, file)

    def delete(self, key: str) -> None:
        self._tick()
        super().delete(key)

    def keep(self, kept: Kept) -> Kept:
        self._tick()
        return super().keep(kept)


def main() -> None:
    endpoint, name = sys.argv[1:]
    for line in sys.stdin:
        site, number = line.rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            bucket = Mortal(name, endpoint=endpoint, region="eu-west-1")
            bucket.left = int(number)
            upload(Path(site), bucket, lambda _: None)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        answers = {signal.SIGKILL: "killed", 0: "done"}
        sys.stdout.write(f"{answers.get(status, f'status {status}')}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
