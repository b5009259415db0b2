"""The assets that an article names: companies by the gazetteer or by a mark beside them, and which is the main one.

A name that is an ordinary word counts only where a mark (X-Aktie, shares of X, a ticker) or the title has made it one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import (
    ASSETS,
    Name,
    Named,
    NameKind,
    Place,
    of_symbol,
)
from rerating.factcheck.extraction.text.german_nouns import is_german_noun
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.marked_names import marked_names, rated_names, titled_name
from rerating.factcheck.extraction.text.name_words import (
    RATING_WORDS,
    is_common_word,
    is_kind_word,
    is_legal,
    is_trade,
    without_form,
)
from rerating.factcheck.extraction.text.people import ROLES, persons
from rerating.factcheck.extraction.text.symbols import printed_ticker, symbol_at
from rerating.factcheck.extraction.whom.names.acting import acting
from rerating.factcheck.extraction.whom.names.commodities import is_own_price, priced
from rerating.factcheck.extraction.whom.names.funds import described
from rerating.factcheck.extraction.whom.names.products import is_product
from rerating.factcheck.extraction.whom.names.unlisted import INNER, heads, is_a_word_too, recurring, spelled_out
from rerating.factcheck.extraction.whom.names.unlisted_indices import unlisted_indices
from rerating.factcheck.extraction.whom.names.vouching import (
    capitals_within,
    is_cut_short,
    is_from,
    names_another,
    tickers,
)
from rerating.factcheck.extraction.whom.phrases.bodies import is_of_body
from rerating.factcheck.extraction.whom.phrases.bonds import bonds_in
from rerating.factcheck.extraction.whom.phrases.forms import short_forms, whole
from rerating.factcheck.extraction.whom.phrases.headlines import is_no_mark
from rerating.language.reading.tokens import Tokens


def near(places: list[Place], at: int) -> list[Place]:
    """The places around a token: in a sentence without an end only a dozen on each side can be meant."""
    k = bisect_left(places, at, key=lambda place: place.first)
    return places[max(0, k - _AROUND) : k + _AROUND]


_AROUND = 12


def spelling(tokens: Tokens, first: int, last: int) -> list[str]:
    """The words of a name as they stand there, without a genitive s."""
    words = list(tokens.text[first:last])
    if words and words[-1].endswith("s") and len(words[-1]) > 3:
        words[-1] = words[-1].removesuffix("s")
    return words


def marked(article: Article) -> dict[str, Name]:
    """Companies that a mark names: by their spelling."""
    meanings: dict[str, Name] = {}
    capitals = capitals_within(article)
    sentences: dict[int, list[Sentence]] = {}
    for part in article.sentences:
        sentences.setdefault(id(part.text), []).append(part)
    for text in {id(s.text): s.text for s in article.sentences}.values():
        houses = [(n.first, n.last) for n in text.names if n.of(NameKind.HOUSE) is not None]
        for first, last, _ in (*marked_names(text.tokens), *rated_names(text.tokens, houses)):
            words = spelling(text.tokens, first, last)
            key = " ".join(words)
            if key in meanings or _is_no_company(text.tokens, first, last):
                continue
            sentence = next(s for s in reversed(sentences[id(text)]) if s.first <= first)
            if is_no_mark(sentence, first, last, capitals) or is_of_body(sentence, first, last):
                continue
            within = [n for n in text.names if first <= n.first and n.last <= last]
            is_listed = any(n.last - n.first == last - first and n.of(NameKind.COMPANY) for n in within)
            known = of_symbol(key) if len(key) >= 2 and not is_listed else None
            if known is not None:
                meanings[key] = known
                continue
            inside = next((n for n in within if n.last - n.first == last - first and n.of(*ASSETS)), None)
            inside = inside or next(
                (n for n in within if n.of(NameKind.COMPANY) and not _is_but_a_word(text.tokens, n, last)), None
            )
            if inside is not None:
                name = inside.of(*ASSETS)
                assert name is not None
                if name.kind is NameKind.COMMODITY:  # `Erdgas (TTF)`: no symbol makes a company of it
                    continue
                meanings[" ".join(spelling(text.tokens, inside.first, inside.last))] = name
                continue
            if any(
                n.first < last
                and first < n.last
                and n.names[0].kind not in INNER
                and not _is_but_a_word(text.tokens, n, last)
                for n in text.names
            ):
                continue
            if len(words) == 1 and is_common_word(key.lower()) and text.tokens.lower[last : last + 1] == ["-"]:
                continue
            if text.tokens.lower[last : last + 1] == ["("]:
                at = last + 3 if text.tokens.text[last + 2] == ":" else last + 1
                known = of_symbol(symbol_at(text.tokens, at))
                if known is not None:
                    meanings[key] = known
                    continue
            meanings[key] = Name(
                NameKind.COMPANY,
                _joined(text.tokens, first, without_form(text.tokens, first, last)),
                next(filter(None, (printed_ticker(text.tokens, k) for k in range(last, last + 4))), None),
            )
    printed = {name.ticker.partition(".")[0]: name for name in meanings.values() if name.ticker is not None}
    meanings |= {key: printed[key] for key, name in meanings.items() if key in printed and name.ticker is None}
    acts = {key: name for key, name in acting(article).items() if not is_product(article, name.name)}
    found = acts | _recurring(article, meanings) | short_forms(article) | tickers(article)
    return unlisted_indices(article) | found


def _is_but_a_word(tokens: Tokens, named: Named, last: int) -> bool:
    """Whether a common word that names a company too begins a longer name that no list holds: `Northern Anvil`."""
    follows = tokens.text[named.last] if named.last < last else ""
    return is_a_word_too(named) and follows[:1].isupper() and not is_legal(tokens, named.last)


def _is_no_company(tokens: Tokens, first: int, last: int) -> bool:
    """Whether marked capitals are a role, a rating or but the place of a company: `the Denver-based maker`."""
    lower = tokens.lower[first:last]
    is_named = last - first > 1 and tokens.text[last - 1] in _ENDS and not is_trade(tokens, last - 2)
    if tokens.text[last - 1] == "-" or (is_trade(tokens, last - 1) and not is_named):
        return True
    if last - first == 1 and (is_kind_word(tokens.lower[first]) or is_from(tokens, first)):
        return True
    return all(word in ROLES or word in RATING_WORDS or word == "chief" for word in lower)


_ENDS = frozenset(("Group", "Bank", "Company"))
"""Nouns for a company that end the names of many."""


def _recurring(article: Article, marked: dict[str, Name]) -> dict[str, Name]:
    """What marks name, and the title's word that comes back: where a mark took its first word only, the whole name."""
    unlisted = spelled_out(article) or recurring(article)
    if unlisted is None or is_product(article, unlisted):
        return marked
    spelt = unlisted if " " in unlisted else whole(article, unlisted) or unlisted
    full, first = Name(NameKind.COMPANY, spelt), unlisted.split(" ")[0]
    again = {unlisted.removesuffix("s"): full, spelt: full}
    if first != unlisted and first in marked and marked[first].name == first:
        again |= {first: replace(full, ticker=marked[first].ticker)}
        marked = {key: name for key, name in marked.items() if key != first}
    return again | marked


def is_about_known(article: Article) -> bool:
    """Whether the first sentences name a company, or the title an index or another asset."""
    early = article.sentences[:8]
    if any(name.of(NameKind.COMPANY) for sentence in early for name in sentence.names):
        return True
    return any(_names_something(s) for s in early if s.role is BlockRole.TITLE)


def _names_something(sentence: Sentence) -> bool:
    """Whether a sentence names an asset that no unit of its figures is."""
    return any((name := n.of(*ASSETS)) is not None and name.kind is not NameKind.CURRENCY for n in sentence.names)


def titled(article: Article, *, least: int) -> dict[str, Name]:
    """The company that a title begins with, where it names none that is known: `Zörbel unter Druck`, `KNDS: Zahlen`.

    It has to come back `least` times.
    """
    for sentence in heads(article)[:2]:
        if least and _names_something(sentence):
            continue
        found = titled_name(sentence.tokens, sentence.first, sentence.last, is_english=article.is_english)
        if found is not None:
            first, last = found
            words = spelling(sentence.tokens, first, last)
            has_colon = sentence.tokens.text[last] == ":"
            if least and _count(article, words[0]) <= least - has_colon:
                continue
            last = without_form(sentence.tokens, first, last)
            words = spelling(sentence.tokens, first, last)
            if not article.is_english and last - first == 1 and is_german_noun(sentence.tokens.lower[first]):
                continue
            return {" ".join(words): Name(NameKind.COMPANY, _joined(sentence.tokens, first, last))}
    return {}


def _count(article: Article, word: str) -> int:
    texts = {id(s.text): s.text for s in article.sentences}.values()
    return sum(seen.removesuffix("s") == word for text in texts for seen in text.tokens.text)


def _joined(tokens: Tokens, first: int, last: int) -> str:
    text = tokens.text[first]
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    return text


Marked = dict[str, list[tuple[tuple[str, ...], Name]]]
"""The companies that no list holds, with the words of each spelling, by the first of them."""


def by_first_word(marked: dict[str, Name]) -> Marked:
    """Companies by the first word of their spellings, so that a sentence looks up its own words only."""
    firsts: Marked = {}
    for key, name in marked.items():
        words = tuple(key.split(" "))
        firsts.setdefault(words[0], []).append((words, name))
    return firsts


def places_in(sentence: Sentence, marked: Marked) -> list[Place]:
    """The assets that a sentence names, in its order; `marked` holds the companies that no list does."""
    places = []
    people = {k for first, last in persons(sentence) for k in range(first, last)}
    for named in sentence.names:
        if named.first in people or named.last - 1 in people:
            continue
        name = named.of(NameKind.INDEX) or _meant(sentence, named)
        if name is None or name.kind is NameKind.CURRENCY or _is_venue_word(sentence, named):
            continue
        if name.kind is NameKind.COMPANY and names_another(sentence, named):
            continue
        is_metal = name.kind is NameKind.COMMODITY
        if is_metal and (
            _is_trade(sentence, named) or _is_named_after(sentence, named) or is_own_price(sentence, named.first)
        ):
            continue
        if any(
            f.mention.unit == "date" and f.first <= named.first < f.last for f in sentence.figures_near(named.first)
        ):
            continue
        places.append(Place(named.first, named.last, name))
    places = _with_funds(sentence, places)
    places = _with_goods(sentence, places, marked)
    tongue = "en" if sentence.text.is_english else "de"
    here = {place.name.name for place in places if tongue not in place.name.ambiguous_in}
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        text = tokens.text[k]
        for words, name in marked.get(text, marked.get(text.removesuffix("s"), ())):
            if name.name in here and not " ".join(words).isupper():
                continue
            size = len(words)
            seen = spelling(tokens, k, k + size)
            if [w.removesuffix("s") for w in seen] != [w.removesuffix("s") for w in words]:
                continue
            if k in people or k + size - 1 in people:
                continue
            met = [p for p in places if p.first < k + size and k < p.last]
            if all(k <= p.first and p.last <= k + size and p.last - p.first < size for p in met):
                places = [*(p for p in places if p not in met), Place(k, k + size, name)]
    return sorted(places, key=lambda place: place.first)


def _is_printed_symbol(sentence: Sentence, named: Named) -> bool:
    """Whether a name is but the symbol behind its exchange: the `CSL` of `Carlisle (NYSE: CSL)`."""
    beside = sentence.words(named.first - 1, named.first), sentence.words(named.last, named.last + 1)
    return named.last - named.first == 1 and beside == ((":",), (")",))


def _with_goods(sentence: Sentence, places: list[Place], marked: Marked) -> list[Place]:
    """The places with goods whose price is told and states' bonds, in place of shorter ones within (`Apple juice`)."""
    for first, last, name in (*priced(sentence), *bonds_in(sentence)):
        met = [place for place in places if place.first < last and first < place.last]
        is_longer = all(first <= p.first and p.last <= last and p.last - p.first < last - first for p in met)
        is_longer = is_longer or (name.kind is NameKind.BOND and all(p.name.kind is NameKind.BOND for p in met))
        is_name = any(words[1:] == () for words, _ in marked.get(sentence.tokens.text[first].removesuffix("s"), ()))
        if is_longer and not is_name:
            places = [*(place for place in places if place not in met), Place(first, last, name)]
    return sorted((p for p in places if not _is_of_sort(sentence, p, places)), key=lambda place: place.first)


def _is_of_sort(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    """Whether a commodity's sort is named behind it: `Rohöl der Sorte Brent`, `Erdgas (TTF)`."""
    behind = sentence.words(place.last, place.last + 2)
    if place.name.kind is not NameKind.COMMODITY:
        return False
    is_bracketed = behind[:1] == ("(",) and any(
        p.first == place.last + 1 and p.name.kind is NameKind.COMMODITY for p in places
    )
    return is_bracketed or (behind[:1] == ("der",) and behind[1:] in _SORTS)


_SORTS = (("sorte",), ("nordseesorte",), ("us-sorte",), ("referenzsorte",))


def _meant(sentence: Sentence, named: Named) -> Name | None:
    """The asset that a name stands for: rather one that is no ordinary word in the language (`Kakao`)."""
    if _is_printed_symbol(sentence, named):
        return of_symbol(symbol_at(sentence.tokens, named.first))
    tongue = "en" if sentence.text.is_english else "de"
    found = [name for name in named.names if name.kind in ASSETS]
    return next((name for name in found if tongue not in name.ambiguous_in), next(iter(found), None))


def _with_funds(sentence: Sentence, places: list[Place]) -> list[Place]:
    """The places with the funds that a part of their name tells, in place of what lies within them."""
    for first, last, name in described(sentence):
        met = [place for place in places if place.first < last and first < place.last]
        if all(first <= place.first and place.last <= last for place in met):
            places = [*(place for place in places if place not in met), Place(first, last, name)]
    return places


def _is_named_after(sentence: Sentence, named: Named) -> bool:
    """Whether a metal is but the first word of a name: `Silver Lake`."""
    is_capital = sentence.tokens.text[named.first][:1].isupper()
    return is_capital and is_cut_short(sentence, named.last)


_TRADES = word_set("subjects", "trades")


def _is_trade(sentence: Sentence, named: Named) -> bool:
    """Whether a commodity says what a company does: `oil & gas pipelines company`, `Goldproduzent`."""
    after = sentence.words(named.last, named.last + 3)
    return after[:2] in (("&", "gas"), ("and", "gas")) or after[:1] == ("-",) or not _TRADES.isdisjoint(after[:2])


def _is_venue_word(sentence: Sentence, named: Named) -> bool:
    """Nasdaq is an index and a venue, `Wall Street` no subject: a venue behind an der, im, on the; `S&P Dow Jones
    Indices` is a company that counts."""
    if sentence.words(named.last, named.last + 1) == ("indices",):
        return True
    if named.of(NameKind.VENUE) is None:
        return False
    before = sentence.words(named.first - 2, named.first)
    after = sentence.words(named.last, named.last + 2)
    return (
        bool({"der", "an", "im", "on", "(", "technologiebörse"} & set(before[-1:]))
        or ":" in after[:1]
        or after == ("-", "handel")
    )
