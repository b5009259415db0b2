"""Alibaba in January 2026 out of a case file: what a few dozen cited facts carry, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from rerating.core.batch import Batch
from rerating.core.source import Request
from rerating.core.types import Gap, Why
from rerating.sources.case_file import batch_from
from rerating.sources.sample import PACKAGED_AT, packaged_rates

_SYMBOLS = ("BABA",)


class AlibabaCase:
    """The packaged case file and the ECB's rates. The network is never asked."""

    name = "alibaba"

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """The whole case, whichever way Alibaba is asked for; a gap for any other symbol."""
        for symbol in request.symbols:
            if symbol not in _SYMBOLS:
                detail = f"the case file is about {', '.join(_SYMBOLS)}; collect other symbols from another source"
                yield Gap(question=f"facts about {symbol}", why=Why.NOT_COVERED, detail=detail)
        if request.symbols and not set(request.symbols) & set(_SYMBOLS):
            return
        yield packaged_rates()
        case = files("rerating.sources") / "data" / "alibaba-2026-01.toml"
        yield batch_from(Path(str(case)), recorded_at=PACKAGED_AT, source=self.name)
