"""All templates of the house, by the place where they stand."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import rerating.statements
from rerating.statements.statement import Template


def templates() -> Iterator[tuple[str, Template]]:
    for module in pkgutil.iter_modules(rerating.statements.__path__, "rerating.statements."):
        yield from found_in(module.name, vars(importlib.import_module(module.name)))


def found_in(name: str, values: object) -> Iterator[tuple[str, Template]]:
    if isinstance(values, Template):
        yield name, values
    elif isinstance(values, dict):
        for key, value in values.items():
            if not str(key).startswith("__"):
                yield from found_in(f"{name}.{key}", value)
    elif isinstance(values, tuple | list):
        for place, value in enumerate(values):
            yield from found_in(f"{name}.{place}", value)


ALL = list(templates())
