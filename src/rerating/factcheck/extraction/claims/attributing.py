"""How far what somebody says reaches: which claims of a sentence are put into a mouth, and which are its own voice."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.speech import Voice


def spoken(draft: Draft) -> str:
    """Attributed where somebody is said to say it, and it is no company's report of its own figures."""
    voice = draft.voice
    if voice is None:
        return "reported_fact"
    if not voice.is_quoted and _is_reckoned_here(draft):
        return "opinion"
    if draft.values and not voice.is_turn and _is_aside(draft):
        return "reported_fact"
    is_theirs = voice.is_quoted or not voice.is_reporting or _is_told(draft, voice)
    if voice.is_attributed and is_theirs and reaches(draft, voice):
        return "attributed"
    return "attributed" if voice.is_indirect and voice.source else "reported_fact"


def _is_reckoned_here(draft: Draft) -> bool:
    """`maybe 3%, by my reckoning`: the author's own figure."""
    before, behind = (
        draft.sentence.words(draft.first - 24, draft.first),
        draft.sentence.words(draft.last, draft.last + 24),
    )
    at = max((k for k, word in enumerate(before) if word == ";"), default=-1)
    words = (*before[at + 1 :], "-", *behind[: behind.index(";") if ";" in behind else len(behind)])
    return any(pair[0] in ("my", "our") and pair[1] in _RECKONINGS for pair in pairwise(words))


_RECKONINGS = frozenset(("reckoning", "count", "calculations", "math", "maths", "estimate", "numbers"))


def reaches(draft: Draft, voice: Voice) -> bool:
    """Whether what is said spans the claim: `laut X` its own clause, a verb of saying its part of the sentence."""
    if voice.is_quoted or voice.is_indirect or not (voice.says or voice.named):
        return True
    return any(_spans(draft, k, is_verb=True) for k in _nearest(voice.says, draft.first)) or any(
        _spans(draft, k, is_verb=False) for k in _nearest(voice.named, draft.first)
    )


def _nearest(words: tuple[int, ...], at: int) -> tuple[int, ...]:
    """The words right before and behind a token, and the last of them."""
    k = bisect_left(words, at)
    return (*words[max(0, k - 1) : k + 1], *words[-1:])


def _spans(draft: Draft, k: int, *, is_verb: bool) -> bool:
    """Whether the word of saying at a token speaks of the claim."""
    sentence = draft.sentence
    between = sentence.words(draft.last, k) if draft.last <= k else sentence.words(k, draft.first)
    if (";" in between and not _is_taken_up(draft)) or (":" in between and draft.last <= k and not is_verb):
        return False
    if draft.last <= k and sentence.words(k, k + 2) == ("reports", "that"):
        return False
    before = sentence.words(sentence.first, k)
    is_head = not is_verb and (k - sentence.first <= _HEAD or ":" in before[-_HEAD - 1 :])
    if draft.kind == "holding" and not is_verb and _is_presupposed(draft):
        return False
    if (
        draft.kind == "holding"
        and not is_verb
        and not sentence.text.is_english
        and not _CLAUSE_ENDS.isdisjoint(between)
    ):
        return False
    if is_verb and draft.last <= k and "which" in between:
        return False
    is_behind = draft.last <= k and not is_verb and not sentence.text.is_english
    if is_behind and not _PARTS.isdisjoint(between) and _AS.isdisjoint(between):
        return False
    if k < draft.first and not _WHILE.isdisjoint(between) and not is_head:
        return False
    is_tag = k >= sentence.last - 5 and is_verb
    if draft.last <= k and not is_tag and not _SUBORDINATE.isdisjoint(between):
        return False
    is_service = not is_verb or sentence.tokens.lower[k] in _SHOWING
    if is_service and draft.last <= k and draft.kind in _OF_COMPANY and not _CONSENSUS.isdisjoint(between):
        return False
    return is_verb or is_head or sentence.cost(k, draft.first) <= CLAUSE


_PARTS = frozenset((",", "und", "-", "–", "—"))
"""Behind a figure another clause begins with them: `wurde abgespalten, und die Streichungen sind laut X umgesetzt`."""
_AS = frozenset(("so", "wie"))


def _is_aside(draft: Draft) -> bool:
    """`Cheesecake, which carries $575 million of debt, said`, `over inflation, which stood at 4.6%`: in passing."""
    sentence = draft.sentence
    if sentence.words(draft.last, draft.last + 2) == (",", "which") and draft.kind == "ratio":
        return True
    before = sentence.words(draft.first - 7, draft.first)
    at = next((j for j in range(len(before) - 1, 0, -1) if before[j] in ("which", "who", "whose")), None)
    if at is None or before[at - 1] != "," or "," in before[at:]:
        return False
    ends = sentence.words(draft.last, draft.last + 11)
    close = ends.index(",") if "," in ends[:8] else None
    is_before_verb = close is not None and not _VERBS.isdisjoint(ends[close : close + 3])
    return is_before_verb or before[at + 1 : at + 2] in _STANDS


_VERBS = word_set("speech", "say")
_STANDS = (("stood",), ("carries",), ("carried",), ("stands",))
_SHOWING = frozenset(("shows", "showed", "show", "indicates", "suggests"))


_CLAUSE_ENDS = frozenset((",", "und"))
"""What somebody holds is known; what `laut` tells of is what becomes of it: `hält 16 % und dürfte laut X verkaufen`."""
_HEAD = 2
"""`Vorläufigen Angaben zufolge ...`: so near the beginning it is said of the whole sentence."""


def _is_presupposed(draft: Draft) -> bool:
    """`erwägt den Verkauf ihrer Beteiligung von 60 Prozent`: what is told of is known."""
    lead = draft.sentence.words(draft.first - 4, draft.first)
    return lead[-1:] in (("von",), ("of",)) and not {"ihrer", "seiner", "ihres", "seines", "its"}.isdisjoint(lead)


def _is_taken_up(draft: Draft) -> bool:
    """`; Anfang Februar waren es noch 25,8 %`: the clause only tells the same of another time."""
    return any(pair in _IT_WAS for pair in pairwise(draft.sentence.words(draft.first - 5, draft.first)))


_IT_WAS = frozenset((("waren", "es"), ("war", "es"), ("es", "waren"), ("sind", "es")))


_WHILE = frozenset(("while", "whereas", "während", "wohingegen"))
_OF_COMPANY = frozenset(("financial_figure", "growth", "operating_metric"))
"""Behind it an expectation may stand, which the service then tells: `$6.21 topped the estimate of $5.72, LSEG says`."""
CLAUSE = 2.0
"""The cost of a clause's end: beyond it `laut` speaks of something else."""
_CONSENSUS = word_set("status", "consensus")
_SUBORDINATE = frozenset(
    ("after", "nachdem", "weil", "because", "while", "während", "obwohl", "although", "when", "since", "whereas")
)


def _is_told(draft: Draft, voice: Voice) -> bool:
    """What a company says of its business beside its accounts: shipments, shares, prices."""
    if voice.says and _is_perfect(draft, voice):
        return True
    is_said = bool(voice.says) and not _REPORTS & set(draft.sentence.words(draft.sentence.first, draft.sentence.last))
    is_result = draft.metric == "trial_result" or (draft.kind == "growth" and draft.metric not in _ACCOUNTS)
    return is_said and (draft.kind in _TOLD or is_result)


def _is_perfect(draft: Draft, voice: Voice) -> bool:
    """`said profit had surged 54%`, `reporting that shipments had increased`: told back in indirect speech."""
    k = max((at for at in voice.says if at < draft.first), default=None)
    if k is None or draft.first - k > _INDIRECT_REACH:
        return False
    words = draft.sentence.words(k, draft.first)
    return not _HAD.isdisjoint(words)


_INDIRECT_REACH = 24
_HAD = frozenset(("had", "have"))
_TOLD = frozenset(("operating_metric", "market_share", "ratio", "indicator", "capex"))
_REPORTS = frozenset(("reported", "posted", "announced", "meldete", "berichtete", "mitteilte", "teilte", "gab"))
_ACCOUNTS = word_set("status", "accounts")
