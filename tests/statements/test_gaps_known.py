"""The sentences of the findings' gaps, read out of their sources: each has its pattern, and thus its German."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import rerating
from rerating.statements import gaps

SOURCE = Path(rerating.__file__).parent
#: What an analysis is made of. Rooms whose findings do not reach a report yet are not among them.
ROOMS = (
    "findings",
    "outlook",
    "measures/event_study",
    "measures/market_share.py",
    "measures/implied_distribution",
    "analysis.py",
    "ledger/view.py",
)
NOT_IN_REPORTS: tuple[str, ...] = ()


def sentences() -> Iterator[tuple[str, str]]:
    """(file, sentence with {} for what changes) of everything that is or becomes a gap's question or detail."""
    for room in ROOMS:
        files = [SOURCE / room] if room.endswith(".py") else sorted((SOURCE / room).rglob("*.py"))
        for file in files:
            if file.stem.startswith(NOT_IN_REPORTS):
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                yield from ((file.name, text) for text in told(node))


def told(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & {"detail", "question"}:
            yield from words(node.value)
    if isinstance(node, ast.keyword) and node.arg in {"detail", "question"}:
        yield from words(node.value)


def words(node: ast.expr) -> Iterator[str]:
    """The text of a literal or an f-string; nothing for what is only a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from words(node.body)
        yield from words(node.orelse)


#: What may stand where a sentence changes.
FILLERS = (
    "XNYS:BABA",
    "2024-01-02",
    "7",
    "EUR",
    "high",
    "market",
    "intraday",
    "(-1, 1)",
    "ratings",
    "price targets",
    "abnormal return",
)
PATTERNS = [gaps.pattern_of(text) for table in gaps.tables() for text, _ in table]


def is_known(sentence: str) -> bool:
    """Whether some pattern fits the sentence with some filling."""
    parts = sentence.split("{}")
    for filling in product(FILLERS, repeat=len(parts) - 1):
        text = "".join(chain.from_iterable(zip(parts, (*filling, ""), strict=True)))
        if any(pattern.fullmatch(text) for pattern in PATTERNS):
            return True
    return False


def test_every_gap_of_the_findings_has_its_german() -> None:
    missing = {(file, text) for file, text in sentences() if not is_known(text)}
    assert not missing, "\n".join(sorted(f"{file}: {text}" for file, text in missing))


def test_that_test_would_notice() -> None:
    tree = ast.parse('Gap(question=f"colour of {line}", why=1, detail="nobody asked")')
    found = [text for node in ast.walk(tree) for text in told(node)]
    assert found == ["colour of {}", "nobody asked"]
    assert not any(is_known(text) for text in found)
