"""Canonical JSON: one text for one value."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.record import canonical, canonical_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_a_second_round_trip_changes_no_byte(value: object) -> None:
    text = canonical_json([value])
    assert canonical_json(json.loads(text)) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_floats_keep_twelve_digits(value: float) -> None:
    assert math.isclose(canonical(value), value, rel_tol=1e-11, abs_tol=1e-300)


def test_negative_zero_and_the_unprintable() -> None:
    assert canonical_json([-0.0]) == "[0.0]"
    for bad in (math.nan, math.inf, -math.inf):
        with pytest.raises(ValueError, match="Gap"):
            canonical(bad)


def test_keys_are_sorted_at_every_depth() -> None:
    assert canonical_json({"b": {"z": 1, "a": 2}, "a": "ä"}) == '{"a":"ä","b":{"a":2,"z":1}}'
