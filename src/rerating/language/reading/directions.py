"""Words that say up or down, so that a sign turned round in the words is seen as one turned round in the figure."""

from __future__ import annotations

from typing import Literal

from rerating.core.record import Record
from rerating.language.reading.detection import detected
from rerating.language.reading.numerals import Tongue
from rerating.language.reading.phrases import Phrases
from rerating.language.reading.text import NormalText
from rerating.language.reading.tokens import WORD, Tokens

Direction = Literal["up", "down", "flat"]

_DE: dict[Direction, str] = {
    "up": "steigt|steigen|stieg|stiegen|gestiegen|steigend|steigende|steigenden|Anstieg|Anstiegs|Plus|gewinnt|gewann|"
    "gewannen|gewonnen|zulegen|legte zu|legt zu|legten zu|zugelegt|kletterte|klettert|klettern|geklettert|sprang|"
    "springt|sprangen|gesprungen|Kurssprung|Kursgewinn|Kursgewinne|Zuwachs|Zuwächse|erhöht|erhöhte|erhöhten|hob|hebt|"
    "hoben|angehoben|Anhebung|hochgestuft|Hochstufung|höher|höheren|höhere|über|oberhalb|wuchs|wächst|gewachsen|"
    "Wachstum|zog an|zieht an|angezogen|aufgestockt|verteuerte|verteuert|rückte vor|fester|stärker|verdoppelt|"
    "verdoppelte|verdreifacht|nach oben",
    "down": "fällt|fallen|fiel|fielen|gefallen|fallend|fallende|sinkt|sinken|sank|sanken|gesunken|Rückgang|Rückgangs|"
    "Rückgänge|Minus|verliert|verlor|verloren|büßte ein|eingebüßt|Kursverlust|Kursverluste|Abschlag|rutschte|rutscht|"
    "gerutscht|brach ein|eingebrochen|Einbruch|gab nach|gibt nach|nachgegeben|senkt|senkte|senkten|gesenkt|Senkung|"
    "reduziert|reduzierte|kürzte|gekürzt|Kürzung|abgestuft|herabgestuft|Abstufung|tiefer|tieferen|niedriger|"
    "niedrigeren|unter|unterhalb|schrumpfte|schrumpft|geschrumpft|verbilligte|schwächer|leichter|halbiert|halbierte|"
    "stürzte|gestürzt|Sturz|nach unten",
    "flat": "unverändert|stagniert|stagnierte|stabil|gleich geblieben",
}
_EN: dict[Direction, str] = {
    "up": "rise|rises|rose|risen|rising|gain|gains|gained|gaining|climb|climbs|climbed|climbing|jump|jumps|jumped|"
    "jumping|surge|surges|surged|surging|soar|soars|soared|soaring|advance|advances|advanced|add|adds|added|up|higher|"
    "above|increase|increases|increased|raise|raises|raised|lift|lifts|lifted|upgrade|upgrades|upgraded|grow|grows|"
    "grew|grown|growth|rally|rallies|rallied|rallying|over|upside|doubled|tripled",
    "down": "fall|falls|fell|fallen|falling|lose|loses|lost|losing|drop|drops|dropped|dropping|decline|"
    "declines|declined|declining|slip|slips|slipped|slide|slides|slid|sliding|sink|sinks|sank|sunk|"
    "plunge|plunges|plunged|tumble|tumbles|tumbled|down|lower|lowered|lowers|below|under|cut|cuts|"
    "cutting|decrease|decreases|decreased|downgrade|downgrades|downgraded|shrink|shrinks|shrank|loss|"
    "losses|reduce|reduces|reduced|downside|halved",
    "flat": "unchanged|flat|stable",
}


_SEPARABLE: dict[str, tuple[str, Direction]] = {
    **dict.fromkeys(("legte", "legt", "legten", "legen"), ("zu", "up")),
    **dict.fromkeys(("zog", "zieht", "zogen"), ("an", "up")),
    **dict.fromkeys(("rückte", "rückt", "rückten"), ("vor", "up")),
    **dict.fromkeys(("gab", "gibt", "gaben", "geben"), ("nach", "down")),
    **dict.fromkeys(("brach", "bricht", "brachen"), ("ein", "down")),
    **dict.fromkeys(("büßte", "büßt", "büßten", "büsste", "büsst"), ("ein", "down")),
}
"""Verbs whose prefix stands at the end of the clause: legte um 5 % zu."""

_CLAUSE = 16
_CLAUSE_ENDS = frozenset(".;:!?")


class DirectionWord(Record):
    """A word of direction at code points [start, end) of the input."""

    start: int
    end: int
    text: str
    direction: Direction


def _table(rows: dict[Direction, str]) -> Phrases[Direction]:
    return Phrases((phrase, direction) for direction, phrases in rows.items() for phrase in phrases.split("|"))


_TABLES: dict[str, Phrases[Direction]] = {"de": _table(_DE), "en": _table(_EN)}


def _separated(tokens: Tokens, k: int) -> Direction | None:
    """The direction of a verb at k whose prefix closes the clause."""
    prefix = _SEPARABLE.get(tokens.lower[k])
    if prefix is None:
        return None
    for at in range(k + 1, min(k + _CLAUSE, len(tokens))):
        if tokens.lower[at] in _CLAUSE_ENDS and not tokens.glued[at + 1]:
            return None
        if tokens.lower[at] == prefix[0] and tokens.kind[at + 1] != WORD:
            return prefix[1]
        if tokens.lower[at] == prefix[0] and tokens.lower[at + 1] in ("und", "oder", "als", "auf", "während"):
            return prefix[1]
    return None


def directions(text: str, language: Tongue | None = None) -> list[DirectionWord]:
    """All words of direction in the order of the text; no attempt to bind them to a figure."""
    tongue = detected(text) if language is None else language
    table = _TABLES["en" if tongue == "en" else "de"]
    normal = NormalText(text)
    tokens = Tokens(normal.text)
    found: list[DirectionWord] = []
    k = 0
    while k < len(tokens):
        match = table.at(tokens, k)
        split = _separated(tokens, k) if match is None and tongue != "en" else None
        if split is not None:
            match = (1, split)
        if match is None:
            k += 1
            continue
        start, end = normal.origin(tokens.start[k], tokens.end[k + match[0] - 1])
        found.append(DirectionWord(start=start, end=end, text=text[start:end], direction=match[1]))
        k += match[0]
    return found
