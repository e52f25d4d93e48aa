"""What an import says of itself, in step 6: numbers, and the files that it could not open.

Comes in: counts and names of files. Goes out: lines to print or show, in the words of a language. It
refuses to know what is in a file.
"""

from collections import Counter
from dataclasses import dataclass, field

from desk.errors import TYPE_CHECKING
from desk.intake.open import Unread

if TYPE_CHECKING:
    from desk.strings import Strings


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: objects found on the stick, and those done with, safe on disk."""

    found: int
    done: int


@dataclass(slots=True)
class Tally:
    """What an import did; `again` are words under a known code, now in their threads.

    Of the unreadable files, `kept` lie in quarantine, and the first thousand stand in `unread`;
    `floods` has the number of objects by the id of their flood. `left` counts the files in which
    there may be a word that nobody has read; `is_unfinished` says that the fetch left something
    out, `is_loose` that no whole stick was given, `is_old` that one was fetched days ago.
    """

    found: int = 0
    new: int = 0
    known: int = 0
    again: int = 0
    unreadable: int = 0
    kept: int = 0
    left: int = 0
    is_unfinished: bool = False
    is_loose: bool = False
    is_old: bool = False
    unread: list[Unread] = field(default_factory=list)
    floods: Counter[str] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        """Whether all that lay in the drop was read, as far as the stick can tell."""
        return not (self.left or self.is_unfinished or self.is_loose or self.is_old)

    def _parts(self, say: "Strings") -> list[str]:
        found = {"left": self.left > 0, "unfinished": self.is_unfinished}
        found |= {"loose": self.is_loose, "old": self.is_old}
        return [say(f"intake.part.{why}", count=self.left) for why, holds in found.items() if holds]

    def line(self, say: "Strings") -> str:
        """The counts in one line."""
        numbers = {"found": self.found, "new": self.new, "known": self.known}
        if self.unreadable == 0:
            return say("intake.tally", **numbers)
        numbers["unreadable"] = self.unreadable
        if self.kept == self.unreadable:
            return say("intake.tally.kept", **numbers)
        return say("intake.tally.partly", kept=self.kept, **numbers)

    def lines(self, say: "Strings") -> list[str]:
        """The counts, a line for each flood and one for each file that could not be opened."""
        floods = [say("intake.flood", count=count) for _, count in self.floods.most_common()]
        unnamed = self.unreadable - len(self.unread)
        rest = [say("intake.unnamed", count=unnamed)] if unnamed else []
        again = [say("intake.written_again", count=self.again)] if self.again else []
        unread = [one.line(say) for one in self.unread]
        return [self.line(say), *again, *floods, *unread, *rest, *self._parts(say)]
