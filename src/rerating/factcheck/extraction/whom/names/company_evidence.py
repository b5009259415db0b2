"""What a text says of capitals that only a company can be, be told of or have: in points, for and against it.

One mention adds up what stands right before it (`der Rivale X`, `bought X`, `30 Prozent an X`), what stands behind it
(`X employs`, `X, a maker of`, `X mit Sitz in`) and what the next words go on with (`Die Firma`, `It employs`). Against
it are a place (`in X`), a product (`the drug X`, `sales of X`, `Werk X`) and a word that its owner has (`its X`).
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_kind_word
from rerating.factcheck.extraction.text.people import is_role
from rerating.factcheck.extraction.whom.names.capitals import is_camel, is_trade_word
from rerating.factcheck.extraction.whom.names.purchases import is_kin
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective

SURE = 2
"""So many points make a company."""
_NEVER = -4
_TRADED = word_set("evidence", "traded")
_DEALS = word_set("evidence", "deals")
_STAKES = word_set("evidence", "stakes")
_JOINT = word_set("evidence", "joint")
_OF = frozenset(("of", "in", "an", "von", "at", "by", "with", "mit", "to", "from", "for", "für", "bei"))
_PAYING = word_set("acquired", "paying") | word_set("evidence", "paying")
_FINAL = word_set("acquired", "final") | word_set("evidence", "final")
_STRONG = word_set("evidence", "strong")
_WEAK = word_set("evidence", "weak")
_INTENDS = word_set("evidence", "intends")
_BEHIND_COMMA = word_set("evidence", "behind_comma")
_POSSESSED = word_set("evidence", "possessed")
_RIVALRY = word_set("evidence", "rivalry")
_FIRMS = word_set("evidence", "firms")
_FIRM_ADJECTIVES = word_set("evidence", "firm_adjectives")
_GOES_ON = word_set("evidence", "goes_on")
_PRODUCTS = word_set("products", "sorts") | word_set("evidence", "products")
_PRODUCT_ENDS = tuple(word_set("evidence", "product_ends"))
_LAUNCHED = word_set("evidence", "launched")
_PLACES = frozenset(("in", "near", "at", "aus", "nach"))
_OWNERS = frozenset(("its", "their", "his", "her", "seinem", "seine", "seinen", "ihrem", "ihre", "ihren"))
_ARTICLES = frozenset(("the", "a", "an", "der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem"))
_DAUGHTERS = word_set("relations", "daughters")
_REACH = 7


def points(sentence: Sentence, first: int, last: int) -> int:
    """For and against a company in what stands around the capitals [first, last)."""
    return _before(sentence, first) + _behind(sentence, first, last) + _itself(sentence, first, last)


def _itself(sentence: Sentence, first: int, last: int) -> int:
    tokens = sentence.tokens
    words = tokens.text[first:last]
    if tokens.lower[first] in _PRODUCTS or tokens.lower[first].endswith(_PRODUCT_ENDS):
        return _NEVER
    if _is_sort(sentence, first, last):
        return _NEVER
    is_trade = last - first > 1 and (is_kind_word(tokens.lower[last - 1]) or tokens.lower[last - 1] in _SECOND)
    return SURE * is_trade + (any(is_camel(word) for word in words) or "&" in words)


def _is_sort(sentence: Sentence, first: int, last: int) -> bool:
    """Whether capitals in English only say what sort of things a plural tells of: `worth of Libre sensors`."""
    after = sentence.words(last, last + 1)
    is_plural = bool(after) and after[0].endswith("s") and len(after[0]) > _SHORT
    is_led = sentence.words(first - 1, first) in (("of",), ("its",), ("their",), ("the",), ("for",))
    return is_plural and is_led and after[0] not in _POSSESSED | _STRONG | _WEAK


_SECOND = word_set("names", "second") | word_set("evidence", "second")


def _before(sentence: Sentence, first: int) -> int:
    words = sentence.words(max(sentence.first, first - _REACH), first)
    last = words[-1] if words else ""
    if last in _PRODUCTS or last.endswith(_PRODUCT_ENDS) or last in _LAUNCHED or not _LAUNCHED.isdisjoint(words[-3:]):
        return _NEVER
    if last == "of" and first - 2 > sentence.first and sentence.tokens.text[first - 2] in _OFFICES:
        return _NEVER
    if last in _TRADED or last in _KEPT:
        return SURE
    if sentence.text.is_english and words[-2:] == ("'", "s") and _is_country(sentence, first - 3):
        return 1
    if first > sentence.first and is_trade_word(sentence, first - 1):
        return 1 if last in _DAUGHTERS or last.endswith("tochter") else SURE
    if last in _OF and not (_DEALS | _STAKES | _JOINT).isdisjoint(words[-4:-1]):
        return SURE
    if last in _OF and (_is_share(sentence, first) or (last in ("for", "für") and not _PAYING.isdisjoint(words))):
        return SURE
    if last in ("is", "ist", "heißt", "sind", "are") and _tells_kin(sentence, first, len(words)):
        return SURE
    if last in _PLACES or last in _OWNERS:
        return -SURE
    if last in _ARTICLES:
        return -1
    is_from = first > sentence.first and state_by_adjective(
        sentence.tokens.text[first - 1], is_english=sentence.text.is_english
    )
    return 1 if is_from else int(not _RIVALRY.isdisjoint(words))


def _is_country(sentence: Sentence, k: int) -> bool:
    return any(n.first <= k < n.last and n.of(NameKind.REGION, NameKind.INSTITUTION) for n in sentence.names_near(k))


def _tells_kin(sentence: Sentence, first: int, reach: int) -> bool:
    """Whether a noun before tells what somebody is to another: `Größter Lieferant von A ist X`."""
    return any(is_trade_word(sentence, k) for k in range(first - reach, first))


def _is_share(sentence: Sentence, first: int) -> bool:
    """Whether a share of it is held or bought: `40% of X`, `an X hält A 30 Prozent`."""
    lead = sentence.tokens.lower[first - 1]
    around = sentence.figures_near(first)
    if lead in ("of", "an", "in"):
        held = not _HOLDS.isdisjoint(sentence.words(max(sentence.first, first - 2 * _REACH), first + _REACH))
        return held and any(f.mention.unit == "percent" and abs(f.first - first) <= _REACH for f in around)
    return False


_OFFICES = frozenset(("Ministry", "Department", "Office", "Bureau", "Board", "University", "Institute"))
"""`the Ministry of Defence`: one name."""
_HOLDS = word_set("evidence", "holds")
_KEPT = word_set("evidence", "kept")


def _behind(sentence: Sentence, first: int, last: int) -> int:
    tokens = sentence.tokens
    after = sentence.words(last, last + _REACH + 2)
    if not after:
        return 0
    if after[:2] == ("'", "s") or tokens.text[last - 1].endswith("'s"):
        return int(not _POSSESSED.isdisjoint(after[1:5]))
    if after[0] == "," or after[1:2] == (",",):
        told = _behind_comma(sentence, last + (after[0] != ","))
        if told or after[0] == ",":
            return told
    if after[0] in ("of", "aus", "from") and tokens.text[last + 1][:1].isupper():
        end = last + 2 + tokens.text[last + 2][:1].isupper()
        return 1 + _of_verb(sentence.words(end, end + _REACH))
    if after[0] == "independent":
        return 1
    if after[:3] == ("mit", "sitz", "in") or (after[0] == "wegen" and "verklagt" in after):
        return SURE
    if after[0] in _FINAL or (after[0] == "zu" and after[1:2] and after[1] in _FINAL):
        return SURE
    if after[0] == "public" or after[:3] == ("an", "die", "börse"):
        return SURE
    return _of_verb(after)


def _of_verb(after: tuple[str, ...]) -> int:
    """What the verb says whose subject the capitals are."""
    if not after:
        return 0
    if after[1:2] in _OBJECTS:
        return 0
    if after[0] in _STRONG or (after[0] in _INTENDS and not after[0].endswith("ing")):  # not `CPaaS spending`
        return SURE
    if after[:1] in _IS and after[1:2] and after[1] in _INTENDS:
        return SURE
    has = after[0] in ("has", "had", "hat", "hatte") and not _WEAK.isdisjoint(after[1:4])
    return int(has or (after[0] in _WEAK and after[0] not in ("has", "had", "hat", "hatte")))


_IS = (("is",), ("are",), ("was",), ("were",), ("has",), ("have",))
_OBJECTS = (("der",), ("er",), ("sie",))
"""Behind the verb stands who does it: `Ladepunkte betreibt der Konzern`."""


def _behind_comma(sentence: Sentence, last: int) -> int:
    """`X, a maker of`, `X, einem Anbieter von`, `X, based in`, `X, an der A hält`; not `X, its asthma drug`."""
    after = sentence.words(last + 1, last + 1 + _REACH)
    if not after:
        return 0
    if after[0] in _BEHIND_COMMA:
        return SURE
    if any(n.first == last + 1 and n.of(NameKind.REGION) for n in sentence.names_near(last + 1)):
        return _NEVER
    if after[0] in _PRONOUNS:
        if after[1:2] in _IS and after[2:3] and after[2] in _KEPT:
            return SURE
        return 1 if not _SUPPLIES.isdisjoint(after[1:4]) else 0
    stop = next((k for k, word in enumerate(after) if word in (",", ".", ";")), len(after))
    if after[0] in _ARTICLES or after[0] in _OWNERS:
        nouns = [k for k in range(last + 2, last + 1 + stop) if sentence.words(k + 1, k + 3) not in _OWNING]
        words = sentence.tokens.lower[last + 2 : last + 1 + stop]
        if any(is_role(word) for word in words):
            return _NEVER
        if any(
            sentence.tokens.lower[k] in _FIRMS or is_trade_word(sentence, k) or _is_maker(sentence, k) for k in nouns
        ):
            return SURE
        if any(word in _PRODUCTS or word.endswith(_PRODUCT_ENDS) for word in words):
            return _NEVER
    if after[0] in ("an", "in", "bei", "im", "at", "of") and not (_HOLDS | _FINAL).isdisjoint(after):
        return SURE
    return 0


_OWNING = (("'", "s"), ("’", "s"))
"""`X, the company's older drug`: the company owns what X is."""


def _is_maker(sentence: Sentence, k: int) -> bool:
    """Whether an English noun tells who makes or does something (`a chip designer in Bristol`), and is no person's."""
    word = sentence.tokens.lower[k]
    is_noun = sentence.text.is_english and len(word) > _SHORT and word.endswith(("er", "or")) and not is_role(word)
    return is_noun and sentence.tokens.lower[k + 1] in ("of", "in", "for", "from", "with", "that", ",")


_SHORT = 5


_PRONOUNS = frozenset(("which", "die", "das", "der", "whose", "deren", "dessen"))
_SUPPLIES = word_set("evidence", "supplies")


def goes_on(sentence: Sentence, first: int) -> int:
    """Whether the words at a token come back to a company just told of: `Die Firma`, `It employs`, `The startup`."""
    words = sentence.words(first, first + _REACH)
    if len(words) < 2:
        return 0
    if words[0] in ("it", "sie", "es"):
        return int(words[1] in _STRONG or words[1] in _GOES_ON)
    if words[0] in ("its", "their", "ihr", "ihre"):
        return int(words[1] in _POSSESSED)
    if words[:1] not in _THE:
        return int(any(pair in _FIRM_BOUGHT for pair in zip(words, words[2:], strict=False)))
    noun = next((k for k in range(1, len(words)) if _is_firm(words[k:]) or is_kin(sentence, first + k)), None)
    if noun is None:
        return int(not _FIRM_ADJECTIVES.isdisjoint(words[:4]))
    is_told = noun > 1 or words[noun] not in _PLAIN
    return 1 + (is_told and not _FIRM_ADJECTIVES.isdisjoint(words[:4]))


def _is_firm(words: tuple[str, ...]) -> bool:
    """Whether words open with a noun for a company, a `start-up` too."""
    return words[0] in _FIRMS or words[:3] == ("start", "-", "up")


_THE = (("the",), ("der",), ("die",), ("das",))
_FIRM_BOUGHT = frozenset((verb, noun) for verb in ("bought", "acquired") for noun in ("firm", "company", "business"))
_PLAIN = frozenset(("company", "unternehmen", "konzern", "group", "gruppe", "gesellschaft"))
