"""The list of variants: every configuration that was ever scored, written down before its score was known.

A file of JSON lines. A significance test over all of them (SPA) cannot be fooled by trying until something works,
as long as nothing that was tried is missing from the list.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rerating.core.errors import UsageError
from rerating.core.record import canonical_json
from rerating.outlook.features import DATED_FEATURES, FEATURES
from rerating.outlook.forecast import Variant

_ALL = tuple(feature.name for feature in FEATURES)

#: All features that the shipped model asks for; a panel that lacks some has a model without them.
ALL_FEATURES = (*_ALL, *(feature.name for feature in DATED_FEATURES))

#: The baselines, in their order. Only skill over scale_only and beta_only counts.
CLIMATOLOGY = Variant(name="climatology", scale="none")
SCALE_ONLY = Variant(name="scale_only")
BETA_ONLY = Variant(name="beta_only", mean="beta")
MOMENTUM_ONLY = Variant(name="momentum_only", mean="ridge", features=("momentum_12_1",))
CONSENSUS_ONLY = Variant(name="consensus_only", mean="ridge", features=("target_upside",))
IMPLIED_SCALE = Variant(name="implied_scale", scale="implied")

#: What ships: scale, ridge mean believed only as far as its record justifies, one grid, all features that are known.
SHIPPED = Variant(name="shipped", mean="ridge", features=ALL_FEATURES, shrunk=True)

#: What a panel of a few lines gets: no drift of its own is believed, since those that are asked about have survived.
PERSONAL = Variant(name="shipped_centred", mean="ridge", features=ALL_FEATURES, shrunk=True, centred=True)
PERSONAL_SCALE_ONLY = Variant(name="scale_only_centred", centred=True)

#: The other configurations that were tried. Those by tercile came first; one grid was as good and simpler.
OTHERS = (
    Variant(name="staged", mean="ridge", features=_ALL, shrunk=True),
    Variant(name="staged_unshrunk", mean="ridge", features=_ALL),
    Variant(name="staged_within", mean="ridge", features=_ALL, within=True, shrunk=True),
    Variant(name="staged_within_unshrunk", mean="ridge", features=_ALL, within=True),
    Variant(name="scale_only_by_tercile", buckets=True),
    Variant(name="scale_only_by_tercile_centred", buckets=True, centred=True),
    Variant(name="scale_only_by_tercile_ewma", scale="ewma", buckets=True),
    Variant(name="beta_only_by_tercile", mean="beta", buckets=True),
    Variant(name="momentum_only_by_tercile", mean="ridge", features=("momentum_12_1",), buckets=True, vanishing=True),
    Variant(name="staged_by_tercile", mean="ridge", features=_ALL, buckets=True, vanishing=True, shrunk=True),
    Variant(name="staged_by_tercile_unshrunk", mean="ridge", features=_ALL, buckets=True, vanishing=True),
)

BASELINES = (CLIMATOLOGY, SCALE_ONLY, BETA_ONLY, MOMENTUM_ONLY, CONSENSUS_ONLY, IMPLIED_SCALE)
VARIANTS = (*BASELINES, SHIPPED, PERSONAL, PERSONAL_SCALE_ONLY, *OTHERS)


def listed(path: Path) -> tuple[Variant, ...]:
    """The variants in a list; none where there is no file yet. Raises UsageError where a line is no variant."""
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(Variant.model_validate(json.loads(line)))
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise UsageError(f"{path}, line {number}, is no variant ({reason}); restore the list.") from error
    return tuple(found)


def enlist(path: Path, variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Write the variants that are not in the list yet to its end; answers all that are in it.

    Raises UsageError where a name stands for another configuration already: a changed variant is a new one.
    """
    before = {variant.name: variant for variant in listed(path)}
    fresh = []
    for variant in variants:
        known = before.get(variant.name)
        if known is None:
            fresh.append(variant)
        elif known != variant:
            raise UsageError(
                f"'{variant.name}' stands in {path} with another configuration; give the changed variant a new name."
            )
    if fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(canonical_json(variant) + "\n" for variant in fresh)
    return (*before.values(), *fresh)
