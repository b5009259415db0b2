"""The gate, proven on whole random analyses: their reports pass, and no digit of them can be another."""

from __future__ import annotations

import os
import random

import pytest

from random_analyses import random_analysis
from rerating.core.errors import IntegrityError
from rerating.report.reading_back import passages_of_wire
from rerating.report.wire import wire
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.gate import Due, verify
from rerating.statements.plan import plan

VOICES = (
    Voice(language="de", zone="Europe/Berlin"),
    Voice(language="en"),
    Voice(language="de", style="press", zone="Europe/Berlin"),
)
ANALYSES = int(os.environ.get("RERATING_ANALYSES", "24"))
"""Random analyses; with RERATING_ANALYSES=5000 it is as many (20 minutes of computing)."""
BLOCKS = 4


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_random_analysis_is_told_as_it_is_and_not_otherwise(block: int) -> None:
    """Each in one of three voices and at one of the lengths, as a wire; two digits of it are mutated, one by one."""
    for seed in range(block, ANALYSES, BLOCKS):
        rng = random.Random(seed)
        analysis, voice = random_analysis(seed), VOICES[seed % 3]
        text, due = wire(plan(analysis, length=rng.choice(tuple(Length))), voice)
        passages = passages_of_wire(text)
        verify(passages, due, voice)
        places = [(i, k) for i, said in enumerate(passages) for k, sign in enumerate(said) if sign.isdigit()]
        for i, k in rng.sample(places, min(2, len(places))):
            was = passages[i]
            other = rng.choice([digit for digit in "0123456789" if digit != was[k]])
            changed = [*passages[:i], was[:k] + other + was[k + 1 :], *passages[i + 1 :]]
            assert not passes(changed, due, voice), f"seed {seed}: {was!r} passes as {changed[i]!r}"


def passes(passages: list[str], due: list[Due], voice: Voice) -> bool:
    try:
        verify(passages, due, voice)
    except IntegrityError:
        return False
    return True
