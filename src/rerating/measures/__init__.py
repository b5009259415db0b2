"""Numbers in, numbers out: no clock, no disk, no network, no ledger. Knows only the plain types of `core`."""
