"""The base of all values that travel through the house: immutable, keyword only, closed, one canonical JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value. Unknown fields are an error, equal content is an equal value."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def canonical(value: Any) -> Any:
    """`value` (plain JSON types) with every float rounded once to 12 significant digits and without -0.0.

    Raises ValueError on NaN and infinities: a number that is not known has to be a `Gap`.
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number that is not finite has no place in a result; make it a Gap")
        return float(f"{value:.12g}") + 0.0
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    return value


def canonical_json(value: Record | dict[str, Any] | list[Any], *, indent: int | None = None) -> str:
    """The one JSON text of a value: sorted keys, floats by `canonical`, no NaN, UTF-8 left as it is."""
    plain = value.model_dump(mode="json") if isinstance(value, Record) else value
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(
        canonical(plain), sort_keys=True, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
    )
