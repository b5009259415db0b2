"""Tables of phrases: the longest one that begins, or ends, at a token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from rerating.language.reading.tokens import Tokens

Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """Phrases with what they mean. Case counts only in phrases of `exact`; looking up costs the longest phrase at most.

    With `backward` the table is asked for phrases that end before a token.
    """

    def __init__(
        self,
        folded: Iterable[tuple[str, Meaning]] = (),
        *,
        exact: Iterable[tuple[str, Meaning]] = (),
        backward: bool = False,
    ) -> None:
        self._backward = backward
        self._by_anchor: dict[str, list[tuple[tuple[str, ...], bool, Meaning]]] = {}
        for phrase, meaning in exact:
            self._add(tuple(Tokens(phrase).spelling()), True, meaning)
        for phrase, meaning in folded:
            self._add(tuple(Tokens(phrase.lower()).spelling()), False, meaning)
        for entries in self._by_anchor.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._anchors = frozenset(self._by_anchor)

    def _add(self, words: tuple[str, ...], is_exact: bool, meaning: Meaning) -> None:
        anchor = words[-1] if self._backward else words[0]
        self._by_anchor.setdefault(anchor.lower(), []).append((words, is_exact, meaning))

    def anchors(self) -> frozenset[str]:
        """The lower-cased words at which a phrase can be found."""
        return self._anchors

    def at(self, tokens: Tokens, k: int) -> tuple[int, Meaning] | None:
        """(number of tokens, meaning) of the longest phrase that begins at token k (ends before k with `backward`)."""
        entries = self._by_anchor.get(tokens.lower[k - 1 if self._backward else k])
        if entries is None:
            return None
        for words, is_exact, meaning in entries:
            first = k - len(words) if self._backward else k
            if first < 0:
                continue
            seen = tokens.text if is_exact else tokens.lower
            if tuple(seen[first : first + len(words)]) == words:
                return len(words), meaning
        return None
