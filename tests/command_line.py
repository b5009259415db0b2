"""The command line as tests run it: in this process, since starting one takes longer than most verbs; or really."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from rerating.cli import command_line
from rerating.core.errors import RerateError

#: What a verb reads of the environment, unless a test says otherwise; None is unset.
ENVIRONMENT: dict[str, str | None] = {"NO_COLOR": "1", "COLUMNS": "200", "RERATING_LEDGER": None}


@dataclass(frozen=True)
class Done:
    """What a run left behind."""

    returncode: int
    stdout: str
    stderr: str


def rerating(*arguments: str | Path, stdin: str | bytes = "", **environment: str | None) -> Done:
    """Run the command line in this process: the same verbs, errors and exit codes as `rerating ARGUMENTS`."""
    runner = CliRunner(env={**ENVIRONMENT, **environment})
    words = [str(one) for one in arguments]
    done = runner.invoke(command_line(words[0] if words else None), words, input=stdin)
    if isinstance(done.exception, RerateError):
        return Done(done.exception.exit_code, done.stdout, f"{done.stderr}rerating: {done.exception}\n")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def process(*arguments: str | Path, cwd: Path | None = None) -> Done:
    """Run it as a process of its own, from an empty folder if need be."""
    environment = {**os.environ, **{name: value for name, value in ENVIRONMENT.items() if value is not None}}
    for name in ("RERATING_LEDGER", "POLARS_MAX_THREADS"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "rerating", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def refused(done: Done, code: int, words: str) -> None:
    """Hold a run to one sentence on stderr with these words, nothing on stdout, and this exit code."""
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
