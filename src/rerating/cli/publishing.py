"""What `analyze --profile` needs to know of the publisher: options, environment, or a small settings file."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from rerating.cli.options import now
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.analysis import Analysis
    from rerating.statements.publication import EarlierCall, Publication

SETTINGS = "publication.toml"
KEYS = ("producer", "interests", "record")


class Profile(StrEnum):
    """Who may read the report."""

    PRIVATE = "private"
    EU_MAR = "eu-mar"
    PRESSE_DE = "presse-de"


class Style(StrEnum):
    """How figures are written."""

    DIN = "din"
    PRESS = "press"


ProfileOption = Annotated[
    Profile, typer.Option("--profile", help="private, or for readers: eu-mar, presse-de (German, press style).")
]
ProducerOption = Annotated[
    str | None,
    typer.Option(
        "--producer", metavar="NAME", envvar="RERATING_PRODUCER", help="Who answers for a published report: name, role."
    ),
]
InterestsOption = Annotated[
    str | None,
    typer.Option(
        "--interests",
        metavar="TEXT",
        envvar="RERATING_INTERESTS",
        help="What the producer has at stake in the stock; say so if nothing.",
    ),
]
EarlierOption = Annotated[
    Path | None,
    typer.Option("--record", metavar="FILE", help="Name the earlier calls of twelve months on this track record."),
]
StyleOption = Annotated[
    Style | None, typer.Option("--style", help="din: 15,8 %; press: 15,8 Prozent (default: by --profile).")
]


class Publisher(NamedTuple):
    """What is known of the publisher before anything is analysed."""

    profile: Profile
    producer: str
    interests: str
    record: Path | None


def publisher(
    profile: Profile, *, producer: str | None, interests: str | None, record: Path | None
) -> Publisher | None:
    """Who publishes; None for a private report.

    Raises UsageError where producer or interests are named neither as options, nor in the environment, nor in the
    settings file.
    """
    if profile is Profile.PRIVATE:
        return None
    settings = _settings()
    given = {
        name: (value or settings.get(name) or "").strip()
        for name, value in (("producer", producer), ("interests", interests))
    }
    missing = [f"--{name}" for name, value in given.items() if not value]
    if missing:
        raise UsageError(
            f"The profile {profile.value} needs {' and '.join(missing)}: a published report names who made it and what "
            f"they have at stake (or write them into {settings_path()})."
        )
    path = record or (Path(settings["record"]).expanduser() if "record" in settings else None)
    return Publisher(profile=profile, record=path, **given)


def publication(publisher: Publisher | None, analysis: Analysis) -> Publication | None:
    """What the report says of its publication, completed now; None for a private one."""
    if publisher is None:
        return None
    from rerating.statements import publication as publishing

    return publishing.Publication(
        profile=publishing.Profile(publisher.profile.value),
        producer=publisher.producer,
        interests=publisher.interests,
        completed_at=now(),
        earlier=None if publisher.record is None else _earlier(publisher.record, analysis),
    )


def settings_path() -> Path:
    """Where the settings file lies."""
    from platformdirs import user_config_path

    return user_config_path("rerating") / SETTINGS


def _settings() -> dict[str, str]:
    path = settings_path()
    if not path.is_file():
        return {}
    try:
        plain: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as TOML ({error}); it holds {', '.join(KEYS)}.") from error
    unknown = sorted(set(plain) - set(KEYS))
    if unknown or not all(isinstance(value, str) for value in plain.values()):
        raise UsageError(f"{path} may hold {', '.join(KEYS)} as texts; it has {', '.join(unknown) or 'another type'}.")
    return plain


def _earlier(path: Path, analysis: Analysis) -> tuple[EarlierCall, ...]:
    from rerating.outlook.track_record import read_record
    from rerating.statements.publication import earlier_calls

    if not path.is_file():
        raise UsageError(f"There is no track record {path}; make one with 'rerating track --issue', or leave it out.")
    subject = analysis.subject
    return earlier_calls(read_record(path).entries, f"{subject.venue}:{subject.symbol}", analysis.as_of)
