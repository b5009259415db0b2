"""Companies and indices that stand beside what a clause tells of: `Unlike Nike, it grew`, `Größter Kunde ist Nike`.

Neither the clause's own figures nor the sentences behind it are about them, unless a figure follows them at once:
`schneller als Nike mit 3 Prozent`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind, Place
from rerating.factcheck.extraction.text.lexicon import WHOSE, word_set
from rerating.factcheck.extraction.whom.phrases.closed_clauses import is_in_closed_clause
from rerating.factcheck.extraction.whom.phrases.houses import rates
from rerating.factcheck.extraction.whom.phrases.named_deals import names_deal
from rerating.language.reading.tokens import WORD

_LEADS = word_set("beside", "leads")
_LEADS_FAR = word_set("beside", "leads_far")
_OPENERS = word_set("beside", "openers")
_BETWEEN = word_set("beside", "between")
_PRONOUNS = word_set("beside", "pronouns")
_COUPLES = word_set("beside", "couples")
_COUNTERPARTS = word_set("beside", "counterparts")
_SUBORDINATING = word_set("beside", "subordinating")
_SIGNS = frozenset((",", ";", ":", "–", "—", "(", ")", "|", "„", "“", '"'))
_FAR = 7
_CLAUSE = 25
_EARLY = 4


def is_beside(sentence: Sentence, place: Place) -> bool:
    """Whether a name is but told of beside what its sentence is about."""
    if place.is_noun:
        return False
    return (
        is_led(sentence, place)
        or _is_modifier(sentence, place)
        or is_of_before(sentence, place)
        or is_behind_subject(sentence, place)
        or is_behind_noun(sentence, place)
        or is_counterpart(sentence, place)
        or names_deal(sentence, place)
        or is_in_closed_clause(sentence, place)
    )


def _is_modifier(sentence: Sentence, place: Place) -> bool:
    """Whether an English name only says with whom or whose: `the Meta deal`, `a Meta data center campus`."""
    if place.is_noun or not sentence.text.is_english or place.name.kind is not NameKind.COMPANY:
        return False
    lead = sentence.words(max(sentence.first, place.first - 3), place.first)
    is_noun_next = not _MODIFYING.isdisjoint(sentence.words(place.last, place.last + 1))
    return is_noun_next and not _DETERMINERS.isdisjoint(lead)


_MODIFYING = word_set("beside", "modifying")
_DETERMINERS = frozenset(("a", "an", "the", "its", "this", "that", "each", "every", "new"))


def is_ahead(sentence: Sentence, place: Place) -> bool:
    """Whether a name heads its sentence, or its clause behind an adverbial (`Der Rivale X verlor`, `shares of X`, `On
    Tuesday, X said`), or is what its clause leads up to (`Mehr Sorgen bereitet X.`)."""
    tokens, is_english = sentence.tokens, sentence.text.is_english
    is_last = place.last >= sentence.last or tokens.text[place.last] in _ENDS
    if sentence.houses or (is_last and not is_english):
        return True
    for k in range(place.first - 1, max(sentence.first, place.first - _CLAUSE) - 1, -1):
        low = tokens.lower[k]
        if tokens.text[k] in _SIGNS or low in _COUNTERPARTS or low in _SHARES:
            return True
        is_joint = tokens.kind[k] != WORD or tokens.text[k - 1] == "-" or (not is_english and low.endswith(_ENDINGS))
        if not (low in _HEADED or is_joint or tokens.text[k][:1].isupper()):
            return False
    return True


_ENDS = frozenset((".", ";", ":", "!", "?"))
_ENDINGS = ("en", "er", "em", "s")
_HEADED = word_set("beside", "headed") | _BETWEEN
_SHARES = word_set("subjects", "shares")


def told_beside(sentence: Sentence, place: Place, at: int) -> float:
    """How little a name looks like the subject of the words at a token because it stands beside it."""
    if place.is_noun or place.name.kind not in (NameKind.COMPANY, NameKind.INDEX):
        return 0.0
    if names_deal(sentence, place):
        return _BESIDE
    if place.first > at:
        is_told_apart = not sentence.text.is_english and _is_behind_break(sentence, place, at)
        is_told_apart = is_told_apart or _is_compared(sentence, place, at)
        return _BESIDE if is_told_apart or is_led(sentence, place) else 0.0
    if _is_modifier(sentence, place):
        return _BESIDE
    is_led_in = is_led(sentence, place) and not _is_own(sentence, place, at) and not _tells_on(sentence, place, at)
    is_over = is_past(sentence, place, at) or is_in_closed_clause(sentence, place, at)
    return _BESIDE if is_led_in or is_over else 0.0


_BESIDE = 8.0


def _is_own(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a figure follows a name at once: `schneller als X mit 3 Prozent`, `ahead of X at 9%`, `wie X (9)`."""
    is_figure = any(figure.first == at for figure in sentence.figures_near(at))
    between = sentence.words(place.last, at)
    between = between[1:] if between[:2] in _TRADING_AT else between
    return is_figure and len(between) <= _CLOSE and _TAILS.issuperset(between)


_CLOSE = 3
_TRADING_AT = ((",", "on"), (",", "at"))
"""`dearer than X, on 12 times earnings`."""
_TAILS = word_set("beside", "tails")


def _is_compared(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a figure that another one is set against is the one of a name: `a P/E of 17, vs. 24 for X`."""
    figure = next((f for f in sentence.figures_near(place.first) if at < f.first < place.first), None)
    return figure is not None and not _AGAINST.isdisjoint(sentence.words(at, figure.first))


_AGAINST = word_set("subjects", "against")


def _tells_on(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a relative clause goes on about a name up to a token: `than X, which trades at 9`, `X, dessen Kurs`."""
    words = sentence.words(place.last, at)
    if words[:1] == (",",) and words[1:2] and words[1] in _RELATIVES:
        return "," not in words[2:]
    return any(one == "," and not WHOSE.isdisjoint(words[k + 1 : k + 3]) for k, one in enumerate(words))


_RELATIVES = frozenset(("der", "die", "das", "which", "who", *WHOSE))


def is_of_before(sentence: Sentence, place: Place) -> bool:
    """Whether a name only says where somebody comes from: `former X manager`, `Ex-X-Chef`."""
    return not _FORMER.isdisjoint(sentence.words(place.first - 2, place.first))


_FORMER = word_set("beside", "former")


def is_led(sentence: Sentence, place: Place) -> bool:
    """Whether a preposition or a word of comparison leads a name in: `mit dem Rivalen X`, `unlike X`, `nach den Zahlen
    von X`; not where what is led has its own verb (`with X up 3%`)."""
    tokens = sentence.tokens
    if not _MERGERS.isdisjoint(sentence.words(place.first - 4, place.first)):
        return False
    for k in range(place.first - 1, max(sentence.first, place.first - _FAR) - 1, -1):
        word = tokens.lower[k]
        if word in _TO and tokens.lower[k - 1] in _CONTRASTS:
            return True
        is_article = word == "an" and sentence.text.is_english
        if (word in _LEADS and not is_article) or (
            word in _LEADS_FAR and place.first - k > 1 and tokens.lower[k + 1] not in _SUCH
        ):
            return not _is_absolute(sentence, k) and not _is_held(sentence, k)
        if word == "auf" and k == sentence.first:
            return sentence.words(place.last, place.last + 1) in _FALLS_TO
        if word in _OPENERS and k == sentence.first:
            return not sentence.text.is_english or tokens.text[place.last : place.last + 2] == ["'", "s"]
        if not _joins(sentence, k):
            return False
    return False


_MERGERS = word_set("takeovers", "mergers")
_TO = frozenset(("zu", "zum", "zur", "to", "with"))
_CONTRASTS = word_set("beside", "contrasts")
_SUCH = frozenset(("allem", "beispiel"))
"""`vor allem X`: no preposition."""
_MERGERS = word_set("takeovers", "mergers")
_FALLS_TO = frozenset((word,) for word in ("entfallen", "entfällt", "entfielen", "entfiel"))


def _is_absolute(sentence: Sentence, k: int) -> bool:
    """Whether `with` behind a comma opens a clause without a verb: `..., with X up 3%`."""
    return sentence.tokens.lower[k] in ("with", "mit") and sentence.words(k - 1, k) in ((",",), ("–",), ("—",))


def _is_held(sentence: Sentence, k: int) -> bool:
    """Whether a part of a company is told of: `2,9 Prozent an X`."""
    return sentence.tokens.lower[k] == "an" and any(figure.last == k for figure in sentence.figures_near(k))


def _joins(sentence: Sentence, k: int) -> bool:
    """Whether a token may stand between a preposition and the name that it leads: articles, adjectives, nouns; no verb
    behind a noun (`Seit Jahresbeginn haben X verloren`)."""
    tokens = sentence.tokens
    if tokens.kind[k] != WORD:
        return tokens.text[k] == "-"
    low, is_capital = tokens.lower[k], tokens.text[k][:1].isupper()
    if low in _BETWEEN or low in _COUNTERPARTS:
        return True
    if sentence.text.is_english:
        return is_capital and k > sentence.first
    is_verb = tokens.kind[k - 1] == WORD and tokens.text[k - 1][:1].isupper() and k - 1 > sentence.first
    return is_capital or (low.endswith(("en", "em", "er")) and not is_verb)


def is_parted(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a noun for a company at a token stands for another one than the name before it, which is but told beside
    it: `Anders als X zahlt das Unternehmen`."""
    if _tells_on(sentence, place, at + 1):
        return False
    if is_led(sentence, place) or is_of_before(sentence, place) or is_counterpart(sentence, place):
        return True
    if is_in_closed_clause(sentence, place, at):
        return True
    return "," in sentence.words(place.last, at) and is_behind_subject(sentence, place)


def is_behind_subject(sentence: Sentence, place: Place) -> bool:
    """Whether a pronoun is the subject of a name's clause, or a clause in which somebody says or fears something opens
    before it: `2023 hatte sie X verklagt`, `raises its target because X is losing share`."""
    tokens = sentence.tokens
    if rates(sentence, place):  # `Er sieht X mit Kaufen`: an analyst tells whom he rates
        return False
    for k in range(place.first - 1, max(sentence.first, place.first - _CLAUSE) - 1, -1):
        if tokens.text[k] in _SIGNS:
            return tokens.text[k] == "," and not sentence.houses and _is_relative(sentence, k + 1)
        if tokens.lower[k] in _PRONOUNS and tokens.lower[k] != "es":
            return True
        if tokens.lower[k] in _OURSELVES and not _QUOTES.isdisjoint(tokens.text[sentence.first : k]):
            return True
        if tokens.lower[k] in _SUBORDINATING and k > sentence.first:
            return place.first - k <= 3
    return False


def _is_relative(sentence: Sentence, k: int) -> bool:
    """Whether a relative clause opens at a token: `, who spent twelve years at X`, `, der von X kommt`."""
    word, after = sentence.words(k, k + 1), sentence.words(k + 1, k + 2)
    if sentence.text.is_english:
        return word in _WHO
    return word in _DER and after in _INTO


_WHO = (("who",), ("which",), ("whose",), ("where",))
_DER = (("der",), ("die",), ("das",), ("dem",), ("den",))
_INTO = (
    ("von",),
    ("zuvor",),
    ("bisher",),
    ("früher",),
    ("bei",),
    ("mit",),
    ("aus",),
    ("einst",),
    ("zuletzt",),
    ("auch",),
)
_OURSELVES = frozenset(("we", "wir", "our", "us", "unser", "unsere", "uns"))
_QUOTES = frozenset(("„", "“", '"', "«", "»"))


def is_behind_noun(sentence: Sentence, place: Place) -> bool:
    """Whether a noun for the company told of, or one of its people, opens the sentence: `The company said X would`,
    `Finanzchefin Berg wechselt zu X`."""
    for cue in sentence.cues_near(sentence.first):
        between = sentence.words(cue.last, place.first)
        is_noun = cue.family in ("papers", "company_noun") and cue.first - sentence.first <= _EARLY
        if is_noun and between and _OF.isdisjoint(between[:3]):
            return not _THE.isdisjoint(sentence.words(cue.first - 1, cue.first))
    opening = sentence.words(sentence.first, min(sentence.first + _EARLY, place.first - 1))
    person = next((sentence.first + k for k, word in enumerate(opening) if word in _PEOPLE), None)
    if person is None:
        return False
    behind = sentence.tokens.text[person + 1 : place.first]
    return any(word[:1].islower() and word not in _POSTS for word in behind)


_THE = frozenset(("the", "der", "die", "das"))
_OF = frozenset(("of", "von", ",", "in", "-", "(", "'"))
_PEOPLE = word_set("speech", "executives")
_POSTS = frozenset(("of", "at", "von", "bei", "des", "der", "officer", "executive", "the"))
"""`Finanzchef Kurt Lang von X`: of its own."""


def is_counterpart(sentence: Sentence, place: Place) -> bool:
    """Whether a name is told as what it is to another one: `Größter Kunde ist X`, `X is a partner in the venture`."""
    tokens = sentence.tokens
    is_coupled = is_told = False
    for k in range(place.first - 1, max(sentence.first, place.first - _CLAUSE) - 1, -1):
        if tokens.text[k] in _SIGNS:
            break
        is_coupled = is_coupled or tokens.lower[k] in _COUPLES
        is_told = is_told or (is_coupled and tokens.lower[k] in _COUNTERPARTS)
    behind = sentence.words(place.last, place.last + 6)
    return is_told or (behind[:1] != () and behind[0] in _COUPLES and not _COUNTERPARTS.isdisjoint(behind[1:]))


def is_past(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether the clause of a name is over at a token, and another one's with a subject of its own goes on there:
    `has lost 31% while X gained 15%, and at $41.30 it sits`, `14 times against 22 at X, and the yield is 3%`."""
    tokens = sentence.tokens
    sign = next((k for k in range(place.last, at) if tokens.text[k] in (",", ";", "–", "—")), None)
    lead = sentence.words(place.first - 3, place.first)
    if sign is None or place.first - sentence.first <= 3:
        return False
    opening = sentence.words(sign + 1, at)
    if opening[:1] in _GOING_ON and sentence.words(place.last, place.last + 1) != (",",):
        return False
    is_closing = sign == place.last and opening[:1] in _AND
    if _SUBORDINATING.isdisjoint(lead) and not is_closing:
        return False
    is_headed = opening[opening[:1] in _AND :][:1] in _SUBJECTS and "," not in opening
    return is_headed or not _PRONOUNS.isdisjoint(sentence.words(sign, at + 6))


_GOING_ON = (("which",), ("womit",), ("wodurch",))
"""`inched up to 3,412, which leaves it 1% short of its peak`: of the same one."""
_AND = (("and",), ("but",), ("und",), ("aber",), ("doch",))
_SUBJECTS = (("the",), ("its",), ("der",), ("die",), ("das",), ("ihr",), ("ihre",), ("sein",), ("seine",))


def _is_behind_break(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether another clause than a figure's tells of a name behind it: `Sie gewann 6 Prozent, der DAX nur drei`."""
    tokens = sentence.tokens
    if sentence.words(sentence.first, sentence.first + 1) and tokens.lower[sentence.first] in _SUBORDINATING:
        return False
    return any(tokens.text[k] in (",", ";", "–", "—") for k in range(at, place.first))
