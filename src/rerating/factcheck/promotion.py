"""Advertising in an article: boxes that their markup names, and funnels that their words give away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rerating.factcheck.layout import Block, BlockRole, Layout


@dataclass(frozen=True, slots=True)
class Region:
    """Code points [start, end) that advertise. `is_teaser`: nothing but headlines of other articles."""

    start: int
    end: int
    is_teaser: bool = False


_STRONG = re.compile(
    r"^\W{0,6}(?:Anzeige|Werbung|Sponsored|Advertisement|Ad|Advertorial|Promotion|Paid|Partner content|SPECIAL REPORT|"
    r"Eilmeldung|Tipp der Redaktion|SEE ALSO|Read next|Auch interessant|Lesen Sie auch|Mehr zum Thema|You might also like|"
    r"Related|Recommended|More from|Empfehlung der Redaktion|In eigener Sache|Exklusiv für Sie|Trending)\b\W"
    r"|[Kk]ostenlose[nrs]?\s(?:[A-ZÄÖÜ]\w+-?)?(?:Report|Sonderreport|Analyse|Studie|Download|Newsletter|Ratgeber|Spezialreport|PDF)"
    r"|[Gg]ratis(?:-|\s)?(?:Report|Analyse|Download|Sonderreport|Studie|PDF|Ratgeber|testen|anfordern)"
    r"|[Hh]ier (?:kostenlos|gratis|klicken)|[Jj]etzt (?:kostenlos|gratis|hier)\b|[Kk]licken Sie (?:jetzt|hier)|[Hh]ier klicken"
    r"|(?:Bonus|Prämie|Rabatt|Report|Angebot) sichern|Konto eröffnen|[Zz]um Testen"
    r"|\b[Dd]ringender Handlungsbedarf|klare Sprache: Dringend"
    r"|[Uu]nlock (?:the|our|your)|[Ss]ubscribe (?:now|for|today|to)|[Jj]oin our|[Ss]ign up (?:now|today|for)|[Dd]ownload your (?:free)?"
    r"|free (?:copy|report|share|trial)|[Gg]et (?:the name|it|our report|your copy) free|[Cc]lick here|[Cc]laim your|spots left"
    r"|stocks? could (?:triple|double|quadruple|soar|be the next)|best stocks (?:to buy|for)|wasn(?:'|’|&rsquo;|&#x2019;)t one of them"
    r"|zero commission|handeln Sie (?:über|ab|jetzt|mit)|Geheimtipp|[Uu]nser Chefanalyst|Musterdepot testen|Depot PLUS"
    r"|jetzt unbedingt weiterlesen|zeigen wir Ihnen, mit welchen|[Nn]ur heute!|[Hh]andeln Sie jetzt|Jetzt handeln"
    r"|Probeabo|Abonnieren Sie|[Jj]etzt abonnieren|members? only|premium (?:members|subscribers)|Aktionäre aufgepasst|Kurschance"
    r"|liefert die Antwort|erfahren Sie, was jetzt zu tun|[Vv]erpassen Sie nicht|[Dd]on['’]t miss|limited[- ]time"
    r"|[Bb]efore you buy stock in|[Mm]issed [A-Z]\w+\?|[Oo]ur (?:analysts|team) ha(?:s|ve) just|[Aa]ct now|sprengt alle Ketten"
)
_WEAK = re.compile(
    r"\b(?:[Gg]ratis|[Kk]ostenlos\w*|[Ss]onderreport|[Ff]ree|[Jj]etzt|JETZT|[Uu]nlock|[Ss]ubscribe|[Ss]ubscription|[Nn]ewsletter|[Rr]eport|"
    r"[Bb]onus|[Pp]rämie|[Rr]abatt|im Monat|a month|a year|pro Monat|Empfehlungen pro Woche|anfordern|sichern|"
    r"[Ee]rfahren Sie|[Dd]as erfahren|[Ll]ohnt sich|[Ss]ollten (?:Sie|Anleger)|[Hh]aben Sie|Wollen Sie|Sie müssen|"
    r"Our analysts|our team|the service has returned|you'd have|[Cc]apital at risk|Nur \d|[Vv]erdoppeln können|Tenbagger|Perlen)\b|!(?:\s|$)"
)
_TEASER_HINT = re.compile(r"(?:teaser|related|read-?(?:more|next)|more-?news|recommend|weiterlesen|trending)", re.IGNORECASE)
_TEASER_HEAD = re.compile(r"^\W{0,4}(?:Auch interessant|Read next|Lesen Sie auch|Mehr zum Thema|You might also like|Related|More from|Trending|Weitere News|Das könnte Sie auch)", re.IGNORECASE)
_RISK = re.compile(
    r"(?:Kleinanlegerkonten verlieren|retail (?:investor|CFD) accounts lose|keine Anlageberatung|not (?:financial|investment) advice|"
    r"CFDs sind komplexe|Past performance|Quotes delayed|Kurse \d+ Minuten|partners store information|All rights reserved|"
    r"Alle Rechte vorbehalten|Disclosure: I|Offenlegung:|information on your device|Haftungsausschluss)",
    re.IGNORECASE,
)


def is_risk_notice(text: str) -> bool:
    """Whether a sentence is a notice that comes with every text: risk, delay, cookies, the author's own holding."""
    return bool(_RISK.search(text))


def regions(laid: Layout, *, is_english: bool) -> list[Region]:
    """The advertising regions of a layout, in order, without overlaps."""
    found = [*_boxes(laid), *_funnels(laid)]
    found.sort(key=lambda region: (region.start, -region.end))
    kept: list[Region] = []
    for region in found:
        if kept and region.start < kept[-1].end:
            if region.end > kept[-1].end:
                kept[-1] = Region(kept[-1].start, region.end, kept[-1].is_teaser and region.is_teaser)
            continue
        kept.append(region)
    return kept


def _boxes(laid: Layout) -> list[Region]:
    """Containers that their markup calls advertising, and blocks behind a teaser's head."""
    by_region: dict[int, list[Block]] = {}
    for block in laid.blocks:
        if block.region is not None:
            by_region.setdefault(block.region, []).append(block)
    out = []
    for blocks in by_region.values():
        start, end = blocks[0].start, blocks[-1].end
        text = laid.text[start:end]
        out.append(Region(start, end, bool(_TEASER_HEAD.match(text))))
    out += _labelled(laid)
    for k, block in enumerate(laid.blocks):
        if block.region is None and block.end - block.start < 60 and _TEASER_HEAD.match(laid.text[block.start : block.end]):
            last = k
            while last + 1 < len(laid.blocks) and laid.blocks[last + 1].role is BlockRole.BULLET:
                last += 1
            if last > k:
                out.append(Region(block.start, laid.blocks[last].end, True))
    return out


_LABEL = re.compile(r"^\W{0,4}(?:Anzeige|Werbung|Sponsored|Advertisement|Advertorial|Promotion)\b")


def _labelled(laid: Layout) -> list[Region]:
    """Containers whose first words are the label of an advertisement."""
    out = []
    parents: dict[int, list[Block]] = {}
    for block in laid.blocks:
        if block.parent is not None:
            parents.setdefault(block.parent, []).append(block)
    for blocks in parents.values():
        first = blocks[0]
        if len(blocks) < len(laid.blocks) and first.region is None and _LABEL.match(laid.text[first.start : first.end]):
            out.append(Region(first.start, blocks[-1].end))
    return out


def _score(text: str) -> int:
    strong = len(_STRONG.findall(text[:3000]))
    return 3 * strong + len(_WEAK.findall(text[:3000]))


def _funnels(laid: Layout) -> list[Region]:
    """Blocks of prose whose words sell something; a region begins with the first sentence that does."""
    out = []
    scored = [
        (block, _score(laid.text[block.start : block.end]))
        for block in laid.blocks
        if block.region is None and block.role not in (BlockRole.BOILERPLATE, BlockRole.ROW)
    ]
    k = 0
    while k < len(scored):
        block, score = scored[k]
        if score < 3 or not _STRONG.search(laid.text[block.start : block.end]):
            k += 1
            continue
        first = last = k
        while last + 1 < len(scored) and last - first < 6 and scored[last + 1][1] >= 2:
            last += 1
        start = _first_sentence(laid.text, block)
        out.append(Region(start, scored[last][0].end))
        k = last + 1
    return out


_CUT = re.compile(r"(?<=[.!?])[\"'“”»*)]*\s+(?=\S)")


def _first_sentence(text: str, block: Block) -> int:
    """Where selling begins: the first sentence with a word that sells, or the block's start if it is near."""
    stretch = text[block.start : block.end]
    cuts = [0, *(match.end() for match in _CUT.finditer(stretch))]
    if len(cuts) == 1:
        return block.start
    for place, at in enumerate(cuts):
        end = cuts[place + 1] if place + 1 < len(cuts) else len(stretch)
        if _score(stretch[at:end]) >= 1:
            is_bait = place == 1 and at < 90 and stretch[:at].rstrip("\"'“”»*_ )")[-1:] in ("?", "!", ":")
            return block.start + (0 if is_bait else at)
    return block.start
