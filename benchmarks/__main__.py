"""The one runner of all benchmarks: `python -m benchmarks` lists them, `python -m benchmarks NAME ...` runs them.

Each module in this folder has a `main()` that prints a table as Markdown, with what was measured and on what. The
tables in docs/ come from here; they are of one machine and one day and say so.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path


def names() -> list[str]:
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def run(asked: list[str]) -> int:
    unknown = [name for name in asked if name not in names()]
    if unknown or not asked:
        print(f"usage: python -m benchmarks NAME ...   with NAME out of {', '.join(names())}, or all")
        return 2 if unknown else 0
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    for name in asked:
        importlib.import_module(f"benchmarks.{name}").main()
        print()
    return 0


if __name__ == "__main__":
    wanted = names() if sys.argv[1:] == ["all"] else sys.argv[1:]
    sys.exit(run(wanted))
