"""A deal's frame: whose a claim is where a text about one company tells of another one that no list holds.

`SGS übernimmt Castle. Diese beschäftigt 1100 Personen. Danach dürfte die Nettoverschuldung ...`: the price, the
multiple, the earn-out, the approvals and the closing are of the company that is bought, and so are its people and its
sales where a sentence is about it. What the deal saves, the weight of the debt behind it, shares, guidance, what the
bought company brings in (`steuerte 98 Millionen bei`) and what a sentence tells that is not about it are the buyer's:
the text comes back to the company that it is about.
"""

from __future__ import annotations

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.deals.deal_kinds import MULTIPLES, OF_BUYER, OF_SHARES, SIZES
from rerating.factcheck.extraction.whom.deals.deal_names import BOUGHT, HELD, JOINT, PART, SOLD, TITLES, Finder
from rerating.factcheck.extraction.whom.deals.deal_prices import brings, is_paid_for, is_price, is_sum, unit
from rerating.factcheck.extraction.whom.deals.deal_refs import (
    EITHER,
    Deal,
    Ref,
    end_of,
    is_closed,
    is_described,
    is_foreign,
    is_loose,
    is_oblique,
    is_weak,
    nearest,
)
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.names.acquired import told_bought
from rerating.factcheck.extraction.whom.names.purchases import is_kin


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
        self._at = self._priced = -9
        self._opens: Deal | None = None
        self._block: object = None
        main = known.main
        if main is None or main.kind is not NameKind.COMPANY or main.ticker is None:
            return
        is_sought = any(target == main and _is_bidder(bidder, article) for bidder, target in known.bid.values())
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
        if role == PART:
            deal.role = PART
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
        meant = []
        for k in range(sentence.first + 2, sentence.last):
            if sentence.tokens.lower[k] in EITHER and sentence.words(k - 2, k) in _FOR_THE:
                deal = next((ref.deal for ref in reversed(named) if ref.last <= k), self._topic)
                meant += [Ref(k, k + 1, deal)] if deal is not None else []
        return sorted([*named, *others, *meant], key=lambda ref: ref.first)

    # ---- sentence by sentence ------------------------------------------------------------------------------------

    def turn(self, sentence: Sentence, found: list[Draft]) -> None:
        """Gives the claims of a sentence to the side of the deal that they are of."""
        if not self._deals:
            return
        named = self._mentions(sentence)
        refs = self._refs(sentence, named)
        aliases = self._aliases(sentence, named)
        is_new = sentence.text.block is not self._block
        if is_new and self._at != sentence.number - 1:
            self._topic = None
        self._block = sentence.text.block
        self._opens = opened = self._opened(sentence, refs)
        before: tuple[str, Draft] | None = None
        for draft in found:
            metric, main = draft.metric, draft.subject
            self._settle(sentence, draft, refs, opened, aliases)
            is_pair = before is not None and (metric == before[0] or unit(draft) == unit(before[1]) == "ratio")
            if before is not None and is_pair and draft.subject == main != before[1].subject:
                is_parted = any(before[1].last <= ref.first < draft.first for ref in refs)
                if not is_parted and main in (self._main, Subject()) and _is_of_deal(before[1].subject, aliases):
                    draft.subject = before[1].subject
            before = (metric, draft)
        self._follow(sentence, refs, opened)

    def words(self, sentence: Sentence, found: list[Draft]) -> None:
        """Gives what a sentence tells without a figure to whom it is of: approvals, closings, the deal itself."""
        if not self._deals:
            return
        named = self._mentions(sentence)
        refs, aliases = self._refs(sentence, named), self._aliases(sentence, named)
        for draft in found:
            self._settle(sentence, draft, refs, self._opens, aliases)

    def _follow(self, sentence: Sentence, refs: list[Ref], opened: Deal | None) -> None:
        """Notes whom the sentence leaves in sight."""
        head = next((ref for ref in refs if not is_oblique(sentence, ref)), None)
        told = self._told.get(sentence.number, [])
        words = sentence.words(sentence.first, sentence.last)
        if opened is not None or (head is not None and head.deal is not None and head.first - sentence.first < _HEAD):
            self._topic, self._is_head = opened or (head.deal if head is not None else None), True
        elif told:
            self._topic, self._is_head = told[-1], False
        elif self._topic is not None and (self._priced == sentence.number or not _KEPT.isdisjoint(words)):
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
        if opening[0] in _DEMONSTRATIVE and (opening[0] not in ("diese",) or not _is_noun_at(sentence, first + 1)):
            return deal
        is_next = self._at == sentence.number - 1
        is_coming = opening[0] in ("mit", "with") and not _KEPT.isdisjoint(opening[1:3])
        is_coming = (is_coming and not _COMING.isdisjoint(opening)) or opening[:2] == ("that", "buys")
        is_founded = not _FOUNDED.isdisjoint(opening[:1] if opening[0] not in _DEFINITE else opening)
        is_there = not refs and not _MEASURED.isdisjoint(sentence.words(first, sentence.last))
        if is_next and (is_coming or is_founded or is_there):
            return deal
        words = set(sentence.words(first, sentence.last))
        is_static = not _STATIC.isdisjoint(words) and _ACTS.isdisjoint(words)
        if opening[0] in _PRONOUNS and is_next:
            is_told_on = self._is_head and _ACTS.isdisjoint(words)
            return deal if is_told_on or (is_static and opening[0] in _THEMSELVES) else None
        if opening[0] not in _DEFINITE or not is_next:
            return None
        if (opening[1:2] and opening[1] in _TARGETS) or not _ACQUIRED.isdisjoint(opening[1:3]):
            return deal
        if not _FAMILY.isdisjoint(opening) or any(word.endswith("based") for word in opening):
            return deal
        noun = next((k for k in range(1, len(opening)) if opening[k] in _COMPANIES), None)
        if noun is not None:
            is_placed = opening[noun + 1 : noun + 2] in (("aus",), ("mit",), ("from",), ("in",))
            is_founded = not _FOUNDED.isdisjoint(opening[:noun]) or is_foreign(sentence, first + 1, first + noun)
            return deal if is_placed or is_founded or is_static or (self._is_head and _ACTS.isdisjoint(words)) else None
        is_told = any(is_kin(sentence, k) for k in range(first + 1, first + 4))
        return (
            deal
            if is_told and (is_static or self._is_head or not sentence.text.is_english) and _ACTS.isdisjoint(words)
            else None
        )

    # ---- whose a claim is ----------------------------------------------------------------------------------------

    def _settle(
        self, sentence: Sentence, draft: Draft, refs: list[Ref], opened: Deal | None, aliases: dict[str, Deal]
    ) -> None:
        """Gives a claim to the bought company or to the company of the text, where it is of one of them."""
        name = draft.subject.name
        alias = aliases.get(name or "")
        is_mine = draft.subject == self._main or name is None or alias is not None or draft.kind == "policy_event"
        whose = self._whose(sentence, draft, refs, opened)
        is_size = draft.subject.ticker is None and draft.kind in (*SIZES, "corporate_event")
        if whose is not None and (is_mine or is_size):
            draft.subject = Subject(name=whose.name)
            if is_sum(draft) and draft.kind != "corporate_event" and is_price(sentence, draft):
                draft.kind, draft.metric = "corporate_event", "acquisition"
        elif whose is None and alias is not None:
            other = self._governing(sentence, draft, refs)
            if other is not None and other.deal is None:
                draft.subject = as_subject(other.name)
            elif not self._names_met(sentence, draft):
                draft.subject = self._main

    def _names_met(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether the sentence itself names the company of no list that a figure was given to."""
        places = self._known.places.get(sentence.number, [])
        return any(p.name.is_met and not p.is_noun and p.name.name == draft.subject.name for p in places)

    def _whose(self, sentence: Sentence, draft: Draft, refs: list[Ref], opened: Deal | None) -> Deal | None:
        governing = self._governing(sentence, draft, refs)
        near = governing.deal if governing is not None else None
        here = nearest(draft, refs)
        led = self._topic if self._topic is not None and self._at >= sentence.number - 2 else None
        if draft.metric in _SAVED:
            return None
        is_paid = is_price(sentence, draft) or (here is not None and is_paid_for(sentence, draft, refs))
        if draft.metric == "acquisition" or (
            is_sum(draft) and (draft.kind in _SUMS or draft.metric in _RAISED) and is_paid
        ):
            priced = self._priced_one(sentence, draft, refs, here or led or self._announced(sentence))
            return priced or (opened if governing is None else None)
        if draft.kind == "policy_event":
            is_of_deal = draft.metric == "approval" and not _KEPT.isdisjoint(
                sentence.words(sentence.first, sentence.last)
            )
            return (here or led) if is_of_deal else None
        if draft.metric in MULTIPLES and _SHARES.isdisjoint(sentence.words(sentence.first, sentence.last)):
            is_paid = not _PAID_IN.isdisjoint(sentence.words(draft.first - 14, draft.last + 4))
            deal = here or (led if self._at >= sentence.number - 1 or self._priced == sentence.number - 1 else None)
            if deal is not None and deal.role in (BOUGHT, HELD) and is_paid:
                self._priced = sentence.number
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
            is_of_it = not refs or "daran" in sentence.words(sentence.first, sentence.last)
            whose = here or (led if is_of_it and self._at == sentence.number - 1 else None)
            return whose if whose is not None and whose.role != SOLD else None
        if (draft.kind in OF_SHARES and draft.metric not in _RAISED) or (draft.metric in OF_BUYER and near is None):
            return None
        if draft.kind not in SIZES and draft.metric not in (
            "count",
            "market_cap",
            "listing",
            "capital_increase",
            "fund_flows",
        ):
            is_head = near is not None and (draft.subject.name == near.name or _is_deed(sentence, draft, governing))
            return near if is_head else None
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
        words = sentence.words(sentence.first, sentence.last)
        is_told = is_price(sentence, draft)
        if deal is None or deal.role == SOLD or not _MANY.isdisjoint(words):
            return None
        if not is_told and (brings(sentence, draft, refs) or (not refs and _KEPT.isdisjoint(words))):
            return None
        if any(
            ref.deal is None and ref.name != self._known.main and ref.name is not None and ref.name.ticker
            for ref in refs
        ):
            before = [ref for ref in refs if ref.first < draft.first and ref.deal is not None]
            if not before and draft.subject.ticker is not None and draft.subject != self._main:
                return None
        self._priced = sentence.number
        return deal

    def _governing(self, sentence: Sentence, draft: Draft, refs: list[Ref]) -> Ref | None:
        """Who the clause of a claim is about: named before it nearest, not in passing, not in a clause that is over."""
        before = [ref for ref in refs if ref.first < draft.first and not is_loose(sentence, ref)]
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
        behind = [ref for ref in refs if ref.first >= draft.last]
        if behind and not before and not sentence.text.is_english:
            lead = sentence.words(draft.last, behind[0].first)
            if len(lead) <= 6 and not is_oblique(sentence, behind[0]) and not {",", ";", ":"} & set(lead):
                return behind[0]
        return None


_FORMS = word_set("names", "legal")
_KEPT_ROLES = (HELD, JOINT)
"""What a company has that is itself to be bought: the other deals of its article are its own takeover."""
_HEAD = 5
_OPENING = 7


def _is_deed(sentence: Sentence, draft: Draft, ref: Ref | None) -> bool:
    """Whether a claim is what the company does that its sentence opens with: `X will 1.200 Stellen schaffen`."""
    return ref is not None and draft.metric in _DEEDS and ref.first - sentence.first < _HEAD


def _is_bidder(name: Name | None, article: Article) -> bool:
    """Whether it is the company of the text that somebody bids for: a listed one does, or the share has its price."""
    if name is None or name.ticker is not None:
        return name is not None
    return any(
        figure.mention.per == "share" and not _BIDS.isdisjoint(sentence.words(sentence.first, sentence.last))
        for sentence in article.sentences
        for figure in sentence.figures
    )


_BIDS = word_set("takeovers", "prices")


def _is_of_deal(subject: Subject, aliases: dict[str, Deal]) -> bool:
    return subject.ticker is None and subject.name in aliases


def _is_noun_at(sentence: Sentence, k: int) -> bool:
    return sentence.tokens.text[k : k + 1] != [] and sentence.tokens.text[k][:1].isupper()


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
_MANY = word_set("deal_frame", "many")
_PAID_IN = word_set("deal_frame", "paid_in")
_SHARES = word_set("deal_frame", "shares")
_DEEDS = frozenset(("layoffs", "hiring", "plant", "investment_plan", "capacity"))
_RAISED = frozenset(("fund_flows", "capital_increase", "listing", "partnership", "net_income"))
_SAVED = frozenset(("cost_savings", "synergies", "leverage", "eps"))
_FOR_THE = (("für", "das"), ("für", "die"), ("für", "den"), ("for", "the"))
_DEMONSTRATIVE = frozenset(("diese", "dieses", "letztere", "letzteres"))
_PRONOUNS = frozenset(("es", "sie", "it", "its", "ihr", "ihre", "sein", "seine", "er"))
_THEMSELVES = frozenset(("es", "sie", "it", "er"))
_COMING = frozenset(("kommen", "kommt", "hinzu", "come", "comes"))
_MEASURED = frozenset(("gemessen", "dort", "there"))
_DEFINITE = frozenset(("das", "die", "der", "the"))
_STATIC = word_set("deal_frame", "static")
_ACTS = word_set("deal_frame", "acts")
_TARGETS = word_set("deal_frame", "targets")
_ACQUIRED = word_set("deal_frame", "acquired")
_FOUNDED = word_set("deal_frame", "founded")
_FAMILY = word_set("deal_frame", "family")
_COMPANIES = word_set("deal_frame", "companies")
_KEPT = word_set("deal_frame", "kept")
_HOLDS = frozenset(("hält", "halten", "hielt", "hielten"))
_PARTS = frozenset(("an", "of", "in", "am"))
_RELATIVES = word_set("deal_frame", "relatives")
