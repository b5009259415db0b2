"""The word that makes a figure a plan: guidance, what a company means to reach, promises; not what is over."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.cues import THAN, nearest
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import Found, word_set
from rerating.factcheck.extraction.voices.announcing import announced, is_in_relative, is_past_inset, replaced
from rerating.factcheck.extraction.voices.speakers import NEAR, OWN_PEOPLE, has_analysts, is_told_of_itself


def planned(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure a plan; none where a verb of the past stands nearer."""
    if _is_bracketed_past(sentence, figure) or is_past_inset(sentence, figure):
        return None
    other = replaced(sentence, figure)
    return _planned(sentence, figure if other is None else other) or announced(sentence, figure)


def _is_bracketed_past(sentence: Sentence, figure: Figure) -> bool:
    """`soll weniger als das 1,5-Fache betragen (30.06.2026: 1,7x)`: a day or a period before a colon in brackets."""
    lead = sentence.words(figure.lead - 8, figure.lead)
    if "(" not in lead or lead[-1:] != (":",):
        return False
    label = lead[len(lead) - lead[::-1].index("(") : -1]
    return bool(label) and all(word[:1].isdigit() or word in _PERIODS for word in label)


_PERIODS = word_set("announcing", "periods")


def _planned(sentence: Sentence, figure: Figure) -> Found | None:
    found = nearest(sentence, figure, "guidance", reach=16, cost=1.8)
    former = _formerly(sentence, figure)
    if former is not None or _is_over(sentence, figure):
        return former
    if found is not None and (_is_others(sentence, found) or _is_apart(sentence, found, figure)):
        found = None
    if found is None or _is_works(sentence, found):
        return (
            _meant(sentence, figure)
            or _promised(sentence, figure)
            or _valued(sentence, figure)
            or _joined(sentence, figure)
        )
    if found.last <= figure.first:
        between = sentence.words(found.last, figure.first)
        if not PAST.isdisjoint(between) or _turns_back(between) or is_in_relative(sentence, figure, found.last):
            return None
    elif not _is_planned_behind(sentence, figure, found):
        return _meant(sentence, figure) or _promised(sentence, figure)
    words = sentence.words(figure.tail, figure.tail + 4)
    tail = set(words[: words.index(",")] if "," in words else words)
    if _is_of_earlier_year(sentence, figure):
        return None
    if tail & BEFORE and not tail & {"2026", "2027"}:
        return None
    return found


def _is_apart(sentence: Sentence, cue: Found, figure: Figure) -> bool:
    """`hält Prognose trotz schwacher Sparte - Auftragsplus von 9 Prozent`: a head's dash ends what a plan tells of.

    `meldet für das Geschäftsjahr ein Ebitda von`: a span alone plans nothing that is reported.
    """
    if cue.last > figure.first:
        return False
    if cue.key == "guidance" and sentence.words(cue.first, cue.first + 2) in _OF_SPANS:
        words = sentence.words(sentence.first, figure.lead)
        return not _REPORTS.isdisjoint(words)
    if sentence.role not in (BlockRole.TITLE, BlockRole.HEADING):
        return False
    text, glued = sentence.tokens.text, sentence.tokens.glued
    at = [k for k in range(cue.last, sentence.last - 1) if text[k] in "-–—" and not glued[k] and not glued[k + 1]]
    return len(at) == 1 and at[0] < figure.lead


_OF_SPANS = frozenset(
    (one, other) for one in ("für", "im", "bis") for other in ("das", "gesamtjahr", "ende", "kommenden", "nächsten")
)
_REPORTS = frozenset(("meldet", "melden", "meldete", "verbucht", "weist", "berichtet", "verzeichnet", "präsentiert"))


def _is_of_earlier_year(sentence: Sentence, figure: Figure) -> bool:
    """`to pass 18% in 2027, against 16.7% in 2025`: what the plan is measured by, of a year before it."""
    if sentence.words(figure.lead - 1, figure.lead) not in (
        ("against",),
        ("versus",),
        ("from",),
        ("with",),
        ("after",),
    ):
        return False
    tail = sentence.words(figure.last, figure.last + 2)
    years = [word for word in sentence.words(figure.lead - 12, figure.lead) if word.isdigit() and len(word) == 4]
    return tail[:1] == ("in",) and tail[1:] != () and bool(years) and tail[1].isdigit() and tail[1] < max(years)


def _is_others(sentence: Sentence, cue: Found) -> bool:
    """`beat forecasts`, `against City forecasts of 2 per cent`: what others expected is no plan."""
    if sentence.words(cue.last - 1, cue.last) not in (("forecasts",), ("forecast",), ("projections",)):
        return False
    before = sentence.words(cue.first - 1, cue.first)
    return before != () and (before[0] in _BEATING or before[0] in _OUTSIDE)


_BEATING = word_set("status", "beaten")
_OUTSIDE = frozenset(("city", "street", "analysts", "analyst", "market", "consensus", "economists", "'", "s"))


def _is_works(sentence: Sentence, cue: Found) -> bool:
    """`the plant`, `a plant in Ohio`: in English no plan."""
    words = sentence.words(cue.first, cue.last)
    return words == ("plant",) and not _ENGLISH.isdisjoint(sentence.words(cue.first - NEAR, cue.last + NEAR))


_ENGLISH = frozenset(("the", "of", "and", "at", "its"))


def _is_over(sentence: Sentence, figure: Figure) -> bool:
    """`fewer than the 145 added in 2025`, `mehr als die 65 im Vorjahr`: what a plan is compared with."""
    if sentence.words(figure.first - 2, figure.first) not in _THAN_THE:
        return False
    tail = sentence.words(figure.last, figure.last + 6)
    return not _DONE.isdisjoint(tail) or not PAST.isdisjoint(tail)


_THAN_THE = frozenset(
    [(one, other) for one in ("than", "als", "from", "after") for other in ("the", "its", "die", "den")]
    + [("up", "from"), ("down", "from")]
)
_DONE = word_set("expecting", "done")


def _turns_back(between: tuple[str, ...]) -> bool:
    """Whether words between a plan and a figure lead back to the past: `, im ersten Halbjahr hatte sie bei`, `after
    adding`, `has raised`."""
    if not _FORMERLY.isdisjoint(between):
        return False
    if not _AND_HAS.isdisjoint(pairwise(between)):
        return True
    for k, word in enumerate(between):
        after = between[k + 1] if k + 1 < len(between) else ""
        if word in ("after", "having", "following") and after.endswith("ing"):
            return True
        if word in _PERFECT and after.endswith("ed") and "," in (between[k - 1], *between[max(0, k - 6) : k]):
            return True
        if (word in _WAS or word in _DECIDED) and "," in between[max(0, k - 6) : k]:
            return True
    return "nachdem" in between


_AND_HAS = frozenset((("and", "has"), ("and", "have"), ("und", "hat"), ("und", "haben")))
"""`will raise its output by 3% and has no more than 20% of it hedged`: behind the plan what is."""
_FORMERLY = frozenset(("bisher", "bislang", "zuvor", "vorher", "previously", "before"))
"""A former plan is a plan."""
_DECIDED = word_set("expecting", "decided")
_PERFECT = frozenset(("has", "have", "had"))
_WAS = frozenset(("hatte", "hatten", "war", "waren", "was", "were", "had"))


def _formerly(sentence: Sentence, figure: Figure) -> Found | None:
    """`down from a previous range of`, `5% below the original budget`, `bislang war von 1,5 Milliarden die Rede`."""
    first = max(sentence.first, figure.lead - 4)
    for start, words in ((first, sentence.words(first, figure.lead)), _behind(sentence, figure)):
        for k, (one, other) in enumerate(pairwise(words)):
            if one in _FORMER and other.removesuffix("s") in _PLANS:
                return Found(start + k, start + k + 2, "guidance", "former")
    tail = sentence.words(figure.last, figure.last + 4)
    is_past = not _HAS.isdisjoint(sentence.words(figure.lead - 8, figure.lead))
    is_more = bool(_COMPARES & set(tail)) and not _PROMISED.isdisjoint(sentence.words(figure.last, figure.last + 6))
    if is_more and not is_past:
        return Found(figure.last, figure.last + 1, "guidance", "former")
    is_talk = "rede" in tail or not _AIMED.isdisjoint(tail)
    before = sentence.words(figure.lead - 8, figure.lead)
    if _is_foretold(before) and not has_analysts(sentence, figure):
        return Found(figure.lead - 1, figure.lead, "guidance", "former")
    if is_talk and BEFORE.isdisjoint(tail) and not _UNTIL_NOW.isdisjoint(before):
        return Found(figure.last, figure.last + 1, "guidance", "former")
    return None


def _is_foretold(before: tuple[str, ...]) -> bool:
    """`having previously pointed to`, `in May he had predicted`: what a company told of itself before."""
    for k, word in enumerate(before):
        if word in _TOLD and before[k - 1 : k] == ("previously",) and "(" not in before[:k]:
            return k > 1 and before[k - 2] in ("having", "had")
        if word in _TOLD and before[k - 1 : k] == ("had",) and k > 1 and before[k - 2] in _SELF:
            return True
    return False


_TOLD = word_set("expecting", "told")
_SELF = (OWN_PEOPLE | {"he", "she", "it", "they", "company", "group", "management", "board"}) - {"es"}


def _behind(sentence: Sentence, figure: Figure) -> tuple[int, tuple[str, ...]]:
    words = sentence.words(figure.last, figure.last + 6)
    ends = next((k for k, word in enumerate(words) if word in (",", ";", ".", "and", "und")), len(words))
    return figure.last, words[:ends]


_FORMER = word_set("expecting", "former")
_PLANS = word_set("expecting", "plans")
_HAS = frozenset(("hat", "haben", "has", "have", "hatte", "had"))
_COMPARES = frozenset(("than", "als"))
_PROMISED = frozenset(
    ("promised", "planned", "guided", "targeted", "vorgesehen", "geplant", "versprochen", "angekündigt", "feared")
)
"""`$7 billion more than promised in May`, `ein Drittel mehr als bislang vorgesehen`."""
_UNTIL_NOW = frozenset(("bislang", "bisher", "zuvor", "zunächst", "ursprünglich"))
_AIMED = word_set("expecting", "aimed")


def _valued(sentence: Sentence, figure: Figure) -> Found | None:
    """`Die Mehrkosten beziffert der Konzern im laufenden Jahr auf 100 Milliarden Yen`: what it reckons with itself."""
    words = sentence.words(figure.lead - 16, figure.last + 6)
    is_yearly = not _YEARLY.isdisjoint(sentence.words(figure.last, figure.last + 3)) and "beziffert" in words
    if (_COMING.isdisjoint(words) and _HOPED.isdisjoint(words) and not is_yearly) or has_analysts(sentence, figure):
        return None
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - 14) - 1, -1):
        if lower[k] not in _VALUES:
            continue
        beside = {*sentence.words(k - 3, k), *sentence.words(k + 1, k + 4)}
        is_own = (
            not beside.isdisjoint(OWN_PEOPLE)
            or any(word.endswith(("chef", "chefin")) for word in beside)
            or any(
                k - 3 <= named.last and named.first <= k + 3 and named.of(NameKind.COMPANY) for named in sentence.names
            )
        )
        return Found(k, k + 1, "guidance", "valued") if is_own else None
    return None


_COMING = word_set("expecting", "coming")
_HOPED = frozenset(("potential", "boost", "benefit", "benefits", "savings", "synergies", "einsparungen", "synergien"))
"""`management put the potential boost at $1.7 billion a year`."""
_YEARLY = frozenset(("jährlich", "jahr"))
_VALUES = frozenset(
    ("beziffert", "beziffern", "puts", "put", "pegs", "veranschlagt", "taxiert", "schätzt", "estimates")
)


def _joined(sentence: Sentence, figure: Figure) -> Found | None:
    """`has promised to lift the margin to 20.5% and to cut leverage to less than 2.5 times`: the second of two aims."""
    words = sentence.words(figure.lead - _JOINS, figure.lead)
    at = next((k for k, pair in enumerate(pairwise(words)) if pair == ("and", "to")), None)
    if at is None or has_analysts(sentence, figure):
        return None
    first = figure.lead - len(words)
    for k in range(first + at - 1, max(sentence.first, first + at - _APART), -1):
        if sentence.tokens.lower[k] in (";", ":"):
            return None
        if sentence.tokens.lower[k] in _AIMS_TO and sentence.words(k + 1, k + 2) == ("to",):
            return Found(k, k + 1, "guidance", "joined")
    return None


_JOINS, _APART = 12, 30
_AIMS_TO = word_set("expecting", "aims_to")


def _promised(sentence: Sentence, figure: Figure) -> Found | None:
    """`stellt das Management rund 2,75 Mrd. Euro Umsatz und eine Marge von 18 % in Aussicht`: the verb's two parts."""
    if "aussicht" not in sentence.words(figure.last, figure.last + 18):
        return None
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - 18) - 1, -1):
        if lower[k] in _PROMISE:
            return Found(k, k + 1, "guidance", "promised")
    return None


_PROMISE = frozenset(("stellt", "stellte", "stellen", "stellten"))


def _meant(sentence: Sentence, figure: Figure) -> Found | None:
    """`said the margin should expand by 300 basis points`, `is to grow from 3,700 to 5,000`: what a company means."""
    lower = sentence.tokens.lower
    is_led = figure.lead < figure.first and lower[figure.lead] in _BECOMES
    for k in range(figure.lead - (not is_led), max(sentence.first + 1, figure.lead - 15), -1):
        word = lower[k]
        if word in PAST or word in _PERFECT or word in (";", ":", "already", "bereits"):
            return None
        if word not in _BECOMES:
            continue
        modal = k - 1 if lower[k - 1] not in _ADVERBS else k - 2
        if modal <= sentence.first or sentence.cost(k, figure.first) > CLAUSE:
            continue
        is_to = lower[modal] == "to" and lower[modal - 1] in _IS_TO
        is_to = is_to or (lower[modal] in ("will", "ll") and "we" in lower[modal - 2 : modal])
        is_own = lower[modal] == "should" and not sentence.houses and not has_analysts(sentence, figure)
        if is_to or is_own or (lower[modal] in MODALS and is_told_of_itself(sentence, figure)):
            return Found(modal, k + 1, "guidance", "meant")
    return None


_IS_TO = ("is", "are", "going", "supposed", "meant", "set", "due", "slated", "scheduled", "designed")
CLAUSE = 1.8
_BECOMES = word_set("expecting", "becomes")
_ADVERBS = frozenset(("also", "now", "still", "again", "not", "only", "then", "probably", "likely"))
MODALS = frozenset(("should", "would", "could", "can", "will", "might", "may", "ll"))


def _is_planned_behind(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """Whether a plan's cue behind the figure belongs to it: in its clause, no verb of the past before the figure."""
    before = sentence.words(cue.first - 1, cue.first)
    is_compared = before in THAN or (before in _ARTICLES and sentence.words(cue.first - 2, cue.first - 1) in THAN)
    if sentence.cost(figure.last, cue.first) >= 1.0 or is_compared or before in _AND:
        return False
    if not _MEASURED.isdisjoint(sentence.words(cue.first - 3, cue.first)):
        return False
    is_bracket = before == ("(",) and sentence.words(cue.last, cue.last + 1) == (":",)
    is_past = not PAST.isdisjoint(sentence.words(figure.first - 8, figure.first))
    return not is_bracket and not is_past and cue.first - figure.last <= 8


_ARTICLES = (("die",), ("den",), ("das",), ("the",), ("its",), ("der",))
_AND = frozenset((word,) for word in ("and", "und", "but", "aber", "sowie"))
"""Before a plan's verb: the plan comes behind it, `has raised prices by 2% and plans ...`."""
_MEASURED = frozenset(
    ("hinter", "über", "unter", "oberhalb", "unterhalb", "above", "below", "behind", "beyond", "within", "inside")
)
"""Before guidance: what a figure is measured by, `blieb mit 268 Millionen hinter den Prognosen zurück`."""
BEFORE = frozenset(
    ("vorjahr", "vorjahres", "abgelaufenen", "vergangenen", "earlier", "ago", "last", "previously", "zuvor")
)
"""Words behind a figure that belongs to the past, beside a plan."""
PAST = word_set("kinds", "past")
