"""Who is bought: a takeover is told of the company that is to be taken over, whoever the sentence opens with.

`X to buy Y for $3.1 billion`, `the proposal values Y at $225 a share`, `X will Y übernehmen`: the sum, the premium and
the fee for breaking off are Y's. An article about the buyer keeps its own deals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from rerating.factcheck.extraction.figures.fitting import size
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.names.acquired import told_bought
from rerating.factcheck.extraction.whom.phrases.roles import is_moving

_BUYING = word_set("takeovers", "buying")
VALUING = word_set("takeovers", "valuing")
_BIDS = word_set("takeovers", "bids")
_PAYS = word_set("takeovers", "pays")
_PRICES = word_set("takeovers", "prices")
_TO = frozenset(("for", "of", "on", "für", "um", "auf", "an", "nach"))
_EACH = frozenset(("je", "pro", "per", "each"))
_TAKES = word_set("takeovers", "takes")
_REACH = 12


def bought(sentence: Sentence, places: Sequence[Place]) -> Place | None:
    """The company that a sentence says is bought, bid for or valued by a bid."""
    companies = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    if not companies:
        return None
    if (yielding := _yielding(sentence, companies)) is not None:
        return yielding
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        word = tokens.lower[k]
        at = bisect_right(companies, k, key=lambda place: place.first)
        found = companies[at] if at < len(companies) and companies[at].first <= k + _REACH else None
        if found is not None and _is_sought(sentence, k, found):
            return found
        if word in _TAKES:
            found = companies[at - 1] if at > 1 and k - companies[at - 1].last <= 2 * _REACH else None
            is_from = found is not None and sentence.words(found.first - 1, found.first) in _FROM
            if found is not None and companies[at - 2].name != found.name and not is_from:
                return found
    return _offered_to(sentence, companies) or _courted(sentence, companies)


def _offered_to(sentence: Sentence, companies: Sequence[Place]) -> Place | None:
    """The company whose shareholders somebody bids: `hat den Aktionären von X ein Angebot unterbreitet`."""
    if _PRICES.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return None
    return next((p for p in companies if sentence.words(p.first - 2, p.first) in _TO_HOLDERS), None)


_TO_HOLDERS = (("aktionären", "von"), ("aktionären", "der"), ("anteilseignern", "von"), ("shareholders", "of"))


def _yielding(sentence: Sentence, companies: Sequence[Place]) -> Place | None:
    """The company that lets itself be bought: `agreed to be taken private by`, `has accepted an offer from`, `wird von
    X übernommen`, `nimmt das Angebot von X an`."""
    tokens = sentence.tokens
    for place, following in zip_longest(companies, companies[1:]):
        until = min(place.last + _CLAUSE, following.first if following is not None else sentence.last)
        lead = sentence.words(place.first - 1, place.first)
        if lead in _FROM or tokens.text[place.last : place.last + 2] == ["'", "s"]:
            continue
        words = sentence.words(place.last, until)
        behind = words + (sentence.words(following.last, following.last + _REACH) if following is not None else ())
        is_led = following is None or not _BY.isdisjoint(words[-3:])
        if is_led and (_is_passive(words, behind) or _accepts(words, behind)):
            return place
    return None


def _is_passive(words: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """`is being bought by`, `agrees to go private`, `to sell itself to`, `wird von X übernommen`."""
    for k, word in enumerate(words):
        is_being = not _BEING.isdisjoint(words[max(0, k - 2) : k])
        if word in _TAKEN and is_being and (word != "taken" or words[k + 1 : k + 2] in (("private",), ("over",))):
            return True
        if word in ("private", "itself") and not _GOING.isdisjoint(words[max(0, k - 1) : k]):
            return True
    return not _WERDEN.isdisjoint(words) and not _TAKEN_DE.isdisjoint(behind) and not _BY.isdisjoint(words)


def _accepts(words: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """`has accepted a cash offer from`, `turned down a proposal by`, `hat das Angebot von X angenommen`, `steht vor der
    Übernahme durch`."""
    noun = next((k for k, word in enumerate(words) if word in _PRICES), None)
    if words[-1:] in _DURCH and not _MERGERS.isdisjoint(words[-4:]):
        return True
    if noun is None or _BY.isdisjoint(words[noun:]):
        return False
    return not _ACCEPTING.isdisjoint(words[:noun]) or not _ACCEPTING_DE.isdisjoint(behind)


_CLAUSE = 24
_DURCH = (("durch",), ("by",))
_BY = frozenset(("by", "from", "to", "von", "vom", "durch", "an"))
_FROM = (("by",), ("from",), ("to",), ("of",), ("von",), ("vom",), ("durch",), ("an",), ("des",))
_BEING = frozenset(("be", "is", "was", "being", "been", "are", "were", "get", "gets", "getting"))
_TAKEN = word_set("takeovers", "taken")
_GOING = frozenset(("go", "going", "goes", "sell", "selling", "sold", "sells"))
_WERDEN = frozenset(("wird", "werden", "wurde", "wurden", "worden", "lässt"))
_TAKEN_DE = word_set("takeovers", "taken_de")
_ACCEPTING = word_set("takeovers", "accepting")
_ACCEPTING_DE = word_set("takeovers", "accepting_de")


def is_over(sentence: Sentence) -> bool:
    """Whether a takeover is told of as done: `profitiert von der Übernahme`, `the purchase, completed in May`."""
    words = sentence.words(sentence.first, sentence.last)
    return any(word in _DONE and before != "be" for before, word in pairwise(("", *words)))


_DONE = word_set("takeovers", "done")


def offers(sentence: Sentence) -> bool:
    """Whether a sentence says that somebody bids: `X hatte zuvor 49 Euro geboten`."""
    return not (_OFFERING | _PRICES).isdisjoint(sentence.words(sentence.first, sentence.last))


def saves(sentence: Sentence, until: int | None = None) -> bool:
    """Whether savings by a merger are told, up to a token."""
    return not _SAVINGS.isdisjoint(sentence.words(sentence.first, sentence.last if until is None else until))


def is_taken(sentence: Sentence, place: Place) -> bool:
    """Whether a company is what was bought or merged with: `purchase of X`, `Fusion mit X`, `the X merger`."""
    lead, behind = sentence.words(place.first - 5, place.first), sentence.words(place.last, place.last + 1)
    return not _MERGERS.isdisjoint((*lead, *behind))


_SAVINGS = word_set("takeovers", "savings")
_MERGERS = word_set("takeovers", "mergers")


def _is_sought(sentence: Sentence, k: int, company: Place) -> bool:
    """Whether the word at a token seeks the company behind it: `buys X`, `bid for X`, `bietet 62 Euro je X-Aktie`."""
    word, tokens = sentence.tokens.lower[k], sentence.tokens
    if word not in _SEEKING or not _is_free(sentence, k + 1, company.first):
        return False
    if word in _BUYING or (word in VALUING and tokens.lower[k + 1] != "at"):
        return True
    lead = sentence.words(company.first - 2, company.first)
    if word in _BIDS and lead[-1:] == ("von",) and lead[0] in ("aktie", "anteil", "papier", "titel"):
        return True
    if word in _PAYS:
        return lead[-1:] == ("for",) and any(
            k < f.first < company.first and f.mention.unit == "money" and size(f) >= _WORTH for f in sentence.figures
        )
    if word not in _BIDS:
        return False
    return not _TO.isdisjoint((*lead[-1:], *sentence.words(k + 1, k + 6))) or not _EACH.isdisjoint(lead)


_SEEKING = _BUYING | VALUING | _BIDS | _PAYS
_WORTH = 1e7
"""A company costs more; less is paid for its goods."""


def _courted(sentence: Sentence, companies: Sequence[Place]) -> Place | None:
    """The share that moves because another company bids: `Spire put on 21p on reports that X was weighing a bid`."""
    first = companies[0]
    if not is_moving(sentence, first):
        return None
    k = price_told(sentence, first.last)
    others = [p for p in companies[1:] if p.name != first.name and k is not None and p.last <= k]
    return first if others else None


def price_told(sentence: Sentence, first: int) -> int | None:
    """Where a bid of so much is spoken of from a token on: `a bid of 300p a share`, `bietet 21 Euro je Aktie`."""
    tokens = sentence.tokens
    for k in range(first, sentence.last):
        if tokens.lower[k] not in _PRICES or not _OWN.isdisjoint(sentence.words(k - 2, k)):
            continue
        if any(f.mention.unit == "money" and k - 3 <= f.first <= k + 6 for f in sentence.figures_near(k)):
            return k
    return None


_OWN = frozenset(("its", "their", "his", "her", "ihr", "ihre", "ihres", "sein", "seine", "seines", "seinem", "ihrem"))


Bid = tuple[Name | None, Name]
"""Who bids, where that is told, and for whom."""


def bid_in(sentence: Sentence, places: Sequence[Place], told: Bid | None, focus: Name | None) -> Bid | None:
    """The bidder, where one is told of, and the company to be bought, as a sentence tells them, else as told before.

    Who bids without a word of for whom, bids for the company in focus: `Thermo lotet eine Offerte von 50 Euro aus`."""
    target = _the_company(sentence, places, focus) or named_in(sentence, places) or told_bought(sentence, places)
    if target is None and told is None:
        named = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
        is_of_focus = focus is not None and focus.kind is NameKind.COMPANY and all(p.name != focus for p in named)
        is_bid = bool(named) and is_of_focus and price_told(sentence, named[0].last) is not None
        is_alone = is_of_focus and len(named) == 1
        is_bid = is_bid or (is_alone and (_buys_antecedent(sentence, named[0]) or _buys_whole(sentence, named[0])))
        is_bid = is_bid or (is_alone and _takes_all(sentence))
        return (named[0].name, focus) if is_bid and focus is not None else None
    named = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    if target is not None:
        bidder = next((p.name for p in named if p.name.name != target.name), None)
        same = told is not None and told[1].name == target.name
        return (bidder, target) if bidder is not None or not same else told
    assert told is not None
    for place in named:
        is_offering = not _OFFERING.isdisjoint(sentence.words(place.last, place.last + 2))
        is_offering = is_offering or (told[0] is None and price_told(sentence, place.last) is not None)
        if is_offering and place.name.name != told[1].name:
            return place.name, told[1]
    return told


def _takes_all(sentence: Sentence) -> bool:
    """Whether somebody means to buy all shares there are: `will sämtliche Anteile erwerben`, `von der Börse nehmen`."""
    words = sentence.words(sentence.first, sentence.last)
    if "börse" in words and not _FROM_EXCHANGE.isdisjoint(pairwise(words)):
        return True
    is_all = any(one in _ALL and not _SHARES.isdisjoint(words[k + 1 : k + 4]) for k, one in enumerate(words))
    is_whole = not _WHOLE.isdisjoint(words) and not {"übernehmen", "übernimmt", "schlucken"}.isdisjoint(words)
    return is_whole or (is_all and not (_BUYING | _TAKES | _ACQUIRES).isdisjoint(words))


_FROM_EXCHANGE = frozenset((("börse", "nehmen"), ("börse", "nimmt")))
_ALL = frozenset(("sämtliche", "alle", "übrigen", "restlichen", "ausstehenden", "verbliebenen", "mehrheit", "all"))
_WHOLE = frozenset(("komplett", "vollständig", "ganz", "mehrheitlich"))
_ACQUIRES = frozenset(("erwerben", "erwirbt", "erwarb", "einsammeln", "übernehmen"))
_SHARES = word_set("subjects", "shares")


def _buys_antecedent(sentence: Sentence, company: Place) -> bool:
    """Whether a relative clause tells that a company buys what it is of: `The railroad, which X has agreed to buy`."""
    behind = sentence.words(company.last, company.last + 12)
    return is_behind_pronoun(sentence, company) and not (_BUYING | _TAKES).isdisjoint(behind)


def _the_company(sentence: Sentence, places: Sequence[Place], focus: Name | None) -> Name | None:
    """Who is meant by `the company` that another one buys: `X shares surged after Y agreed to buy the company`."""
    if not _names_bought(sentence):
        return None
    named = [p.name for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    if len(named) > 1:
        return named[0] if named[0] != named[-1] else None
    return focus if focus is not None and focus.kind is NameKind.COMPANY and named not in ([], [focus]) else None


def _names_bought(sentence: Sentence) -> bool:
    words = sentence.words(sentence.first, sentence.last)
    return any(
        one in _BUYING and two == "the" and three in _COMPANIES
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
    )


_COMPANIES = frozenset(("company", "firm", "group", "business", "chain", "maker", "retailer", "lender", "insurer"))


def _buys_whole(sentence: Sentence, company: Place) -> bool:
    """Whether a company buys all shares of one that has been named before: `will X sämtliche Anteile erwerben und dafür
    21,50 Euro je Aktie zahlen`, `X is buying it for $31 a share`."""
    behind = sentence.words(company.last, sentence.last)
    if (_BUYING | _TAKES).isdisjoint(behind):
        return False
    is_priced = any(f.mention.per == "share" for f in sentence.figures_near(company.last) if f.first > company.last)
    return is_priced and _OWN.isdisjoint(behind)


def is_behind_pronoun(sentence: Sentence, company: Place) -> bool:
    """Whether a company is but the subject of a relative clause: `, which X has agreed to buy`, `, das X von Y`."""
    lead, behind = sentence.words(company.first - 2, company.first), sentence.words(company.last, company.last + 1)
    return lead[:1] == (",",) and not _PRONOUNS.isdisjoint(lead[1:]) and behind not in _CLOSED


_CLOSED = ((",",), (".",), (";",))
"""Behind an apposition: `aus dem größten Spot-ETF, dem iShares Bitcoin Trust,`."""
_PRONOUNS = frozenset(("which", "whom", "that", "den", "die", "das", "dem", "deren", "dessen"))


def sides(sentence: Sentence, told: Bid | None) -> list[Place]:
    """The nouns for both sides of a bid that has been told of: `der Bieter`, `the suitor`, `die Zielgesellschaft`."""
    if told is None:
        return []
    out: list[Place] = []
    for k in range(sentence.first + 1, sentence.last):
        word = sentence.tokens.lower[k]
        name = told[0] if word in _SUITORS else told[1] if word in _SOUGHT else None
        lead = sentence.tokens.lower[k - 1]
        if word in _AIMS and lead in _OWN and out:
            out.append(Place(k, k + 1, told[1], True))
        if name is not None and lead in _DEFINITE:
            out.append(Place(k, k + 1, name, True))
    return out


_SUITORS = word_set("takeovers", "suitors")
_AIMS = frozenset(("ziel", "target"))
"""Of a bidder that the sentence tells of: `Der Bieter ist kleiner als sein Ziel`."""
_SOUGHT = word_set("takeovers", "sought")
_DEFINITE = frozenset(("der", "die", "das", "dem", "den", "the"))
_OFFERING = word_set("takeovers", "offering")


def _is_free(sentence: Sentence, first: int, last: int) -> bool:
    """Whether nothing parts a verb from the company behind it."""
    return _PARTING.isdisjoint(sentence.words(first, last))


_PARTING = frozenset(
    (
        ",",
        ";",
        ".",
        ":",
        "because",
        "weil",
        "since",
        "while",
        "after",
        "from",
        "von",
        "by",
        "durch",
        "als",
        "than",
        "wie",
        "like",
    )
)


def named_in(sentence: Sentence, places: Sequence[Place]) -> Name | None:
    """The name of the company that a sentence says is bought."""
    place = bought(sentence, places)
    return place.name if place is not None else None
