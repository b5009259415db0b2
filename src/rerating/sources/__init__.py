"""Asks the world, answers with batches. One file a source; third parties add theirs by the group `rerating.sources`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points

from rerating.core.errors import UsageError
from rerating.core.source import Source
from rerating.sources.credentials import Credentials, Keyring

GROUP = "rerating.sources"


def available() -> list[str]:
    """The names of all sources that are installed, built-in or not."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def named(name: str, environ: Mapping[str, str] | None = None, keyring: Keyring | None = None) -> Source:
    """The source of that name, made ready.

    A source class with a `from_environment` is made by it from `environ` (settings and tokens; the door passes the
    process's own, and the system's keyring for tokens that are not there), any other without arguments. Raises
    UsageError where none or more than one package offers the name.
    """
    points = [point for point in entry_points(group=GROUP) if point.name == name]
    if not points:
        raise UsageError(f"There is no source '{name}'; installed are {', '.join(available())}.")
    if len({point.value for point in points}) > 1:
        raise UsageError(
            f"Several packages offer a source '{name}' ({', '.join(sorted({p.value for p in points}))}); "
            "uninstall all but one."
        )
    made = points[0].load()
    from_environment = getattr(made, "from_environment", None)
    source: Source = made() if from_environment is None else from_environment(Credentials(environ or {}, keyring))
    return source
