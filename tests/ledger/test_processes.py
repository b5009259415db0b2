"""Several processes at one ledger, writers that are killed, disks that are full: no lost batch and no half one."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.core.types import AsOf
from rerating.ledger import Ledger

SOURCE = Path(__file__).resolve().parents[2] / "src"
END = AsOf(at=datetime(2030, 1, 1, tzinfo=UTC))

#: Batch `number` of writer `name`: ROWS bars and as many facts, so that half a batch would show in the counts.
WORLD = """
import json, sys, time
from datetime import UTC, date, datetime, timedelta
import polars as pl
from rerating.core.batch import Batch
from rerating.core.errors import RerateError
from rerating.core.tables import BARS, FACTS
from rerating.core.types import AsOf
from rerating.ledger import Ledger
ROWS = 7
def made(name, number):
    days = [date(2020, 1, 1) + timedelta(days=i) for i in range(ROWS)]
    at = [datetime(2020, 2, 1, tzinfo=UTC)] * ROWS
    recorded = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    bars = pl.DataFrame({"symbol": f"{name}{number}", "venue": "XNYS", "currency": "USD", "price_basis": "as_traded",
                         "on": days, "close": [float(number)] * ROWS, "known_at": at})
    facts = pl.DataFrame({"subject": f"{name}{number}", "field": [f"f{i}" for i in range(ROWS)], "unit": "USD",
                          "value": [float(number)] * ROWS, "known_at": at})
    return Batch(source=name, recorded_at=recorded, tables={"bars": bars, "facts": facts})
def whole(ledger):
    held = ledger.snapshot
    for table in (BARS, FACTS):
        counts = held.rows(table).group_by("batch").len()
        assert counts["len"].to_list() == [ROWS] * held.batches.height, (table.name, counts, held.batches.height)
    return held.batches.height
"""

WRITER = """
ledger = Ledger.create(sys.argv[1])
for number, pause in enumerate(json.loads(sys.argv[4]), start=int(sys.argv[3])):
    ledger.append(made(sys.argv[2], number))
    print(number, flush=True)
    time.sleep(pause)
"""

READER = """
seen, until = [], time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    seen.append(whole(Ledger(sys.argv[1])))
    assert seen == sorted(seen), seen
print(json.dumps(seen))
"""


def started(body: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own that runs WORLD and then `body`."""
    return subprocess.Popen(
        [sys.executable, "-c", WORLD + textwrap.dedent(body), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "POLARS_MAX_THREADS": "1"},
    )


def finished(process: subprocess.Popen[str], timeout: float = 120) -> str:
    out, err = process.communicate(timeout=timeout)
    assert process.returncode == 0, err
    return out


def whole(path: Path, rows: int = 7) -> int:
    """The number of batches; fails where one of them is not whole."""
    held = Ledger(path).snapshot
    for table in ("bars", "facts"):
        lazy = held.tables[table].select("batch").collect()["batch"]
        counts = lazy.value_counts().filter(lazy.value_counts()["batch"].is_in(held.batches["id"].to_list()))
        assert counts["count"].to_list() == [rows] * held.batches.height
    return held.batches.height


def race(path: Path, schedules: Sequence[Sequence[float]], *, readers: int, seconds: float) -> None:
    """A writer for each schedule (its pauses between appends) and some readers; then every batch is there once."""
    Ledger.create(path)
    reading = [started(READER, path, seconds) for _ in range(readers)]
    writing = [started(WRITER, path, "ABCDEFGH"[n], 0, json.dumps(pauses)) for n, pauses in enumerate(schedules)]
    for process in [*writing, *reading]:
        finished(process, timeout=seconds + 240)
    assert whole(path) == sum(len(pauses) for pauses in schedules)


SCHEDULE = st.lists(st.sampled_from([0.0, 0.0, 0.01, 0.05]), min_size=18, max_size=22)


@settings(max_examples=1)
@given(st.tuples(SCHEDULE, SCHEDULE))
def test_two_writers_and_four_readers_at_once(
    tmp_path_factory: pytest.TempPathFactory, schedules: tuple[list[float], list[float]]
) -> None:
    """Enough appends that a writer compacts while the other appends and the readers read."""
    path = tmp_path_factory.mktemp("race") / "ledger"
    race(path, schedules, readers=4, seconds=2)
    stored = Ledger(path).stored("bars")
    assert stored is not None
    assert len(stored.files) <= 34


def test_two_makers_of_one_ledger_make_one(tmp_path: Path) -> None:
    makers = [started(WRITER, tmp_path / "ledger", name, 0, [0, 0]) for name in "AB"]
    for maker in makers:
        finished(maker)
    assert whole(tmp_path / "ledger") == 4


def test_a_killed_writer_leaves_whole_batches_only(tmp_path: Path) -> None:
    """kill -9 at moments of chance: what had been reported stays, the rest can be said again."""
    path, chance, reported = tmp_path / "ledger", random.Random(7), 0
    Ledger.create(path)
    for _ in range(4):
        writer = started(WRITER, path, "A", reported, json.dumps([0] * 500))
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.2))
        writer.send_signal(signal.SIGKILL)
        rest = [int(line) for line in writer.communicate()[0].split()]
        reported = max([reported, *rest]) + 1
        assert reported <= whole(path) <= reported + 1
    finished(started(WRITER, path, "A", 0, [0] * (reported + 2)))
    assert whole(path) == reported + 2


DIES = """
import os
from rerating.ledger import delta
from rerating.ledger.store import Ledger
class Dying(Ledger):
    def _add(self, name, *rest):
        if name == sys.argv[2]:
            os._exit(9)
        return super()._add(name, *rest)
Dying.create(sys.argv[1]).append(made("A", 1))
"""


@pytest.mark.parametrize("before", ["facts", "batches"])
def test_what_a_dead_writer_left_is_found_by_its_name(tmp_path: Path, before: str) -> None:
    """It dies before it writes a table; compaction leaves its files alone; the retry stores each row once."""
    path = tmp_path / "ledger"
    finished(started(WRITER, path, "B", 0, [0, 0]))
    assert started(DIES, path, before).wait() == 9
    assert whole(path) == 2
    Ledger(path).compact()
    bars = Ledger(path).stored("bars")
    assert bars is not None
    assert sorted(file.rows for file in bars.files) == [7, 14]
    finished(started(WRITER, path, "A", 1, [0]))
    assert whole(path) == 3
    Ledger(path).compact()
    assert whole(path) == 3


FULL = """
import resource
from pathlib import Path
ledger = Ledger.create(sys.argv[1])
ledger.append(made("A", 0))
before = sorted(p.name for p in Path(sys.argv[1]).rglob("*.parquet"))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    ledger.append(made("A", 1))
    print("appended")
except RerateError as error:
    print(json.dumps([error.exit_code, str(error)]))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert whole(Ledger(sys.argv[1])) == 1
assert Ledger(sys.argv[1]).append(made("A", 1)).new
assert whole(Ledger(sys.argv[1])) == 2
"""


@pytest.mark.parametrize("limit", [100, 1500, 3300])
def test_a_disk_without_room_takes_nothing(tmp_path: Path, limit: int) -> None:
    """Writing past a size fails as on a full disk: at the first data file, or later, or in the log."""
    out = finished(started(FULL, tmp_path / "ledger", limit))
    code, text = json.loads(out)
    assert code == 2
    assert "could not be written" in text
    assert "room on the disk" in text


FORBIDDEN = """
import os
from pathlib import Path
ledger = Ledger.create(sys.argv[1])
ledger.append(made("A", 0))
whole(Ledger(sys.argv[1]))
for folder in [sys.argv[1], *(p for p in Path(sys.argv[1]).rglob("*") if p.is_dir())]:
    os.chmod(folder, 0o555)
if os.getuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
assert whole(Ledger(sys.argv[1])) == 1
try:
    ledger.append(made("A", 1))
    print("appended")
except RerateError as error:
    print(json.dumps([error.exit_code, str(error)]))
assert whole(Ledger(sys.argv[1])) == 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders work otherwise there")
def test_a_folder_that_may_only_be_read_can_be_read() -> None:
    # Not in the test runner's own folders: they are closed to others again whenever a runner starts.
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        place.chmod(0o755)
        code, text = json.loads(finished(started(FORBIDDEN, place / "ledger")))
        assert code == 2
        assert "could not be written" in text
        for folder in (place / "ledger").rglob("*"):
            folder.chmod(0o755)
        (place / "ledger").chmod(0o755)
