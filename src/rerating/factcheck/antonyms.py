"""Words of direction and their opposites (`data/antonyms.toml`)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from rerating.language.languages import Language


@lru_cache(maxsize=2)
def antonyms(language: Language) -> dict[str, str]:
    """Each word with its opposite in the same form."""
    text = files("rerating.factcheck").joinpath("data", "antonyms.toml").read_text(encoding="utf-8")
    words: dict[str, str] = tomllib.loads(text)[language]
    return words
