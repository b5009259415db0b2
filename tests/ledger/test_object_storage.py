"""A ledger in a bucket: two writers at once, readers, compaction. Needs moto's stand-in for S3, else it is skipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.test_processes import SOURCE, WORLD
from rerating.core.errors import UsageError
from rerating.core.tables import BARS
from rerating.ledger import Ledger
from rerating.ledger.audit import verify

SERVER = os.environ.get("RERATING_MOTO_SERVER") or shutil.which("moto_server")

WRITER = """
ledger = Ledger.create("s3://bucket/ledger", storage_options=json.loads(sys.argv[2]))
for number in range(2):
    ledger.append(made(sys.argv[1], number))
"""


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The storage options of an empty bucket on this machine."""
    if SERVER is None:
        pytest.skip(
            "moto's server is not installed: it needs python-dateutil below 3, which the lock does not have; "
            "RERATING_MOTO_SERVER may name one in an environment of its own"
        )
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = (tmp_path_factory.mktemp("s3") / "log").open("wb")
    server = subprocess.Popen([SERVER, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
    asking = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(150):
            time.sleep(0.2)
            if server.poll() is not None:
                pytest.skip(f"{SERVER} does not start here")
            try:
                asking.open(urllib.request.Request(f"http://127.0.0.1:{port}/bucket", method="PUT"), timeout=5).close()
                break
            except OSError:
                continue
        else:
            pytest.skip(f"{SERVER} does not answer")
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_REGION": "us-east-1",
            "AWS_ALLOW_HTTP": "true",
            "aws_conditional_put": "etag",
        }
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def test_two_writers_in_a_bucket(options: dict[str, str]) -> None:
    import json

    body = WORLD + textwrap.dedent(WRITER)
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "NO_PROXY": "127.0.0.1"}
    writers = [
        subprocess.Popen([sys.executable, "-c", body, name, json.dumps(options)], env=environment) for name in "AB"
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    ledger = Ledger("s3://bucket/ledger", storage_options=options)
    assert ledger.snapshot.batches.height == 4
    assert ledger.snapshot.rows(BARS).height == 4 * 7
    assert ledger.compact()["bars"] == (4, 1)
    again = Ledger("s3://bucket/ledger", storage_options=options)
    assert again.snapshot.rows(BARS).height == 4 * 7
    assert all(check.holds for check in verify(again))


def test_a_bucket_without_a_ledger_is_told(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="There is no ledger in s3://bucket/none"):
        Ledger("s3://bucket/none", storage_options=options)
    assert not Path("s3:").exists()
