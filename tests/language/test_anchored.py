"""Patterns with anchors find what they find without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.factcheck.extraction.claims.phrasings import phrasings
from rerating.language.anchored import Anchored, AnchoredList, folded


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\brais(?:es|ed)\b.{0,40}\bguidance\b", ("guidance",)),
        (r"\b(?:cuts?|slashes)\b", ("cut", "slashes")),
        (r"Prognose\w*", ("prognose",)),
        (r"(?:ab){2}c|def", ()),
        (r"(?:abc){0,3}", ()),
        (r"[abc]+", ()),
        (r"(?=below)\w+", ("below",)),
        (r"(?!below)\w+", ()),
        (r"\b(?:steps|fell) (?:up|down)\b", ("fell down", "fell up", "steps down", "steps up")),
        (r"\b(?:tritt|trat) [^.]* (?:ab|an)\b|\bplaces\b", ("places", "trat ", "tritt ")),
    ],
)
def test_a_match_needs_its_longest_certain_strings(pattern: str, needs: tuple[str, ...]) -> None:
    """Alternatives need one each; what may be left out, classes and what must not stand ahead are not certain."""
    assert Anchored.compiled(pattern).anchors == needs


def test_a_way_to_match_needs_a_string_of_each_of_its_sets() -> None:
    """`profit` alone is no ground to try a pattern whose matches hold a verb too."""
    pattern = Anchored.compiled(r"\bprofits? (?:rose|fell)\b|\bhits? (?:a )?record\b")
    listed = AnchoredList([pattern, Anchored.compiled("[0-9]+")])
    texts = ("its profit was high", "profits fell", "the record year", "it hits a record")
    assert [listed.among(text) for text in texts] == [[1], [0, 1], [1], [0, 1]]
    assert [pattern.search(text, text) is not None for text in texts] == [False, True, False, True]


@pytest.mark.parametrize("text", ["ſhares", "SHARES", "shareS", "ſHARES of"])
def test_case_is_folded_as_patterns_fold_it(text: str) -> None:
    """The long s and capitals are the letters that a pattern without case takes them for."""
    pattern = Anchored.compiled("shares")
    assert pattern.anchors == ("shares",)
    assert pattern.search(text, folded(text)) is not None


_PATTERNS = [each.pattern for language in ("de", "en") for each in phrasings(language)]
_LISTED = AnchoredList(_PATTERNS)
_PIECES = sorted({anchor for pattern in _PATTERNS for anchor in pattern.anchors})


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=12), upper=st.booleans())
def test_anchors_change_nothing_that_is_found(pieces: list[str], upper: bool) -> None:
    """On texts put together from their own anchors all phrasings match as they do when all are tried."""
    text = " ".join(pieces).upper() if upper else " ".join(pieces)
    low = folded(text)
    among = _LISTED.among(low)
    for place, pattern in enumerate(_PATTERNS):
        tried = [match.span() for match in pattern.pattern.finditer(text)]
        assert [match.span() for match in pattern.finditer(text, low)] == tried
        assert place in among or not tried


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_each_match_holds_an_anchor(data: st.DataObject) -> None:
    """What a pattern itself generates is still found with its anchors."""
    place = data.draw(st.sampled_from([k for k, each in enumerate(_PATTERNS) if len(each.pattern.pattern) < 400]))
    pattern = _PATTERNS[place]
    text = data.draw(st.from_regex(re.compile(pattern.pattern.pattern, re.IGNORECASE)))
    assert pattern.search(text, folded(text)) is not None
    assert place in _LISTED.among(folded(text))
