"""The features of the outlook's model in words."""

from __future__ import annotations

from rerating.statements.facts import Word

FEATURES: dict[str, Word] = {
    "momentum_12_1": Word(
        de="Überrendite des Jahres ohne den letzten Monat", en="excess return of the year without the last month"
    ),
    "return_month": Word(de="Überrendite des letzten Monats", en="excess return of the last month"),
    "return_week": Word(de="Überrendite der letzten Woche", en="excess return of the last week"),
    "distance_to_high": Word(de="Abstand zum Jahreshoch", en="distance to the year's high"),
    "volatility": Word(de="Schwankungsbreite", en="volatility"),
    "volatility_change": Word(
        de="Schwankungsbreite des Monats gegenüber dem Jahr", en="volatility of the month against the year"
    ),
    "largest_session": Word(de="bester Handelstag des Monats", en="best session of the month"),
    "beta": Word(de="Beta zum Markt", en="beta to the market"),
    "volume_change": Word(
        de="Volumen der Woche gegenüber den Monaten davor", en="volume of the week against the months before"
    ),
    "turnover": Word(de="gehandelter Wert", en="value traded"),
    "illiquidity_change": Word(
        de="Kursbewegung je Umsatz, Monat gegenüber Jahr", en="move per volume, month against year"
    ),
    "catalyst_return": Word(de="Reaktion auf das letzte Ereignis", en="reaction to the last event"),
    "catalyst_age": Word(de="Alter des letzten Ereignisses", en="age of the last event"),
    "rating_actions": Word(de="Herauf- und Herabstufungen", en="upgrades and downgrades"),
    "target_upside": Word(de="Abstand zum mittleren Kursziel", en="distance to the mean price target"),
    "earnings_yield": Word(
        de="Gewinnrendite gegenüber der eigenen Vergangenheit", en="earnings yield against its own past"
    ),
    "revisions": Word(de="Änderungen der Gewinnschätzungen", en="revisions of earnings estimates"),
    "implied_over_realised": Word(
        de="erwartete (Optionen) gegenüber tatsächlicher Schwankung", en="implied (options) against realised volatility"
    ),
}


def named(names: str) -> Word:
    """A list of features, separated by commas, in words; a name that is not known stays as it is."""
    found = [FEATURES.get(name, Word(de=name, en=name)) for name in names.split(", ")]
    return Word(de=", ".join(word.de for word in found), en=", ".join(word.en for word in found))
