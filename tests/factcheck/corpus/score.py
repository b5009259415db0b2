"""How a list of claims compares with the labels: one definition of recall, precision and the rest for every round.

Written with the labels and before the grammar, so that what counts as a hit does not move with the answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NUMERIC_UNITS = frozenset({"money", "percent", "ratio", "count", "shares", "contracts"})
UNFACTUAL = frozenset({"question", "advertising"})
FIELDS = (
    "values",
    "words",
    "comparator",
    "type",
    "status",
    "subject",
    "direction",
    "metric",
    "period",
    "as_of",
    "source",
)
COUNTS = ("numeric_labels", "numeric_found", "wordy_labels", "wordy_found", "predicted", "wrong", "taken_as_fact")
Claim = Mapping[str, Any]


@dataclass
class Score:
    """Counts over one or several articles; each share below is hits over cases, None without a case."""

    numeric_labels: int = 0
    numeric_found: int = 0
    wordy_labels: int = 0
    wordy_found: int = 0
    predicted: int = 0
    wrong: int = 0
    taken_as_fact: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    cases: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))

    def shares(self) -> dict[str, float | None]:
        """numeric_recall, wordy_recall, precision, and the share right of each field among the claims found."""

        def share(hits: int, cases: int) -> float | None:
            return hits / cases if cases else None

        return {
            "numeric_recall": share(self.numeric_found, self.numeric_labels),
            "wordy_recall": share(self.wordy_found, self.wordy_labels),
            "precision": share(self.predicted - self.wrong, self.predicted),
            **{name: share(self.right[name], self.cases[name]) for name in FIELDS},
        }

    def __add__(self, other: Score) -> Score:
        total = Score(**{name: getattr(self, name) + getattr(other, name) for name in COUNTS})
        for name in FIELDS:
            total.right[name] = self.right[name] + other.right[name]
            total.cases[name] = self.cases[name] + other.cases[name]
        return total


def score_article(article: Any, predicted: Sequence[Claim]) -> Score:
    """Compare the claims of one article with its labels.

    A prediction and a label meet when their spans overlap and both carry a number or both none; each meets one partner
    at most, equal values first, then equal kinds, then the larger overlap. `values` and `comparator` are judged on
    numeric pairs, `words` on pairs whose label holds a rating or a date, the other fields on all pairs. A prediction
    without a partner is wrong unless it overlaps a tolerated span or stands in an advertising block with status
    advertising. `taken_as_fact` counts predictions that overlap a question's or an advertisement's label, or stand in
    an advertising block, and carry another status.
    """
    score = Score(predicted=len(predicted))
    pairs = _pairs(article.claims, predicted)
    for label in article.claims:
        numeric = is_numeric(label)
        score.numeric_labels += numeric
        score.wordy_labels += not numeric
    for label, answer in pairs:
        numeric = is_numeric(label)
        score.numeric_found += numeric
        score.wordy_found += not numeric
        for name in FIELDS:
            if _judged(name, label):
                score.cases[name] += 1
                score.right[name] += _agrees(name, label, answer)
    partnered = {id(answer) for _, answer in pairs}
    for answer in predicted:
        if id(answer) not in partnered and not _tolerated(article, answer):
            score.wrong += 1
        if answer["status"] not in UNFACTUAL and _is_unfactual(article, answer):
            score.taken_as_fact += 1
    return score


def score_all(articles: Iterable[Any], predicted: Mapping[str, Sequence[Claim]]) -> Score:
    """The sum over articles; `predicted` maps an article's id to its claims."""
    return sum((score_article(article, predicted[article.id]) for article in articles), Score())


def is_numeric(claim: Claim) -> bool:
    """Whether the claim carries a number with a unit; ratings and dates are none."""
    return any(value["unit"] in NUMERIC_UNITS for value in claim["values"])


def same_values(label: Claim, answer: Claim) -> bool:
    """The same numbers with the same units, currencies and roles, in any order.

    Equal too: 25 percent and the ratio 0.25; for movements a ratio of 2 and a rise of 100 percent. 1e-6 relative.
    """
    left, right = list(label["values"]), list(answer["values"])
    if len(left) != len(right):
        return False
    for value in left:
        partner = next((other for other in right if _same_value(value, other, label)), None)
        if partner is None:
            return False
        right.remove(partner)
    return True


def _same_value(one: Claim, other: Claim, label: Claim) -> bool:
    if one["role"] != other["role"] or one["currency"] != other["currency"]:
        return False
    if isinstance(one["value"], str) or isinstance(other["value"], str):
        return str(one["value"]).casefold() == str(other["value"]).casefold() and one["unit"] == other["unit"]
    readings = {(one["unit"], float(one["value"]))}
    moves = label["direction"] is not None
    for unit, amount in list(readings):
        if unit == "percent":
            readings.add(("ratio", amount / 100))
        if unit == "ratio":
            readings.add(("percent", amount * 100))
            if moves:
                readings.add(("percent", abs(amount - 1) * 100))
    return any(unit == other["unit"] and _near(amount, float(other["value"])) for unit, amount in readings)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other))


def verdicts(name: str, labels: Sequence[Claim], predicted: Sequence[Claim]) -> list[tuple[Claim, bool]]:
    """The labels that a prediction has met and that tell something of a field, with whether the prediction agrees."""
    pairs = _pairs(labels, predicted)
    return [(label, _agrees(name, label, answer)) for label, answer in pairs if _judged(name, label)]


def _judged(name: str, label: Claim) -> bool:
    if name == "words":
        return bool(label["values"]) and not is_numeric(label)
    return name not in {"values", "comparator"} or is_numeric(label)


def _agrees(name: str, label: Claim, answer: Claim) -> bool:
    if name in {"values", "words"}:
        return same_values(label, answer)
    if name == "subject":
        one, other = label["subject"], answer["subject"]
        if one["ticker"] and one["ticker"] == other["ticker"]:
            return True
        return _same_name(one["name"] or "", other["name"] or "")
    return bool(label[name] == answer[name])


def _same_name(one: str, other: str) -> bool:
    """Equal but for case, dots and hyphens, or two names of one body in the vocabulary (`SNB`, `USA`)."""
    left, right = _folded(one), _folded(other)
    return left == right or (left in _BODIES and _BODIES[left] == _BODIES.get(right))


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").replace("-", " ").split())


_BODIES: dict[str, str] = {
    _folded(name): names[0]
    for names in json.loads(Path(__file__).with_name("vocabulary.json").read_text("utf-8"))["bodies"]
    for name in names
}


def _overlap(one: Claim, other: Claim) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _pairs(labels: Sequence[Claim], predicted: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """One to one, best first: equal values, then equal kind, then overlap; ties by position."""
    candidates = []
    for i, label in enumerate(labels):
        for j, answer in enumerate(predicted):
            if _overlap(label, answer) > 0 and is_numeric(label) == is_numeric(answer):
                merit = (same_values(label, answer), label["type"] == answer["type"], _overlap(label, answer))
                candidates.append((tuple(-int(part) for part in merit), i, j))
    used_labels: set[int] = set()
    used_answers: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in used_labels and j not in used_answers:
            used_labels.add(i)
            used_answers.add(j)
            pairs.append((labels[i], predicted[j]))
    return pairs


def _tolerated(article: Any, answer: Claim) -> bool:
    if any(_overlap(span, answer) > 0 for span in article.tolerated):
        return True
    return answer["status"] == "advertising" and _in_advertising(article, answer)


def _in_advertising(article: Any, answer: Claim) -> bool:
    return any(region["start"] <= answer["start"] and answer["end"] <= region["end"] for region in article.regions)


def _is_unfactual(article: Any, answer: Claim) -> bool:
    if _in_advertising(article, answer):
        return True
    asked = [label for label in article.claims if label["status"] in UNFACTUAL]
    return any(_overlap(label, answer) > 0 for label in asked)
