"""Why did this stock move, does it hold, is it a buy, a hold or a sell? Answered from dated evidence alone.

    from rerating import AsOf, Ledger, analyze, render

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rerating.core.version import VERSION

if TYPE_CHECKING:
    from rerating.analysis import Analysis, analyze
    from rerating.certificate import certify
    from rerating.collection import Collected, collect
    from rerating.core.batch import Batch
    from rerating.core.certificate import Certificate
    from rerating.core.errors import IntegrityError, RerateError, SourceError, UsageError
    from rerating.core.source import Request, Source
    from rerating.core.types import AsOf, Citation, Gap, Issuer, Listing, Observation, Quantity, Reading
    from rerating.factcheck.checking import Checked, check
    from rerating.ledger import Ledger, Snapshot, View
    from rerating.report import render

__version__ = VERSION

_HOMES = {
    "Analysis": "analysis",
    "AsOf": "core.types",
    "Batch": "core.batch",
    "Certificate": "core.certificate",
    "Checked": "factcheck.checking",
    "Citation": "core.types",
    "Collected": "collection",
    "Gap": "core.types",
    "IntegrityError": "core.errors",
    "Issuer": "core.types",
    "Ledger": "ledger",
    "Listing": "core.types",
    "Observation": "core.types",
    "Quantity": "core.types",
    "Reading": "core.types",
    "RerateError": "core.errors",
    "Request": "core.source",
    "Snapshot": "ledger",
    "Source": "core.source",
    "SourceError": "core.errors",
    "UsageError": "core.errors",
    "View": "ledger",
    "analyze": "analysis",
    "certify": "certificate",
    "check": "factcheck.checking",
    "collect": "collection",
    "render": "report",
}

__all__ = [
    "Analysis",
    "AsOf",
    "Batch",
    "Certificate",
    "Checked",
    "Citation",
    "Collected",
    "Gap",
    "IntegrityError",
    "Issuer",
    "Ledger",
    "Listing",
    "Observation",
    "Quantity",
    "Reading",
    "Request",
    "RerateError",
    "Snapshot",
    "Source",
    "SourceError",
    "UsageError",
    "View",
    "analyze",
    "certify",
    "check",
    "collect",
    "render",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'rerating' has no attribute {name!r}")
    return getattr(import_module(f"rerating.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
