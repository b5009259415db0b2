"""What makes a company of an ordinary word: its symbol, its share, a movement behind it, the title that is about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, Named, NameKind, Place, is_name, of_symbol
from rerating.factcheck.extraction.text.german_nouns import is_german_noun
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import (
    is_common_word,
    is_company_noun,
    is_date_word,
    is_kind_word,
)
from rerating.factcheck.extraction.text.ordinary import is_ordinary, is_surname, opens
from rerating.factcheck.extraction.text.people import ROLES
from rerating.factcheck.extraction.text.symbols import is_abbreviation, symbol_at
from rerating.factcheck.extraction.whom.names.unlisted import DETERMINERS
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective
from rerating.language.reading.tokens import WORD, Tokens

_PROSE = (BlockRole.PARAGRAPH, BlockRole.BULLET)
_SUMS = word_set("names", "sums")


def tickers(article: Article) -> dict[str, Name]:
    """Symbols that stand for companies: `$RIVN`, `SAP.DE`, `(NYSE: FCX)` behind the name, or in a nameless title."""
    forms: dict[str, Name] = {}
    for sentence in article.sentences:
        tokens = sentence.tokens
        companies = [company for n in sentence.names if (company := n.of(NameKind.COMPANY)) is not None]
        is_bare = (
            sentence.role is BlockRole.TITLE
            and all(company.ambiguous_in for company in companies)
            and not _is_shouted(sentence)
        )
        for k in range(sentence.first, sentence.last):
            symbol = tokens.text[k]
            if tokens.text[k + 1] == "." and tokens.glued[k + 1] and tokens.glued[k + 2]:
                known = of_symbol("".join(tokens.text[k : k + 3]))
                if known is not None:
                    forms.setdefault(" ".join(tokens.text[k : k + 3]), known)
            known = of_symbol(symbol_at(tokens, k)) if symbol.isupper() and 1 < len(symbol) <= 5 else None
            if known is None:
                continue
            is_printed = tokens.text[k + 1] == ")" and tokens.text[k - 1] in "(:" and k > sentence.first
            is_bare_symbol = is_bare and len(symbol) >= 3 and not is_name(symbol)
            if tokens.text[k - 1] == "$" or ((is_printed or is_bare_symbol) and not is_abbreviation(tokens, k)):
                forms.setdefault(symbol, known)
    return forms


def _is_shouted(sentence: Sentence) -> bool:
    """Whether a headline stands in capitals, so that they say nothing of a word in it."""
    tokens = sentence.tokens
    words = [tokens.text[k] for k in range(sentence.first, sentence.last) if len(tokens.text[k]) > 3]
    return 2 * sum(word.isupper() for word in words) > len(words)


def capitals_within(article: Article) -> frozenset[str]:
    """The words that bear a capital within a sentence of prose, where in English only names do."""
    return frozenset(
        s.tokens.text[k]
        for s in article.sentences
        if s.role in _PROSE
        for k in range(s.first + 1, s.last)
        if s.tokens.kind[k] == WORD and s.tokens.text[k][:1].isupper() and not opens(s.tokens, k, s.first)
    )


def heads_title(sentence: Sentence, place: Place, within: frozenset[str]) -> bool:
    """Whether a title names a company by an ordinary word.

    A German one does where the name opens it. In an English one that capitalises all its words the text has to do so
    within a sentence too, not `What Comes Next`; what opens it needs a verb behind it: not `Total sales rise`.
    """
    tokens, first = sentence.tokens, place.first
    is_opening = first == sentence.first or tokens.text[first - 1] in ":–—"
    if not sentence.text.is_english:
        is_noun = tokens.lower[first] in _NOUNS_DE and tokens.text[place.last : place.last + 1] != [":"]
        return is_opening and tokens.text[first][:1].isupper() and not is_noun
    if tokens.text[first] in within:
        return True
    if is_opening:
        behind = sentence.words(place.last, place.last + 1)
        is_moved = any(cue.family == "movement" and cue.first == place.last for cue in sentence.cues)
        is_word = place.last < sentence.last and tokens.kind[place.last] == WORD
        is_noun = is_word and is_ordinary(behind[0]) and behind[0] not in _COMPANY_VERBS | _DOES
        return is_moved or not is_noun
    return _is_in_sentence_case(sentence)


def _is_in_sentence_case(sentence: Sentence) -> bool:
    """Whether a headline leaves its words in small letters, so that a capital in it says something."""
    tokens = sentence.tokens
    return any(tokens.text[k].islower() and len(tokens.text[k]) > 4 for k in range(sentence.first, sentence.last))


_DOES = word_set("unlisted", "does")
_NOUNS_DE = word_set("vouching", "nouns_de")
"""German nouns and adverbs that open titles themselves: `Investor steigt bei X ein`, `Elf Analysten raten`."""


def names_another(sentence: Sentence, named: Named) -> bool:
    """Whether a company's name is but that of a person or a place, or says whose supplier or rival is told of.

    `Stephan Sturm`, `in Hershey, Pa.`, `the Downers Grove, Ill., company`, `the Boeing supplier`.
    """
    tokens, last = sentence.tokens, named.last
    if named.last - named.first == 1 and named.first > sentence.first and is_surname(tokens, named.first):
        return True
    if named.names[0].ambiguous_in and is_cut_short(sentence, last):
        return True
    if sentence.words(last, last + 1) in _DEPOSITARY or _counts(sentence, named):
        return True
    end = last + (tokens.text[last : last + 1] != [","])
    if tokens.text[end : end + 1] == [","] and tokens.lower[end + 1 : end + 2] and tokens.lower[end + 1] in _STATES:
        return tokens.text[last:end] == [] or tokens.text[last][:1].isupper()
    if not sentence.text.is_english or tokens.lower[named.first - 1 : named.first] not in (["the"], ["a"], ["an"]):
        return False
    behind = sentence.words(last, last + 1)
    return bool(behind) and behind[0] in _KIN and tokens.text[last].islower()


def is_cut_short(sentence: Sentence, last: int) -> bool:
    """Whether English prose goes on with a capital that no list holds: `Continental Europe`, `Silver Lake`."""
    tokens = sentence.tokens
    is_prose = sentence.role in _PROSE or _is_in_sentence_case(sentence)
    if not sentence.text.is_english or not is_prose or last >= sentence.last:
        return False
    low = tokens.lower[last]
    if tokens.kind[last] != WORD or not tokens.text[last][:1].isupper() or tokens.text[last].isupper():
        return False
    return low not in ROLES | _LEADERS and not is_kind_word(low) and not is_date_word(low)


def _counts(sentence: Sentence, named: Named) -> bool:
    """Whether a name is an association's that counts for many: `laut Acea`, no company of that name."""
    lead = sentence.words(named.first - 3, named.first)
    is_source = not {"laut", "according", "verband", "branchenverband"}.isdisjoint(lead)
    return is_source and sentence.tokens.lower[named.first] in _COUNTERS


_COUNTERS = word_set("groups", "counters")
_DEPOSITARY = (("depositary",), ("depository",))
"""`American depositary shares`: of whatever company."""
_STATES = word_set("names", "states")
_KIN = word_set("subjects", "kin")


def stands_alone(sentence: Sentence, place: Place) -> bool:
    """Whether English prose capitalises an ordinary word within a sentence, with no other capital beside it."""
    tokens, first, last = sentence.tokens, place.first, place.last
    if not sentence.text.is_english or sentence.role not in _PROSE or opens(tokens, first, sentence.first):
        return False
    if not all(is_ordinary(tokens.lower[k]) for k in range(first, last)) or tokens.text[first].isupper():
        return False
    before, behind = tokens.text[first - 1], tokens.text[last : last + 1]
    is_head = opens(tokens, first - 1, sentence.first) and tokens.lower[first - 1] in _LEADING_IN
    beside = behind if is_head else (before, *behind)
    return not any(word[:1].isupper() for word in beside) and tokens.lower[first - 1] not in DETERMINERS | {"-", "&"}


_LEADING_IN = frozenset(
    (
        "at",
        "for",
        "even",
        "like",
        "unlike",
        "with",
        "only",
        "then",
        "and",
        "but",
        "while",
        "rival",
        "rivals",
        "meanwhile",
    )
)
"""What opens a sentence before a name: `At Progressive, sales grew`, `Unlike Gap, ...`."""


def is_quoted_share(sentence: Sentence, place: Place) -> bool:
    """Whether what stands behind a name makes it a share: `Grab shares`, `Verbund verloren 0,7 Prozent`."""
    after = sentence.words(place.last, place.last + 4)
    if _is_run_in(sentence, place) or _is_described(sentence, place):
        return True
    if acts_as_none_could(sentence, place) or _acts_bare(sentence, place) or _is_national(sentence, place):
        return True
    if _is_next_in_list(sentence, place) or _is_leading(sentence, place) or _has_as_many(sentence, place):
        return True
    is_whole = place.last - place.first == len(_worded(sentence))
    if is_whole and (sentence.cell == 0 or sentence.role is BlockRole.HEADING):
        return sentence.tokens.lower[place.first] not in _SUMS
    is_headed = (
        sentence.words(place.first - 1, place.first) == ("on",) and len(sentence.words(place.first, place.last + 2)) < 3
    )
    if is_headed and place.first - sentence.first <= 4 and place.last >= sentence.last - 1:
        return True
    if after[:1] in (("shares",), ("stock",)) or (sentence.text.is_english and _is_led(sentence, place, after)):
        return True
    moves = any(cue.family == "movement" and cue.first == place.last for cue in sentence.cues)
    figures = [f for f in sentence.figures if place.last < f.first <= place.last + 4]
    is_named = place.first == sentence.first or (
        sentence.text.is_english and sentence.role in _PROSE and not opens(sentence.tokens, place.first, sentence.first)
    )
    return is_named and moves and any(f.mention.unit == "percent" for f in figures)


def _is_next_in_list(sentence: Sentence, place: Place) -> bool:
    """Whether a name and its figure go on a list of such: `BKW kommt auf 17, Verbund auf 19`, `Nike rose 2%, On 3%`."""
    at = place.last + (sentence.tokens.lower[place.last] in _LISTING)
    figure = next((f for f in sentence.figures_near(place.first) if f.lead == at), None)
    if figure is None or figure.mention.periods or sentence.words(place.first - 1, place.first) not in _JOINED:
        return False
    before = [f for f in sentence.figures_near(place.first) if f.last <= place.first and not f.mention.periods]
    names = [n for n in sentence.names_near(place.first) if n.last <= place.first and n.of(NameKind.COMPANY)]
    return bool(before) and any(not n.names[0].ambiguous_in and n.last <= before[-1].first for n in names)


_LISTING = frozenset(("auf", "um", "bei", "mit", "at", "by", "on", "with", "("))
_JOINED = ((",",), ("and",), ("und",), (";",), ("while",))


def acts_as_none_could(sentence: Sentence, place: Place) -> bool:
    """Whether a word that opens no sentence before a verb does so: `On helped the mood`."""
    is_opening = sentence.text.is_english and place.first == sentence.first and place.last - place.first == 1
    is_particle = is_opening and sentence.tokens.lower[place.first] in _PARTICLES
    return is_particle and sentence.words(place.last, place.last + 1) in _ACTS


def _acts_bare(sentence: Sentence, place: Place) -> bool:
    """Whether what is no German noun opens a German clause before its verb, bare of an article: `Sunrise zählte`."""
    tokens, k, word = sentence.tokens, place.first, sentence.tokens.lower[place.first]
    if sentence.text.is_english or sentence.role not in _PROSE or place.last - k != 1 or word in _NOUNS_DE:
        return False
    if not (opens(tokens, k, sentence.first) or tokens.lower[k - 1] in _JOINING_DE):
        return False
    if is_common_word(word) or is_german_noun(word):
        return False
    return place.last < sentence.last and tokens.lower[place.last] in _ACTS_DE


def _is_national(sentence: Sentence, place: Place) -> bool:
    """Whether a country's genitive or adjective tells whose company a name is: `Sweden's Sinch`, `die Schweizer On`."""
    tokens, k = sentence.tokens, place.first
    if sentence.role not in _PROSE or tokens.text[place.last : place.last + 1][:1] in (["-"], ["of"]):
        return False
    if sentence.text.is_english:
        is_led = sentence.words(k - 2, k) == ("'", "s")
        return is_led and any(
            n.last == k - 2 and n.of(NameKind.REGION, NameKind.INSTITUTION) for n in sentence.names_near(k)
        )
    is_led = k > sentence.first and state_by_adjective(tokens.text[k - 1], is_english=False) is not None
    return is_led and not is_german_noun(tokens.lower[k]) and tokens.lower[k - 2] in DETERMINERS


_JOINING_DE = frozenset((",", ";", "–", "—", "und", "aber", "doch", "während"))
_ACTS_DE = word_set("unlisted", "does") | word_set("evidence", "strong") | word_set("evidence", "weak")
_ACTS_DE = _ACTS_DE | word_set("vouching", "contrasting")
_PARTICLES = word_set("acting", "opening")
_ACTS = frozenset((word,) for word in word_set("names", "company_verbs") | word_set("first_words", "does"))


def _has_as_many(sentence: Sentence, place: Place) -> bool:
    """Whether the figure before is told of a name too: `beträgt 17, bei der österreichischen Verbund sind es 19`."""
    is_told = sentence.words(place.last, place.last + 2) in _THERE_ARE
    is_led = not _AT.isdisjoint(sentence.words(place.first - 3, place.first))
    return is_told and is_led and any(place.last < f.first <= place.last + 4 for f in sentence.figures_near(place.last))


_THERE_ARE = tuple((verb, "es") for verb in ("sind", "waren", "ist", "war"))
_AT = frozenset(("bei", "beim", "für"))


def _is_leading(sentence: Sentence, place: Place) -> bool:
    """Whether a name is said to lead or trail others: `Größter Gewinner war Block mit einem Plus von 5,8 Prozent`."""
    is_told = sentence.words(place.first - 1, place.first) in _BEING
    is_told = is_told and sentence.words(place.last, place.last + 1) in ((), *_BEHIND)
    return is_told and not _SCOPES.isdisjoint(sentence.words(sentence.first, place.first - 1)[:_EARLY])


_BEING = tuple((word,) for word in ("war", "ist", "waren", "sind", "bildeten", "was", "is", "were", "are"))
_BEHIND = tuple((word,) for word in ("mit", ",", ".", "und", "with", "and", "(", ";"))
_SCOPES = word_set("subjects", "scopes")
_EARLY = 6


def _worded(sentence: Sentence) -> list[int]:
    """The tokens of a sentence that are no stops."""
    return [k for k in range(sentence.first, sentence.last) if sentence.tokens.text[k] not in ".:"]


def _is_run_in(sentence: Sentence, place: Place) -> bool:
    """Whether a name is all of a sentence that opens a paragraph: `Abbott.`, `Tandem:`."""
    tokens, last = sentence.tokens, sentence.last
    word = tokens.lower[place.first]
    is_name = word not in _SUMS and not is_ordinary(word)
    is_head = place.first == sentence.first == 0 and sentence.role in _PROSE and is_name
    if is_head and tokens.text[place.last : place.last + 1] == [":"]:
        return True
    return is_head and place.last < last and all(tokens.kind[k] != WORD for k in range(place.last, last))


def _is_described(sentence: Sentence, place: Place) -> bool:
    """Whether a comma and what the company does follow a name: `Expand, the largest U.S. producer,`."""
    words = sentence.words(place.last, place.last + 7)
    if words[:1] != (",",) or words[1:2] not in _ARTICLES:
        return False
    noun = next((k for k, word in enumerate(words[2:], 2) if is_company_noun(word)), None)
    return noun is not None and not {",", ".", "'"} & set(words[2 : noun + 2])


_ARTICLES = (("the",), ("a",), ("an",), ("der",), ("die",), ("das",), ("ein",), ("eine",))
_LEADERS = word_set("names", "leaders")
_COMPANY_VERBS = word_set("names", "company_verbs") | word_set("acting", "does")


def _is_led(sentence: Sentence, place: Place, after: tuple[str, ...]) -> bool:
    """Whether what stands behind a name in English only does behind a company's: `Chewy CEO`, `Delta kept its Buy`."""
    if after[:1] and after[0] in _LEADERS:
        return True
    if place.first != sentence.first or not after or after[1:2] == ("to",):
        return False
    if after[:2] in (("is", "up"), ("is", "down"), ("was", "up"), ("was", "down")):
        return any(f.mention.unit == "percent" and place.last < f.first <= place.last + 5 for f in sentence.figures)
    return after[0] in _COMPANY_VERBS and (not {"its", "the", "a"}.isdisjoint(after[1:]) or bool(sentence.figures))


def comes_back_bare(told: Iterable[tuple[Sentence, Place]], titles: Collection[int]) -> frozenset[str]:
    """What a German title names and the text again and again, never behind an article: `Wer im Mai Wacker gekauft hat`.

    A German noun bears a capital too, but an article or an adjective before it mostly.
    """
    times: Counter[str] = Counter()
    titled: set[str] = set()
    for sentence, place in told:
        name = place.name.name
        before = sentence.words(place.first - 1, place.first)
        is_led = bool(before) and (before[0] in DETERMINERS or before[0] == "-")
        is_headed = sentence.number in titles and sentence.words(place.last, place.last + 1) == (":",)
        times[name] += -_NEVER if is_led else 1 + is_headed
        if sentence.number in titles:
            titled.add(name)
    return frozenset(name for name in titled if times[name] >= _OFTEN)


_OFTEN, _NEVER = 3, 100


def in_bold(article: Article) -> frozenset[int]:
    """The sentences that open a paragraph with a bold name, where companies stand so: `**Asahi** hat den Angriff
    verdaut` beside `**Heineken** hat sich geschlagen`."""
    tongue = "en" if article.is_english else "de"
    leads, sure, block = [], 0, None
    for sentence in article.sentences:
        is_first, block = sentence.text.block is not block, sentence.text.block
        before = article.source[max(0, sentence.span[0] - 9) : sentence.span[0]].rstrip()
        if not is_first or sentence.role not in _PROSE or not before.endswith(_BOLD):
            continue
        named = next((n for n in sentence.names_near(sentence.first) if n.first == sentence.first), None)
        company = named.of(NameKind.COMPANY) if named is not None else None
        leads.append(sentence.number)
        sure += company is not None and tongue not in company.ambiguous_in
    return frozenset(leads) if sure >= _LEAST and 2 * sure >= len(leads) else frozenset()


_BOLD = ("**", "__", "<b>", "<strong>")
_LEAST = 2


def heads(sentence: Sentence, place: Place) -> str | None:
    """How a name heads a part of the text, as its siblings do: as a heading, as `**Tandem.**`, or as `EDP: ...`."""
    tokens, last = sentence.tokens, place.last
    if place.first != sentence.first or place.is_noun:
        return None
    follows = sentence.words(last, last + 1)
    is_whole = last >= sentence.last - len(follows)
    if sentence.role is BlockRole.HEADING:
        return "heading" if is_whole and follows in ((), (".",), (":",)) else None
    if sentence.first > 0 and any(tokens.kind[k] == WORD for k in range(sentence.first)):
        return None
    return "colon" if follows == (":",) else "sentence" if is_whole and follows in ((), (".",)) else None


def is_from(tokens: Tokens, k: int) -> bool:
    """Whether a capital only tells where many are from: `shares of European truck makers`."""
    is_adjective = tokens.text[k] in _CONTINENTS or state_by_adjective(tokens.text[k], is_english=True) is not None
    return is_adjective and k + 1 < len(tokens) and tokens.text[k + 1].islower()


_CONTINENTS = frozenset(("European", "Asian", "African", "Scandinavian", "Nordic"))
