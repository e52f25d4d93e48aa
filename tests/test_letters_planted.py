"""Ten thousand letters with something of a case planted in them: none may pass the leak check."""

import random

import pytest

from desk.leak.leak import leaks
from tests import planted
from tests.samples import count

SEED = 20261122


@pytest.mark.soak
def test_no_planted_identifier_passes() -> None:
    """Names, numbers, addresses, days and phrases, plain and in disguise: zero leaks."""
    dice = random.Random(SEED)
    missed = []
    for number in range(count(10_000, 200)):
        case = planted.case(dice)
        kind = sorted(case.plants)[number % len(case.plants)]
        plant = planted.disguised(dice, kind, case.plants[kind])
        letter = planted.letter(dice, plant)
        start = letter.text.index(plant)
        found = leaks(letter.text, case.source, fixed=letter.fixed, public=letter.public)
        if not any(one.start < start + len(plant) and start < one.end for one in found):
            missed.append((kind, plant))
    print(f"seed {SEED}: {number + 1} letters, {len(missed)} leaks")
    assert missed == []


@pytest.mark.soak
def test_no_harmless_letter_is_refused() -> None:
    """The same letters with nothing planted: a check that always refuses would be useless."""
    dice = random.Random(SEED)
    refused = []
    for _ in range(count(10_000, 100)):
        case, letter = planted.case(dice), planted.letter(dice)
        found = leaks(letter.text, case.source, fixed=letter.fixed, public=letter.public)
        refused += [(one.kind, letter.text[one.start : one.end]) for one in found]
    print(f"seed {SEED}: {len(refused)} false alarms")
    assert refused == []
