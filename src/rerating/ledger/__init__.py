"""Remembers what was known when. Append batches, cut views; nothing is ever overwritten."""

from rerating.ledger.snapshot import Snapshot
from rerating.ledger.store import FORMAT, Ledger, Receipt
from rerating.ledger.view import View, ViewSource

__all__ = ["FORMAT", "Ledger", "Receipt", "Snapshot", "View", "ViewSource"]
