"""What an import says of itself, in step 6: numbers, and the files that it could not open.

Comes in: counts and names of files. Goes out: lines to print or show, in the words of a language. It
refuses to know what is in a file.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from desk import terminal
from desk.folder import is_name
from desk.view import SHORT

_SHOWN_CHARACTERS = 40

Say = Callable[..., str]  # `strings.Strings`, for one


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: objects found on the stick, and those done with, safe on disk."""

    found: int
    done: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be opened: its name, and the check that failed (`errors.Check`, or
    `unreadable`); `is_renamed` if it is called like an object but is another.
    """

    file: str
    check: str
    is_renamed: bool

    def line(self, say: Say) -> str:
        """The file, what is wrong with it and what to do, in one line."""
        shown = terminal.clean(self.file).replace("\n", " ").replace("\t", " ")
        short = shown[:SHORT] if is_name(self.file) else shown[:_SHOWN_CHARACTERS]
        remedy = say("intake.renamed" if self.is_renamed else f"intake.remedy.{self.check}")
        return f"  {short:<{SHORT}}  {self.check}: {say(f'intake.check.{self.check}')}; {remedy}"


@dataclass(slots=True)
class Tally:
    """What an import did; `again` are words under a known code, now in their threads.

    Of the unreadable files, `kept` lie in quarantine, and the first thousand stand in `unread`;
    `floods` has the number of objects by the id of their flood.
    """

    found: int = 0
    new: int = 0
    known: int = 0
    again: int = 0
    unreadable: int = 0
    kept: int = 0
    unread: list[Unread] = field(default_factory=list)
    floods: Counter[str] = field(default_factory=Counter)

    def line(self, say: Say) -> str:
        """The counts in one line."""
        numbers = {"found": self.found, "new": self.new, "known": self.known}
        if self.unreadable == 0:
            return say("intake.tally", **numbers)
        numbers["unreadable"] = self.unreadable
        if self.kept == self.unreadable:
            return say("intake.tally.kept", **numbers)
        return say("intake.tally.partly", kept=self.kept, **numbers)

    def lines(self, say: Say) -> list[str]:
        """The counts, a line for each flood and one for each file that could not be opened."""
        floods = [say("intake.flood", count=count) for _, count in self.floods.most_common()]
        unnamed = self.unreadable - len(self.unread)
        rest = [say("intake.unnamed", count=unnamed)] if unnamed else []
        again = [say("intake.written_again", count=self.again)] if self.again else []
        return [self.line(say), *again, *floods, *(one.line(say) for one in self.unread), *rest]
