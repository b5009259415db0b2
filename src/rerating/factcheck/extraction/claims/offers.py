"""What a promotion offers: one claim for each promotion that is more than headlines of other texts."""

from __future__ import annotations

from rerating.factcheck.claim import ClaimValue, Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.figures.fitting import is_claimable
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.promotion import Region
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.reading import MentionKind as K
from rerating.language.reading.tokens import WORD


def offers(article: Article, known: Subjects, drafts: list[Draft]) -> list[Draft]:
    """One claim for each promotion that is more than headlines of other texts: its first sentence."""
    out = []
    held: dict[Region, list[Sentence]] = {}
    for sentence in article.sentences:
        region = article.region_of(sentence)
        if region is not None and not region.is_teaser and region.start <= sentence.span[0]:
            held.setdefault(region, []).append(sentence)
    for sentences in held.values():
        inside = [s for s in sentences if _size(s) > 1]
        if not inside:
            continue
        first = inside[0]
        if _size(first) <= 2 and len(inside) > 1 and not first.is_question:
            first = inside[1]
        values = _values(first)
        out.append(
            Draft(
                sentence=first,
                first=first.first,
                last=first.last,
                span=first.span,
                kind="advertising",
                metric="offer",
                values=values[0],
                comparator=values[1],
                subject=as_subject(known.main),
                status="advertising",
            )
        )
    offered = {id(draft.sentence) for draft in out}
    drafts[:] = [draft for draft in drafts if id(draft.sentence) not in offered]
    return out


def promised(article: Article, known: Subjects, drafts: list[Draft]) -> None:
    """A gain that a promotion promises without a name is nobody's: `a little-known supplier could climb 500%`."""
    for draft in drafts:
        if draft.kind not in ("return", "implied_upside") or article.region_of(draft.sentence) is None:
            continue
        if all(place.is_noun for place in known.places.get(draft.sentence.number, [])):
            draft.subject = Subject()


_PRICED = frozenset(("for", "nur", "ab", "worth", "just", "only", "für", "save", "sparen", "costs", "kostet", "from"))
_PRICED_BEHIND = frozenset(
    (
        "month",
        "monat",
        "year",
        "jahr",
        "week",
        "woche",
        "bonus",
        "prämie",
        "cashback",
        "sparen",
        "monatlich",
        "off",
        "rabatt",
    )
)
_RATED = frozenset(
    ("zinsen", "interest", "rabatt", "discount", "apy", "off", "savings", "cash", "tagesgeld", "festgeld", "deposits")
)


def _size(sentence: Sentence) -> int:
    return sum(sentence.tokens.kind[k] == WORD for k in range(sentence.first, sentence.last))


def _values(sentence: Sentence) -> tuple[tuple[ClaimValue, ...], str]:
    """The price of an offer: what it costs, pays or is worth; not what a share is said to become."""
    for figure in sentence.figures:
        if not is_claimable(figure) or figure.mention.kind not in (K.MONEY, K.PERCENT):
            continue
        lead = set(sentence.words(figure.lead - 3, figure.lead)) | set(sentence.words(figure.lead, figure.first))
        tail = set(sentence.words(figure.tail, figure.tail + 4))
        is_price = figure.mention.kind is K.MONEY and (lead & _PRICED or tail & _PRICED_BEHIND)
        is_rate = figure.mention.kind is K.PERCENT and tail & _RATED
        if not (is_price or is_rate):
            continue
        mention = figure.mention
        values = tuple(
            ClaimValue(value=abs(v.value), unit=mention.unit, currency=mention.currency, role=v.role, step=v.step)
            for v in mention.values
            if mention.unit is not None
        )
        return values, str(mention.comparator.value)
    return (), "none"
