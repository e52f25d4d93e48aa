"""What a round over a site found (steps 2 and 9, from outside), kept within bounds whatever a host answers.

Comes in: differences, and who did not answer. Goes out: those that are kept, how many were not, and whether it is of
use to go on. It refuses to know what was asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from desk.online.outside.compared import Difference

SILENT_IN_A_ROW = 60  # addresses; then nobody is asked any more
MOST_OF_ONE = 30  # differences that are kept of one answer
MOST_OF_A_KIND = 33_000  # and of one kind, so of the six kinds some 200,000; the first of each path is always kept


@dataclass(slots=True)
class Found:
    """What a round found. `silent` are the paths that nobody answered for; `more` differences were not kept.

    `in_a_row` are those in a row, up to the last one, that nobody answered for.
    """

    differences: list[Difference] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    more: int = 0
    in_a_row: set[str] = field(default_factory=set)
    kept: dict[str, int] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)
    requests: int = 0
    octets: int = 0
    seconds: float = 0.0
    linked: set[str] = field(default_factory=set)
    marks: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def is_stopped(self) -> bool:
        """Whether so many in a row were silent that nobody was asked for the rest."""
        return len(self.in_a_row) >= SILENT_IN_A_ROW

    def keep(self, differences: Iterable[Difference]) -> None:
        """Keep differences while there is room; one of each kind at each path always."""
        for one in differences:
            count, key = self.kept.get(one.kind, 0), (one.kind, one.path)
            if count >= MOST_OF_A_KIND and key in self.named:
                self.more += 1
                continue
            self.kept[one.kind] = count + 1
            self.named.add(key)
            self.differences.append(one)


def shortened(found: list[Difference]) -> list[Difference]:
    """At most so many of one answer, and how many more there were."""
    if len(found) <= MOST_OF_ONE:
        return found
    last = found[MOST_OF_ONE - 1]
    said = f"and {len(found) - MOST_OF_ONE + 1} more in this answer"
    return [*found[: MOST_OF_ONE - 1], replace(last, said=said)]
