"""Which line of a company's shares a claim is about, where a text tells its classes apart.

`die Stämme kosten 78 Euro, die Vorzüge nur 55`, `2,28 Euro je Vorzugsaktie`, `the Class C stock`: of a price, a payout
or an insider's purchase it is the line that the noun for the class names; what the company earns is of its own line.
"""

from __future__ import annotations

from collections.abc import Iterable

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind, share_lines
from rerating.factcheck.extraction.text.lexicon import word_set

_NOUNS = {
    word: each
    for each in ("common", "preferred", "registered", "bearer", "participation", "certificate")
    for word in word_set("share_classes", each)
}
_ADJECTIVES = {
    "common": "common",
    "ordinary": "common",
    "preferred": "preferred",
    "preference": "preferred",
    "registered": "registered",
    "bearer": "bearer",
    "participation": "participation",
}
_LETTERS = frozenset("ABCH")
_SHARES = word_set("share_classes", "shares")
_BESIDE = word_set("share_classes", "beside")
_EACH = word_set("share_classes", "each")
_GOING_ON = word_set("share_classes", "going_on")
_OF_A_LINE = frozenset(
    (
        "price_level",
        "return",
        "high_low_level",
        "distance_to_high",
        "distance_to_low",
        "moving_average",
        "price_target",
        "implied_upside",
        "rating",
        "rating_change",
        "insider_trade",
        "volume",
    )
)
_PAID_ON = frozenset(("dividend_per_share", "dividend", "eps", "dividend_yield", "price_earnings", "short_interest"))
_CARRIED = frozenset(("price_level", "return", "insider_trade"))
"""Kinds that the sentence behind still tells of the line that was named last."""
_BEHIND = 8

Line = tuple[int, int, str]
"""Tokens [first, last) that name a class, and the class."""


def on_lines(article: Article, drafts: Iterable[Draft]) -> None:
    """Gives the claims on shares to the line that their sentence tells of."""
    lines = share_lines()
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.subject.ticker in lines:
            found.setdefault(draft.sentence.number, []).append(draft)
    if not found:
        return
    carried: str | None = None
    for sentence in article.sentences:
        classes = _classes(sentence)
        carried = carried if not classes and _goes_on(sentence) else None
        for draft in found.get(sentence.number, ()):
            held = lines[str(draft.subject.ticker)]
            told = _class_of(sentence, draft, [line for line in classes if line[2] in held], held)
            told = told or (carried if draft.kind in _CARRIED else None)
            if told in held and _is_of_a_line(draft):
                draft.subject = draft.subject.model_copy(update={"ticker": held[told]})
        carried = classes[-1][2] if classes else carried


def _is_of_a_line(draft: Draft) -> bool:
    """Whether a claim is on shares: their price, what is paid on them, how many of them change hands."""
    is_counted = draft.kind == "corporate_event" and any(value.unit == "shares" for value in draft.values)
    return is_counted or draft.kind in _OF_A_LINE or draft.metric in _PAID_ON


def _classes(sentence: Sentence) -> list[Line]:
    """Where a sentence names a class of shares: `Vorzüge`, `preferred shares`, `Class A`, `A-Aktien`, `H shares`."""
    tokens, out = sentence.tokens, list[Line]()
    for k in range(sentence.first, sentence.last):
        word, following = tokens.lower[k], sentence.words(k + 1, k + 3)
        if (noun := _NOUNS.get(word)) is not None:
            out.append((k, k + 1, noun))
        elif word == "class" and len(following) > 0 and tokens.text[k + 1] in _LETTERS:
            out.append((k, k + 2, following[0]))
        elif word in _ADJECTIVES and not _SHARES.isdisjoint(following[:1]):
            out.append((k, k + 2, _ADJECTIVES[word]))
        elif tokens.text[k] in _LETTERS and sentence.words(k - 1, k) != ("class",):
            is_joined = following[:1] == ("-",) and not _SHARES.isdisjoint(following[1:])
            if is_joined or following[:1] in (("shares",), ("aktien",)):
                out.append((k, k + 2 + is_joined, word))
    return out


def _class_of(sentence: Sentence, draft: Draft, classes: list[Line], held: dict[str, str]) -> str | None:
    """The class that a claim is of: the one in or right behind it, the last before it, the next of its clause."""
    within = next((line for line in classes if _is_counted(sentence, draft, line)), None)
    if within is not None:
        return within[2]
    told = [line for line in classes if not _is_beside(sentence, line)]
    before = [line for line in told if line[0] < draft.last]
    if before:
        return before[-1][2]
    behind = next((line for line in told if line[0] - draft.last <= _BEHIND), None)
    if behind is not None and {",", ";", ":"}.isdisjoint(sentence.words(draft.last, behind[0])):
        return behind[2]
    if len(held) == 2 and classes and not told:  # `Der Abschlag zu den Vorzügen`: of the other line
        return next(each for each in held if each != classes[0][2])
    return None


def _is_counted(sentence: Sentence, draft: Draft, line: Line) -> bool:
    """`20.000 Vorzüge`, `2,28 Euro je Stammaktie`, `$4 a preferred share`."""
    is_each = not _EACH.isdisjoint(sentence.words(draft.last, line[0]))
    return draft.first <= line[0] <= draft.last + is_each


def _is_beside(sentence: Sentence, line: Line) -> bool:
    """Whether a class is but what another one is set against: `gegenüber den Vorzügen`, `than the Class A stock`."""
    return not _BESIDE.isdisjoint(sentence.words(line[0] - 2, line[0]))


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence goes on about the shares told of before it: by a pronoun or `since`, with no company named."""
    is_named = any(name.of(NameKind.COMPANY, NameKind.INDEX) is not None for name in sentence.names)
    return not is_named and not _GOING_ON.isdisjoint(sentence.words(sentence.first, sentence.first + 1))
