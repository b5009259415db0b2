"""A deal's frame: whose a claim is where a text about one company tells of another one that no list holds.

`SGS übernimmt Castle. Diese beschäftigt 1100 Personen. Danach dürfte die Nettoverschuldung ...`: the price, the
multiple, the earn-out, the approvals and the closing are of the company that is bought, and so are its people and its
sales where a sentence is about it. What the deal saves, the weight of the debt behind it, shares, guidance, what the
bought company brings in (`steuerte 98 Millionen bei`) and what a sentence tells that is not about it are the buyer's:
the text comes back to the company that it is about.
"""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.deals.deal_names import BOUGHT, HELD, JOINT, PART, SOLD, TITLES, Finder
from rerating.factcheck.extraction.whom.deals.deal_prices import brings, is_paid_for, is_price, is_sum
from rerating.factcheck.extraction.whom.deals.deal_refs import (
    Deal,
    Ref,
    end_of,
    is_closed,
    is_described,
    is_oblique,
    is_weak,
    nearest,
)
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.names.acquired import told_bought
from rerating.factcheck.extraction.whom.names.company_evidence import goes_on


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence tells of the deals of its text, read once."""

    refs: list[Ref]
    opened: Deal | None
    """Which company it goes on about by other words than its name."""
    aliases: dict[str, Deal]
    """What else a company's name has been taken for."""


class Deals:
    """The deals of a text about one listed company with others that no list holds."""

    def __init__(self, article: Article, known: Subjects) -> None:
        self._known = known
        self._main = as_subject(known.main)
        self._deals: dict[str, list[Deal]] = {}
        self._told: dict[int, list[Deal]] = {}
        self._topic: Deal | None = None
        self._is_head = False
        """Whether the last sentence was about it, rather than only led it in."""
        self._at = -9
        self._scene = Scene([], None, {})
        self._block: object = None
        main = known.main
        if main is None or main.kind is not NameKind.COMPANY or main.ticker is None:
            return
        is_sought = any(
            target == main and bidder is not None and bidder.ticker for bidder, target in known.bid.values()
        )
        finder = Finder(article, main)
        sides = {name for bid in known.bid.values() for name in bid if name is not None} if is_sought else set()
        own = {word for name in (main, *sides) for word in name.name.lower().split()}
        prose = [sentence for sentence in article.sentences if sentence.row is None]
        for sentence in prose:
            for told in finder.told(sentence):
                if own.isdisjoint(told.name.lower().split()) and (told.role in _KEPT_ROLES or not is_sought):
                    self._note(told.name, told.role, sentence)
        for sentence in () if is_sought else prose:
            target = told_bought(sentence, known.places.get(sentence.number, []))
            if target is not None and target.ticker is None and target != main and finder.is_name(target.name):
                self._note(target.name, BOUGHT, sentence)

    def _note(self, name: str, role: str, sentence: Sentence) -> None:
        """Takes in a company; but a part of a name, or one with more behind it, is the same."""
        words = tuple(name.replace(".", " . ").replace("&", " & ").replace("-", " - ").split())
        held = [
            d
            for deals in self._deals.values()
            for d in deals
            if set(d.words) <= set(words) or set(words) <= set(d.words)
        ]
        deal = held[0] if held else Deal(name, words, role, sentence.number)
        if len(words) > len(deal.words) and words[0] == deal.words[0] and words[-1].lower() not in _FORMS:
            deal.name, deal.words = name, words
        if not held:
            self._deals.setdefault(words[0], []).append(deal)
        self._told.setdefault(sentence.number, []).append(deal)

    # ---- whom a sentence names -----------------------------------------------------------------------------------

    def _mentions(self, sentence: Sentence) -> list[Ref]:
        """Where the deals' companies are named, by their words or by the first of several."""
        tokens, found, k = sentence.tokens, list[Ref](), sentence.first
        while k < sentence.last:
            last, deal = k, None
            word = tokens.text[k]
            for each in self._deals.get(word, ()) or self._deals.get(word.removesuffix("s"), ()):
                if (end := end_of(sentence, k, each.words)) is not None:
                    last, deal = end, each
                    break
            if deal is not None:
                found.append(Ref(k, last, deal))
            k = max(last, k + 1)
        return found

    def _refs(self, sentence: Sentence, named: list[Ref]) -> list[Ref]:
        taken = {k for ref in named for k in range(ref.first, ref.last)}
        places = self._known.places.get(sentence.number, [])
        others = [
            Ref(p.first, p.last, None, p.name)
            for p in places
            if p.name.kind is NameKind.COMPANY and p.first not in taken and not is_weak(sentence, p)
        ]
        return sorted([*named, *others], key=lambda ref: ref.first)

    # ---- sentence by sentence ------------------------------------------------------------------------------------

    def turn(self, sentence: Sentence, found: list[Draft]) -> None:
        """Gives the claims of a sentence to the side of the deal that they are of."""
        if not self._deals:
            return
        named = self._mentions(sentence)
        refs = self._refs(sentence, named)
        if sentence.text.block is not self._block and self._at != sentence.number - 1:
            self._topic = None
        self._block = sentence.text.block
        self._scene = scene = Scene(refs, self._opened(sentence, refs), self._aliases(sentence, named))
        for draft in found:
            self._settle(sentence, draft, scene)
        self._follow(sentence, scene)

    def words(self, sentence: Sentence, found: list[Draft]) -> None:
        """Gives what that sentence tells without a figure to whom it is of: closings, the deal itself."""
        if self._deals:
            for draft in found:
                self._settle(sentence, draft, self._scene)

    def _follow(self, sentence: Sentence, scene: Scene) -> None:
        """Notes whom the sentence leaves in sight."""
        refs, opened = scene.refs, scene.opened
        head = next((ref for ref in refs if not is_oblique(sentence, ref)), None)
        told = self._told.get(sentence.number, [])
        words = sentence.words(sentence.first, sentence.last)
        if opened is not None or (head is not None and head.deal is not None and head.first - sentence.first < _HEAD):
            self._topic, self._is_head = opened or (head.deal if head is not None else None), True
        elif told:
            self._topic, self._is_head = told[-1], False
        elif self._topic is not None and not _KEPT.isdisjoint(words):
            self._is_head = False
        elif refs:
            self._topic = next((ref.deal for ref in reversed(refs) if ref.deal is not None), None)
            self._is_head = False
        else:
            return
        self._at = sentence.number

    def _aliases(self, sentence: Sentence, named: list[Ref]) -> dict[str, Deal]:
        """What else a part of a company's name has been taken for here."""
        out: dict[str, Deal] = {}
        for deals in self._deals.values():
            for deal in deals:
                out[deal.name] = deal
        for p in self._known.places.get(sentence.number, []):
            ref = next((ref for ref in named if ref.first < p.last and p.first < ref.last), None)
            if ref is not None and ref.deal is not None and p.name != self._known.main:
                out[p.name.name] = ref.deal
        return out

    def _opened(self, sentence: Sentence, refs: list[Ref]) -> Deal | None:
        """The company that a sentence goes on about by other words than its name."""
        deal = self._topic
        if deal is None or self._at < sentence.number - 2:
            return None
        first = sentence.first
        opening = sentence.words(first, first + _OPENING)
        if not opening or any(
            ref.first < first + _OPENING and (ref.deal or not is_oblique(sentence, ref)) for ref in refs
        ):
            return None
        if opening[0] in _DEMONSTRATIVE and not _is_noun_at(sentence, first + 1):
            return deal
        if self._at != sentence.number - 1:
            return None
        is_coming = opening[0] in ("mit", "with") and not _KEPT.isdisjoint(opening[1:3])
        if is_coming and not _COMING.isdisjoint(opening):
            return deal
        is_told_on = (self._is_head and opening[0] in _PRONOUNS) or goes_on(sentence, first)
        return deal if is_told_on and _ACTS.isdisjoint(sentence.words(first, sentence.last)) else None

    # ---- whose a claim is ----------------------------------------------------------------------------------------

    def _settle(self, sentence: Sentence, draft: Draft, scene: Scene) -> None:
        """Gives a claim to the bought company or to the company of the text, where it is of one of them."""
        name = draft.subject.name
        alias = scene.aliases.get(name or "")
        is_mine = draft.subject == self._main or name is None or alias is not None
        whose = self._whose(sentence, draft, scene)
        is_size = draft.subject.ticker is None and draft.kind in (*_SIZES, "corporate_event")
        if whose is not None and (is_mine or is_size):
            draft.subject = Subject(name=whose.name)
            if is_sum(draft) and draft.kind != "corporate_event" and is_price(sentence, draft):
                draft.kind, draft.metric = "corporate_event", "acquisition"
        elif whose is None and alias is not None and not self._names_met(sentence, draft):
            draft.subject = self._main

    def _names_met(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether the sentence itself names the company of no list that a figure was given to."""
        places = self._known.places.get(sentence.number, [])
        return any(p.name.is_met and not p.is_noun and p.name.name == draft.subject.name for p in places)

    def _whose(self, sentence: Sentence, draft: Draft, scene: Scene) -> Deal | None:
        refs, opened = scene.refs, scene.opened
        governing = self._governing(sentence, draft, refs)
        near = governing.deal if governing is not None else None
        here = nearest(draft, refs)
        led = self._topic if self._topic is not None and self._at >= sentence.number - 2 else None
        is_paid = is_price(sentence, draft) or (here is not None and is_paid_for(sentence, draft, refs))
        if draft.metric == "acquisition" or (is_sum(draft) and draft.kind in _SUMS and is_paid):
            priced = self._priced_one(sentence, draft, refs, here or led or self._announced(sentence))
            return priced or (opened if governing is None else None)
        if draft.kind == "policy_event":
            return None
        if draft.metric in _MULTIPLES and _SHARES.isdisjoint(sentence.words(sentence.first, sentence.last)):
            is_paid = not _PAID_IN.isdisjoint(sentence.words(draft.first - 14, draft.last + 4))
            deal = here or (led if self._at >= sentence.number - 1 else None)
            if deal is not None and deal.role in (BOUGHT, HELD) and is_paid:
                return deal
        is_percent = any(value.unit == "percent" for value in draft.values)
        if is_percent and here is not None and not _HOLDS.isdisjoint(sentence.words(draft.last, draft.last + 2)):
            draft.kind, draft.metric = "holding", "stake"
        part = next(
            (ref.deal for ref in refs if draft.last <= ref.first <= draft.last + 3 and is_oblique(sentence, ref)), None
        )
        is_part = part is not None and not _PARTS.isdisjoint(sentence.words(draft.last, draft.last + 3))
        if part is not None and is_part and is_percent:
            return part if part.role != SOLD else None
        if draft.metric == "stake" or draft.kind == "holding":
            return here if here is not None and here.role != SOLD else None
        if (draft.kind in _OF_SHARES and draft.metric not in _RAISED) or (draft.metric in _OF_BUYER and near is None):
            return None
        if draft.kind not in _SIZES and draft.metric not in _SIZED:
            return None
        if brings(sentence, draft, refs):
            return None
        if governing is None:
            return opened
        return near if near is None or near.role != PART else None

    def _announced(self, sentence: Sentence) -> Deal | None:
        """The company that a title tells to be bought without its name: `kauft US-Laborkette`."""
        deals = [deal for each in self._deals.values() for deal in each if deal.role == BOUGHT]
        return min(deals, key=lambda deal: deal.number) if sentence.role in TITLES and deals else None

    def _priced_one(self, sentence: Sentence, draft: Draft, refs: list[Ref], deal: Deal | None) -> Deal | None:
        """Whose price it is: of the one that is bought; what is got for a part that is sold is the seller's."""
        if deal is None or deal.role == SOLD:
            return None
        is_told = (
            refs or is_price(sentence, draft) or not _KEPT.isdisjoint(sentence.words(sentence.first, sentence.last))
        )
        return deal if is_told else None

    def _governing(self, sentence: Sentence, draft: Draft, refs: list[Ref]) -> Ref | None:
        """Who the clause of a claim is about: named before it nearest, not in passing, not in a clause that is over."""
        before = [ref for ref in refs if ref.first < draft.first]
        last = before[-1] if before and before[-1].deal is not None else None
        if (
            last is not None
            and is_described(sentence, last, draft.first)
            and not is_closed(sentence, last, draft.first)
        ):
            return last
        for ref in reversed(before):
            if not is_oblique(sentence, ref) and not is_closed(sentence, ref, draft.first):
                return ref
        return None


_FORMS = word_set("names", "legal")
_KEPT_ROLES = (HELD, JOINT)
"""What a company has that is itself to be bought: the other deals of its article are its own takeover."""
_HEAD = 5
_OPENING = 7


def _is_noun_at(sentence: Sentence, k: int) -> bool:
    return sentence.tokens.text[k : k + 1] != [] and sentence.tokens.text[k][:1].isupper()


_SIZES = frozenset(("operating_metric", "financial_figure", "growth", "ratio", "market_share", "estimate", "guidance"))
"""Kinds of what a company does; a price or a target is of a listed one."""
_MULTIPLES = frozenset(
    ("ev_ebitda", "ev_sales", "price_sales", "ebitda_multiple", "price_earnings", "forward_price_earnings")
)
_OF_SHARES = frozenset(
    (
        "return",
        "price_level",
        "price_target",
        "implied_upside",
        "rating",
        "rating_change",
        "rating_count",
        "consensus_rating",
        "high_low_level",
        "distance_to_high",
        "distance_to_low",
        "moving_average",
        "insider_trade",
        "options_volume",
        "volume",
    )
)
"""Kinds that only a listed company has."""
_OF_BUYER = frozenset(
    (
        "debt",
        "net_debt",
        "cost_savings",
        "leverage",
        "synergies",
        "closures",
        "buyback",
        "dividend_per_share",
        "dividend",
        "eps",
        "write_down",
        "job_cuts",
        "layoffs",
        "restructuring_costs",
    )
)
"""What is told of the one who buys, unless a sentence is about the other."""
_SUMS = frozenset(
    (
        "financial_figure",
        "guidance",
        "capex",
        "market_cap",
        "corporate_event",
        "estimate",
        "catalyst",
        "operating_metric",
    )
)
_PAID_IN = word_set("deal_frame", "paid_in")
_SHARES = word_set("deal_frame", "shares")
_SIZED = frozenset(("count", "market_cap", "listing", "capital_increase", "fund_flows"))
_RAISED = frozenset(("fund_flows", "capital_increase", "listing", "partnership", "net_income"))
_DEMONSTRATIVE = frozenset(("diese", "dieses", "letztere", "letzteres"))
_PRONOUNS = frozenset(("es", "sie", "it", "its", "ihr", "ihre", "sein", "seine", "er"))
_COMING = frozenset(("kommen", "kommt", "hinzu", "come", "comes"))
_ACTS = word_set("deal_frame", "acts")
_KEPT = word_set("deal_frame", "kept")
_HOLDS = frozenset(("hält", "halten", "hielt", "hielten"))
_PARTS = frozenset(("an", "of", "in", "am"))
