"""The part a name plays in its clause: what it says something of, or what stands beside that."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading.tokens import WORD

BESIDE = word_set("subjects", "beside")
"""Words before a name that is but told beside the clause's own."""
_COMPARED = word_set("subjects", "compared")


def oblique(sentence: Sentence, place: Place, at: int, *, is_before: bool) -> float:
    """How little a name looks like the subject: behind `bei`, `than`, `a discount to`; in English behind the figure."""
    tokens, cost = sentence.tokens, 0.0
    lead = tokens.lower[place.first - 1] if place.first > sentence.first else ""
    behind = place.last + (tokens.lower[place.last] == "index")
    tells_on = is_before and (sentence.words(behind, behind + 2) in _TELLS_ON or _tells_that(sentence, behind, at))
    if place.name.kind is NameKind.INDEX and not tells_on:
        cost += 6.0 if _is_compared(sentence, place) or is_scope(sentence, place) else 0.0
    if place.name.kind is NameKind.COMPANY and is_kin(sentence, place):
        cost += 9.0 if sentence.words(place.last, place.last + 2) == ("'", "s") else 6.0
    elif place.name.kind is NameKind.COMPANY and is_related(sentence, place):
        cost += 6.0
    if sentence.words(place.first - 2, place.first) == ("according", "to") or lead in ("laut", "per"):
        cost += 6.0
    if is_before:
        if _is_object(sentence, place):
            cost += 2.5
        opens = lead == "bei" and place.first - 1 == sentence.first
        if lead in BESIDE and at - place.last > 6 and not opens:
            cost += 2.0
        if lead in ("to", "zu") and tokens.lower[place.first - 2] in ("discount", "premium", "abschlag", "aufschlag"):
            cost += 8.0
        if _is_aside(sentence, place, at) or _is_buyer(sentence, place):
            cost += 6.0
        if _is_of_relative(sentence, place, at):
            cost += 2.0
        return cost
    if place.is_noun:
        return cost
    if tokens.lower[place.last] == ":" or (lead == "bei" and any(f.first >= place.last for f in sentence.figures)):
        cost += 6.0
    if sentence.text.is_english and not (lead in ("for", "at", "in") and place.first - at <= 8):
        cost += 5.0
    return cost


def _tells_that(sentence: Sentence, behind: int, at: int) -> bool:
    """`a Nasdaq 100 that gained 1.1%`: up to the comma behind it."""
    return sentence.words(behind, behind + 1) == ("that",) and "," not in sentence.words(behind, at)


_KIN = word_set("subjects", "kin")


def is_kin(sentence: Sentence, place: Place) -> bool:
    """Whether a name only says whose another company is: `Babcock's neighbour`, `Olive Garden owner Darden`."""
    words = sentence.words(place.last, place.last + 5)
    is_marked = words[:2] == ("'", "s")
    words = words[2:] if is_marked else words[:3]
    if is_marked and words[:1] == ("former",) and not PARTS.isdisjoint(words[1:]):
        return True
    at = next((k for k, word in enumerate(words) if word in _KIN), None)
    if at is None or place.is_noun or any(word in ",.;:" for word in words[:at]):
        return False
    if is_marked:
        return True
    owns = sentence.tokens.text[place.last - 1].endswith(("'s", "s"))
    follows = sentence.tokens.text[place.last + at + 1 : place.last + at + 2]
    return owns or (at == 0 and "".join(follows)[:1].isupper())


_AGAINST = word_set("subjects", "against")
_BESIDE_OF = word_set("subjects", "beside_of")


def set_against(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """Whose figure another one is compared with: `against 9% for Canadian competitor Nutrien`, `versus 14 at Yara`."""
    if _AGAINST.isdisjoint(sentence.words(figure.lead - 5, figure.lead)) and not _is_listed(sentence, figure, places):
        return None
    tokens = sentence.tokens
    at = next((k for k in range(figure.last, figure.last + 4) if tokens.lower[k] in _BESIDE_OF), None)
    if at is None or any(tokens.kind[k] != WORD for k in range(figure.last, at)):
        return None
    found = [p for p in places if at < p.first <= at + 7 and not p.is_noun]
    found = [p for p in found if all(tokens.kind[k] == WORD for k in range(at + 1, p.first))]
    found = [p for p in found if not is_kin(sentence, p)] or found
    return found[0].name if found else None


def _is_listed(sentence: Sentence, figure: Figure, places: list[Place]) -> bool:
    """Whether a figure and its company stand in a list of such: `14 times for CarMax and 18 times for AutoNation`."""
    before = [
        f for f in sentence.figures_near(figure.first) if f.last <= figure.lead and figure.lead - f.last <= _LISTED
    ]
    if not before:
        return False
    led = {p.first for p in places if not p.is_noun and sentence.tokens.lower[p.first - 1] in _BESIDE_OF}
    return any(not led.isdisjoint(range(f.last, f.last + 5)) for f in before[-1:])


_LISTED = 9


def yielded_by(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """The bond that a yield is said to be paid on: `4.1% on a 10-year Treasury`, `3,9 Prozent bei Bundesanleihen`."""
    k = figure.last
    if figure.mention.unit != "percent" or sentence.tokens.lower[k] not in _PAID_ON:
        return None
    k += 1 + (sentence.tokens.lower[k + 1] in _ARTICLES)
    return next((p.name for p in places if p.first == k and p.name.kind is NameKind.BOND and not p.is_noun), None)


_PAID_ON = frozenset(("on", "from", "for", "bei", "mit", "auf"))
_ARTICLES = frozenset(("a", "the", "der", "die", "den", "einer"))


def possessor_of(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """Whose a figure is by the name right beside it: `PVH's 6.8`, `31% of SolarEdge's`, `beats the 2.0% at Lowe's`,
    `next to the 27% of Nike`."""
    tokens, lead = sentence.tokens, sentence.words(figure.lead - 1, figure.lead)
    for place in places:
        if place.is_noun or place.name.kind not in (NameKind.COMPANY, NameKind.INDEX):
            continue
        is_owning = tokens.text[place.last : place.last + 2] == ["'", "s"]
        if is_owning and place.last + 2 == figure.lead:
            return place.name
        before = sentence.words(figure.last, place.first)
        if is_owning and before == ("of",) and tokens.kind[place.last + 2] != WORD:
            return place.name
        is_held = before == ("of",) and not is_owning and place.name.kind is NameKind.COMPANY
        if is_held and not _HOLDING.isdisjoint(sentence.words(figure.lead - 2, figure.lead)):
            return place.name
        if before in _AT + _THAT and lead in _DEFINITE:
            return place.name
    return None


_HOLDING = frozenset(
    ("bought", "buys", "owns", "own", "holds", "hold", "held", "acquired", "sold", "controls", "owned")
)
_AT = (("at",), ("bei",), ("of",))
_THAT = (("that",), ("which",), (",", "die"))
"""`slower than the 9% that Nike posted`, `als die 9 Prozent, die Nike meldete`."""
_DEFINITE = frozenset((("the",), ("die",), ("den",), ("der",)))


def owner_behind(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """Whose share a figure is: `30 Prozent des Umsatzes der Dänen`, `a third of the revenue of Carlsberg`."""
    place = next((p for p in places if p.first >= figure.last), None)
    if place is None or place.first - figure.last > _SHARE or place.name.kind is not NameKind.COMPANY:
        return None
    tokens = sentence.tokens
    between = range(figure.last, place.first)
    if any(tokens.kind[k] != WORD for k in between) or _WHOSE.isdisjoint(sentence.words(place.first - 2, place.first)):
        return None
    opening = sentence.words(figure.last, figure.last + 1)
    is_topic = any(figure.last <= topic.first < place.first - 1 for topic in sentence.topics_near(figure.first))
    return place.name if is_topic and not _WHOSE.isdisjoint(opening) else None


def rated_on(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """Whom a rating or a value is of that names its company behind it: `Outperform on Dexcom and Market Perform on
    Tandem`, `a price tag of $25 billion on TK Elevator`."""
    is_value = not _PUT_ON.isdisjoint(sentence.words(figure.lead - 4, figure.lead))
    if not (figure.mention.unit == "rating" or is_value) or sentence.words(figure.last, figure.last + 1) not in _ON:
        return None
    place = next((p for p in places if figure.last < p.first <= figure.last + 2), None)
    return place.name if place is not None and place.name.kind is NameKind.COMPANY and not place.is_noun else None


_ON = frozenset((("on",), ("for",), ("für",)))
_PUT_ON = frozenset(("tag", "value", "valuation", "target"))
_SHARE = 7
_WHOSE = frozenset(("des", "der", "von", "of"))


def _is_buyer(sentence: Sentence, place: Place) -> bool:
    """Whether a company is whom something is sold or let to: `sold its robotics unit to Symbotic for $210 million`."""
    if place.name.kind is not NameKind.COMPANY or place.is_noun:
        return False
    lead = sentence.words(place.first - 4, place.first)
    is_to = not _TO.isdisjoint(lead) and "," not in lead
    return is_to and not _SELLING.isdisjoint(sentence.words(max(sentence.first, place.first - _FAR), place.first))


_TO = frozenset(("to", "an"))
_FAR = 20
_SELLING = word_set("subjects", "selling")


def is_moving(sentence: Sentence, place: Place) -> bool:
    """Whether a name is what moves in its clause: `Chegg, once a $100 stock, fell`, `sprangen Nagarro um`."""
    moves = [cue.first for cue in sentence.cues_near(place.last) if cue.family == "movement"]
    last = behind_aside(sentence, place.first, place.last)
    if any(last <= k <= last + 3 for k in moves):
        return True
    is_inverted = not sentence.text.is_english and place.name.kind in (NameKind.COMPANY, NameKind.INDEX)
    return is_inverted and any(place.first - 2 <= k < place.first for k in moves)


def shares_of(sentence: Sentence, last: int, places: list[Place]) -> Name | None:
    """Whose shares a figure that ends at a token counts: `30,4 % der Boss-Aktien`, `5 million Kroger shares`."""
    for place in places:
        if last <= place.first <= last + 4 and not place.is_noun and place.name.kind is NameKind.COMPANY:
            between, behind = sentence.words(last, place.first), sentence.words(place.last, place.last + 3)
            is_behind = not SHARES.isdisjoint(behind[: 2 if behind[:1] in _JOINTS else 1])
            is_counted = between[:1] in (("of",), ("von",)) and not SHARES.isdisjoint(sentence.words(last - 1, last))
            counted = [word for word in between if word not in SHARES]
            is_counted = is_counted or (len(counted) < len(between) and between[-1] in _WHOSE)
            return place.name if _OF_SHARES.issuperset(counted) and (is_behind or is_counted) else None
    return None


def sent_by(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """Whose shares a deed moves: the one who does it, `X signed a deal with Meta, sending its shares up 21%`."""
    words = sentence.words(sentence.first, figure.first)
    at = next((k for k in range(len(words) - 3, 1, -1) if words[k] == ","), None)
    if at is None or words[at + 1] not in _SENDING or SHARES.isdisjoint(words[at + 2 : at + 5]):
        return None
    told = next((p for p in places if p.last <= sentence.first + at), None)
    is_doer = told is not None and told.first <= sentence.first + 1 and told.name.kind is NameKind.COMPANY
    is_own = not _ITS.isdisjoint(words[at + 2 : at + 5])
    return told.name if told is not None and is_doer and is_own else None


_SENDING = word_set("subjects", "sending")
_ITS = frozenset(("its", "the", "their"))
_OF_SHARES = frozenset(("der", "von", "an", "of", "the", "all", "aller", "je", "pro", "per"))
SHARES = word_set("subjects", "shares")
_JOINTS = (("-",), ("'",), ("s",), ("’",))


def is_part_of_another(sentence: Sentence, place: Place) -> bool:
    """Whether a name without a listing is but a part of the company told of: `die US-Tochter X`, `its unit X`."""
    if place.name.kind is not NameKind.COMPANY or place.name.ticker is not None or place.is_noun:
        return False
    near = (*sentence.words(place.first - 1, place.first), *sentence.words(place.last + 2, place.last + 4))
    is_apposed = sentence.words(place.last, place.last + 1) == (",",) and _WHOSE.isdisjoint(
        sentence.words(place.last + 3, place.last + 5)
    )
    return any(word in PARTS or word.endswith(_PART_ENDS) for word in (near if is_apposed else near[:1]))


PARTS = word_set("subjects", "parts")
_PART_ENDS = ("tochter", "sparte", "marke", "tochtergesellschaft")


_SCOPES = word_set("subjects", "scopes")
_RELATIONS = word_set("subjects", "relations")
_OWNED = word_set("subjects", "owned")


_TELLS_ON = ((",", "der"), (",", "das"), (",", "which"), (",", "itself"))
"""What an index by itself did: `Schlusslicht im SMI, der 0,4% fester schloss`, `the worst of the AEX index, which`."""


def is_scope(sentence: Sentence, place: Place) -> bool:
    """Whether an index is but what a share leads or trails: `an der Spitze des Index`, `topped the FTSE 100`."""
    if place.first <= sentence.first + 1:
        return False
    return not _SCOPES.isdisjoint(sentence.words(place.first - 5, place.first)) or _is_ground(sentence, place)


def _is_ground(sentence: Sentence, place: Place) -> bool:
    """Whether an index is but the ground before which a share moves: `in einem um 0,3 Prozent höheren Gesamtmarkt
    (SPI)`, `in a Nasdaq 100 that gained 1.1%`."""
    words = sentence.words(place.first - _GROUND, place.first)
    at = next((k for k in range(len(words) - 2, -1, -1) if words[k] in ("in", "bei") and words[k + 1] in _A), None)
    return at is not None and _PARTING_SIGNS.isdisjoint(words[at:])


_GROUND = 10
_A = frozenset(("a", "an", "einem", "einer"))
_PARTING_SIGNS = frozenset((";", ":", "–", "—"))


def moved_as_attribute(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """Which index an attribute tells the move of: `in einem um 0,3 Prozent höheren Gesamtmarkt (SPI)`, `der um ein
    Prozent festere DAX`."""
    tokens = sentence.tokens
    if (
        sentence.text.is_english
        or tokens.lower[figure.lead - 1] != "um"
        or tokens.lower[figure.lead - 2] not in _THE_OR_A
    ):
        return None
    adjective = tokens.text[figure.last : figure.last + 1]
    if not adjective or not adjective[0].islower() or not adjective[0].endswith(("er", "ere", "eren", "erem", "erer")):
        return None
    index = next((p for p in places if figure.last < p.first <= figure.last + _NOUN), None)
    return index.name if index is not None and index.name.kind is NameKind.INDEX else None


_THE_OR_A = frozenset(("einem", "einer", "der", "dem", "den", "das", "ein", "des"))
_NOUN = 4


def is_related(sentence: Sentence, place: Place) -> bool:
    """Whether a company is told of as another one's: `its American partner Kroger`, `seinem Großkunden Apple`."""
    before = sentence.words(place.first - 4, place.first)
    is_told_of = sentence.tokens.text[place.last : place.last + 1] == [","] and before[-1:] == (",",)
    if is_told_of and not _RELATIONS.isdisjoint(before[-2:]):  # `Its largest customer, X, has cut its budget`
        return False
    return not place.is_noun and not _RELATIONS.isdisjoint(before) and not _OWNED.isdisjoint(before)


def _is_object(sentence: Sentence, place: Place) -> bool:
    """Whether a company stands behind the one that its clause opens with: `JD is buying Germany's Ceconomy for`."""
    if place.name.kind is not NameKind.COMPANY or place.is_noun:
        return False
    named = sentence.first_name
    if named is None or named.first >= place.first or named.first - sentence.first > 1:
        return False
    is_opening = named.of(NameKind.COMPANY) is not None and named.first not in sentence.houses
    between = sentence.words(named.last, place.first)
    return is_opening and 2 <= len(between) < _CLAUSE and not _PARTING.intersection(between)


_CLAUSE = 40
"""No clause has more words."""


_PARTING = frozenset(
    (
        "und",
        "and",
        ",",
        ";",
        ":",
        "while",
        "während",
        "(",
        ")",
        "–",
        "—",
        "-",
        "as",
        "but",
        "aber",
        "sowie",
        "|",
        "/",
        "after",
    )
)
_RELATIVES = word_set("subjects", "relatives")


def _is_aside(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a name stands in a relative clause that is over: `TSMC, whose customers include Apple, will report`."""
    tokens = sentence.tokens
    if "," not in tokens.text[place.last : at]:
        return False
    for k in range(place.first - 1, max(sentence.first, place.first - 12), -1):
        if tokens.text[k] == ",":
            if tokens.lower[k + 1] in _APPOSED and any(n.last == k for n in sentence.names_near(k)):
                return True
            is_over = tokens.lower[k + 1] in _APPOSED and _is_closed(sentence, place, at)
            return is_over or tokens.lower[k + 1] in _RELATIVES or tokens.lower[k + 2] in _RELATIVES
    return False


def _is_of_relative(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a relative clause that is over is where others do what the noun before it undergoes: `Unit costs, which
    Walmart and Target face too, rose 6%`."""
    words = sentence.words(sentence.first, place.first)
    start = max((k for k, word in enumerate(words) if word == ","), default=None)
    if not start or words[start + 1 : start + 2] not in (("which",), ("that",)):
        return False
    return "," in sentence.words(place.last, at) and sentence.tokens.text[sentence.first + start - 1].islower()


def _is_closed(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a German clause ends in its verb behind a name: `das Werk, das X von Y übernommen hat, bringt`."""
    end = next((k for k in range(place.last, at) if sentence.tokens.text[k] == ","), place.last)
    return end > place.last and sentence.tokens.lower[end - 1] in _FINAL


_FINAL = frozenset(("hat", "haben", "hatte", "hatten", "ist", "sind", "war", "wurde", "wird", "will", "soll", "kann"))
_APPOSED = frozenset(("the", "a", "an", "der", "die", "das", "ein", "eine", "dem", "den"))
"""Behind a name and a comma they open an apposition: `Antofagasta, the Chilean copper digger, advanced`."""


def is_outdone(sentence: Sentence, places: list[Place], at: int) -> bool:
    """Whether points are those by which a share beats or trails an index: `trailing the S&P 500 by 13 points`."""
    indices = [p for p in places if p.last <= at and p.name.kind is NameKind.INDEX]
    return bool(indices) and _is_compared(sentence, indices[-1]) and "by" in sentence.words(indices[-1].last, at)


def _is_compared(sentence: Sentence, place: Place) -> bool:
    return not _COMPARED.isdisjoint(sentence.words(place.first - 3, place.first))
