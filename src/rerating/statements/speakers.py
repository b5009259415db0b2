"""Who said something, in both languages: offices, ministries and the company's people have German names.

A speaker is recorded as the source prints it: `Li Lecheng, industry minister`. What the list below knows is said in
German; a name stands as it is; anything else stays in its own words and is marked as English.
"""

from __future__ import annotations

import re

from rerating.statements.facts import Name

_ROLES: dict[str, str] = {
    "chief executive officer": "Vorstandschef",
    "chief executive": "Vorstandschef",
    "ceo": "Vorstandschef",
    "chief financial officer": "Finanzvorstand",
    "cfo": "Finanzvorstand",
    "chief operating officer": "operativer Vorstand",
    "chief technology officer": "Technikvorstand",
    "chairman": "Vorsitzender",
    "chair": "Vorsitz",
    "president": "Präsident",
    "vice president": "Bereichsvorstand",
    "senior vice president": "Bereichsvorstand",
    "general counsel": "Chefjurist",
    "founder": "Gründer",
    "spokesperson": "Sprecher",
    "spokesman": "Sprecher",
    "spokeswoman": "Sprecherin",
    "analyst": "Analyst",
    "industry minister": "Industrieminister",
    "finance minister": "Finanzminister",
    "commerce minister": "Handelsminister",
    "prime minister": "Premierminister",
    "annual report": "Geschäftsbericht",
    "press release": "Pressemitteilung",
}
_BODIES: dict[str, str] = {
    "Ministry of Industry and Information Technology": "Ministerium für Industrie und Informationstechnik",
    "Ministry of Commerce": "Handelsministerium",
    "Ministry of Finance": "Finanzministerium",
    "State Administration for Market Regulation": "Staatliche Marktaufsicht (SAMR)",
    "State Council": "Staatsrat",
    "National Development and Reform Commission": "Kommission für Entwicklung und Reform (NDRC)",
    "Cyberspace Administration of China": "Cyberspace-Verwaltung Chinas (CAC)",
    "People's Bank of China": "Chinesische Zentralbank",
    "China Securities Regulatory Commission": "Chinesische Wertpapieraufsicht (CSRC)",
    "Hong Kong Exchanges and Clearing": "Börse Hongkong (HKEX)",
    "Securities and Exchange Commission": "US-Börsenaufsicht (SEC)",
    "Federal Trade Commission": "US-Handelsaufsicht (FTC)",
    "European Commission": "Europäische Kommission",
    "European Central Bank": "Europäische Zentralbank",
    "Federal Reserve": "US-Notenbank",
}
_NUMBERS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        ("eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
        strict=True,
    )
)
_OTHERS = re.compile(r"(?P<body>.+) and (?P<n>\w+) other (?P<what>bod(?:y|ies)|ministr(?:y|ies)|agenc(?:y|ies))")
_PERSON = re.compile(r"(?:an?|the) (?P<company>[A-Z].*) (?P<role>manager|executive|spokesperson|spokesman|official)")
_PERSONS = {
    "manager": "ein Manager von {company}",
    "executive": "ein Manager von {company}",
    "spokesperson": "ein Sprecher von {company}",
    "spokesman": "ein Sprecher von {company}",
    "official": "ein Vertreter von {company}",
}
_PLAIN = re.compile(r"(?:[\w.&'’-]*[A-Z0-9][\w.&'’-]*|de|van|von|der|della|da|di|le|la|und|bin|al)(?: (?=\S)|$)")


def speaker(said: str, src: tuple[str, ...] = ()) -> Name:
    """The speaker in both languages; the original, marked, where some part of it is no name and not in the list."""
    parts = [_part(part) for part in said.split(", ")]
    if any(part is None for part in parts):
        return Name(de=said, en=said, de_is_original=True, src=src)
    return Name(de=", ".join(part for part in parts if part), en=said, src=src)


def _part(text: str) -> str | None:
    """One part in German; None where it is neither known nor a name."""
    if text.casefold() in _ROLES:
        return _ROLES[text.casefold()]
    if text in _BODIES:
        return _BODIES[text]
    others = _OTHERS.fullmatch(text)
    if others and others["n"] in _NUMBERS:
        body = _part(others["body"])
        places = "Stelle" if others["n"] == "one" else "Stellen"
        return None if body is None else f"{body} und {_NUMBERS[others['n']]} weitere {places}"
    person = _PERSON.fullmatch(text)
    if person:
        return _PERSONS[person["role"]].format(company=person["company"])
    return text if all(_PLAIN.fullmatch(word) for word in text.split(" ")) else None
