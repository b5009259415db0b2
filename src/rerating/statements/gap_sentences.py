"""The sentences of the findings' gaps by their pattern, and how each is said in both languages."""

from __future__ import annotations

from rerating.statements.statement import Template

#: (the finding's words, how they are said)
QUESTIONS: tuple[tuple[str, Template], ...] = (
    (
        "what changed in the price of {line}",
        Template(de="Was sich im Kurs von {line} geändert hat", en="What changed in the price of {line}"),
    ),
    ("what moved with {line}", Template(de="Was sich mit {line} bewegt hat", en="What moved with {line}")),
    ("other lines of {line}", Template(de="Weitere Notierungen zu {line}", en="Other lines of {line}")),
    ("parity of {line}", Template(de="Parität von {line}", en="Parity of {line}")),
    (
        "the week of {line} by sessions",
        Template(de="Die Woche von {line} nach Handelszeiten", en="The week of {line} by sessions"),
    ),
    (
        "{n}-session average of {line}",
        Template(de="Durchschnitt von {line} über {n} Handelstage", en="{n}-session average of {line}"),
    ),
    ("RSI of {line}", Template(de="RSI von {line}", en="RSI of {line}")),
    ("volatility of {line}", Template(de="Volatilität von {line}", en="Volatility of {line}")),
    ("beta of {line}", Template(de="Beta von {line}", en="Beta of {line}")),
    ("drawdown of {line}", Template(de="Rückgang von {line} vom Hoch", en="Drawdown of {line}")),
    (
        "deepest drawdown of {line}",
        Template(de="Tiefster Rückgang von {line} im Jahr", en="Deepest drawdown of {line} in the year"),
    ),
    (
        "percentile of the volume of {line}",
        Template(de="Rang des Handelsvolumens von {line}", en="Percentile of the volume of {line}"),
    ),
    (
        "relative strength against {benchmark} over {n} sessions of {line}",
        Template(
            de="Relative Stärke von {line} gegenüber {benchmark} über {n} Handelstage",
            en="Relative strength of {line} against {benchmark} over {n} sessions",
        ),
    ),
    ("Buy, hold or sell?", Template(de="Kaufen, halten oder verkaufen?", en="Buy, hold or sell?")),
    ("return of {line} to {day}", Template(de="Rendite von {line} bis {day}", en="Return of {line} to {day}")),
    ("prices of {line} after that day", Template(de="Kurse von {line} danach", en="Prices of {line} after that day")),
    ("prices of {line}", Template(de="Kurse von {line}", en="Prices of {line}")),
    ("price level", Template(de="Kursniveau", en="Price level")),
    ("volume of {line}", Template(de="Handelsvolumen von {line}", en="Volume of {line}")),
    (
        "best and worst session of the week",
        Template(de="Bester und schwächster Handelstag der Woche", en="Best and worst session of the week"),
    ),
    ("{n}-week high of {line}", Template(de="{week_52_high} von {line}", en="{week_52_high} of {line}")),
    ("{n}-week low of {line}", Template(de="{week_52_low} von {line}", en="{week_52_low} of {line}")),
    (
        "{n}-week high of {line}, {text}, in {currency}",
        Template(
            de="{week_52_high} von {line} ({text}, {currency})", en="{week_52_high} of {line} ({text}, {currency})"
        ),
    ),
    (
        "{n}-week low of {line}, {text}, in {currency}",
        Template(de="{week_52_low} von {line} ({text}, {currency})", en="{week_52_low} of {line} ({text}, {currency})"),
    ),
    ("{line} in {currency}", Template(de="{line} in {currency}", en="{line} in {currency}")),
    ("reported figures of {line}", Template(de="Gemeldete Zahlen von {line}", en="Reported figures of {line}")),
    (
        "style factors of {line}",
        Template(de="Stilfaktoren (Größe, Wachstum, Momentum, Qualität) zu {line}", en="Style factors of {line}"),
    ),
    (
        "the peers' multiples beside {line}",
        Template(de="Die Bewertung der Vergleichspapiere neben {line}", en="The peers' multiples beside {line}"),
    ),
    (
        "band of the multiple of {line}",
        Template(de="Spanne des Gewinnvielfachen von {line}", en="Band of the multiple of {line}"),
    ),
    ("the peers' move on the session", Template(de="Die Vergleichspapiere an diesem Tag", en="The peers on that day")),
    (
        "the peers' move across firms",
        Template(de="Die einzelnen Vergleichspapiere an diesem Tag", en="The single peers on that day"),
    ),
    ("rank of the rating of {line}", Template(de="Rang der Einstufung von {line}", en="Rank of the rating of {line}")),
    (
        "changes of ratings of {line}",
        Template(de="Änderungen der Einstufungen zu {line}", en="Changes of ratings of {line}"),
    ),
    ("change of targets of {line}", Template(de="Änderung der Kursziele zu {line}", en="Change of targets of {line}")),
    (
        "revision of estimates of {line}",
        Template(de="Revision der Schätzungen zu {line}", en="Revision of estimates of {line}"),
    ),
    ("trailing P/E of {line}", Template(de="Kurs-Gewinn-Verhältnis von {line}", en="Trailing P/E of {line}")),
    (
        "forward P/E of {line}",
        Template(de="Kurs-Gewinn-Verhältnis von {line} nach Schätzungen", en="Forward P/E of {line}"),
    ),
    (
        "P/E of later years of {line}",
        Template(
            de="Kurs-Gewinn-Verhältnis von {line} nach Schätzungen für spätere Jahre", en="P/E of {line} on later years"
        ),
    ),
    (
        "EV/sales of {line}",
        Template(de="Unternehmenswert zu Umsatz bei {line}", en="Enterprise value to sales of {line}"),
    ),
    (
        "EV/EBITDA of {line}",
        Template(de="Unternehmenswert zu EBITDA bei {line}", en="Enterprise value to EBITDA of {line}"),
    ),
    (
        "free cash flow yield of {line}",
        Template(de="Rendite des freien Mittelzuflusses von {line}", en="Free cash flow yield of {line}"),
    ),
    ("valuation of {line}", Template(de="Bewertung von {line}", en="Valuation of {line}")),
    (
        "multiples of {line} against its own past",
        Template(de="Bewertung von {line} gegen die eigene Geschichte", en="Valuation of {line} against its own past"),
    ),
    (
        "multiples of {line} against its peers",
        Template(de="Bewertung von {line} gegen die Vergleichsgruppe", en="Valuation of {line} against its peers"),
    ),
    (
        "growth of {field} of {line} to {day}",
        Template(de="{field} ({line}): Veränderung zum Vorjahr bis {day}", en="{field} ({line}): growth to {day}"),
    ),
    ("return on {day}", Template(de="Rendite am {day}", en="Return on {day}")),
    (
        "the sector's share of the session",
        Template(de="Anteil der Branche an der Tagesbewegung", en="The sector's part of the session"),
    ),
    (
        "when events were last collected",
        Template(de="Letzte Ergänzung des Ereignisverzeichnisses", en="When events were last collected"),
    ),
    ("plans of {line}", Template(de="Pläne von {line}", en="Plans of {line}")),
    ("the case for of {line}", Template(de="Was für {line} spricht", en="The case for {line}")),
    ("the case against of {line}", Template(de="Was gegen {line} spricht", en="The case against {line}")),
    ("what to watch of {line}", Template(de="Termine zu {line}", en="What to watch of {line}")),
    ("speaker", Template(de="Urheber", en="Speaker")),
    ("who said it ({text})", Template(de="Wer die umstrittene Zahl nannte", en="Who named the disputed figure")),
    ("change of the rating", Template(de="Änderung der Einstufung", en="Change of the rating")),
    ("dispersion of targets", Template(de="Streuung der Kursziele", en="Dispersion of targets")),
    ("mean target", Template(de="Mittleres Kursziel", en="Mean target")),
    ("upside", Template(de="Abstand des Kursziels zum Kurs", en="Upside")),
    ("rating actions of {line}", Template(de="Einstufungen von {line}", en="Rating actions of {line}")),
    ("ratings by code of {line}", Template(de="Zahl der Einstufungen von {line}", en="Number of ratings of {line}")),
    ("consensus of ratings of {line}", Template(de="Konsens der Analysten zu {line}", en="Consensus on {line}")),
    ("price targets of {line}", Template(de="Kursziele für {line}", en="Price targets of {line}")),
    (
        "consensus labels as printed of {line}",
        Template(de="Gedruckter Konsens zu {line}", en="Consensus on {line} as printed"),
    ),
    ("abnormal return", Template(de="Überrendite", en="Abnormal return")),
    ("abnormal return of the session", Template(de="Überrendite des Tages", en="Abnormal return of the session")),
    (
        "abnormal return of the event at position {text}",
        Template(de="Überrendite eines Ereignisses", en="Abnormal return of an event"),
    ),
    (
        "placebo distribution for the event at position {text}",
        Template(de="Placebo-Verteilung eines Ereignisses", en="Placebo dates of an event"),
    ),
    (
        "abnormal return of the window {text}",
        Template(de="Überrendite des Fensters", en="Abnormal return of the window"),
    ),
    (
        "return of the event's session",
        Template(de="Rendite am Tag des Ereignisses", en="Return of the event's session"),
    ),
    ("peers' return", Template(de="Rendite der Vergleichsgruppe", en="Return of the peers")),
    ("market return ({line})", Template(de="Marktrendite ({line})", en="Market return ({line})")),
    ("sector return ({line})", Template(de="Branchenrendite ({line})", en="Sector return ({line})")),
)

DETAILS: tuple[tuple[str, Template], ...] = (
    (
        "the same period a year earlier is not held in this unit at this cutoff; import or collect it",
        Template(
            de="Derselbe Zeitraum des Vorjahres liegt in dieser Einheit zum Stichtag nicht vor; er lässt sich "
            "importieren oder sammeln.",
            en="The same period a year earlier is not held in this unit at this cutoff; import or collect it.",
        ),
    ),
    (
        "the figure of a year earlier is not above {n}, so that a ratio says nothing; compare the amounts",
        Template(
            de="Die Zahl des Vorjahres liegt nicht über null; ein Verhältnis sagt dort nichts, zu vergleichen sind die "
            "Beträge.",
            en="The figure of a year earlier is not above zero; a ratio says nothing there, compare the amounts.",
        ),
    ),
    (
        "no estimates of earnings a share for two fiscal years are held for both ends of the window in one currency; "
        "collect them from day to day, or import facts with the field 'estimate.eps'",
        Template(
            de="Für Anfang und Ende des Zeitraums liegen keine Gewinnschätzungen zweier Geschäftsjahre in einer "
            "Währung vor; sie lassen sich Tag für Tag sammeln oder als Angabe „estimate.eps“ importieren.",
            en="No estimates of earnings a share for consecutive fiscal years are held for both ends of the window "
            "in one currency; they can be collected day by day, or imported as “estimate.eps”.",
        ),
    ),
    (
        "fewer than {n} other stocks with ratings of {m} houses are held; import a wider history of ratings",
        Template(
            de="Nötig sind {n} andere Aktien mit Einstufungen von je {m} Häusern; es braucht eine breitere Sammlung "
            "von "
            "Einstufungen.",
            en="{n} other stocks with ratings of {m} houses each are needed; a wider collection of ratings would "
            "fill it.",
        ),
    ),
    (
        "estimates and prices as traded of two peers are needed at both ends of the window; collect them",
        Template(
            de="Für Anfang und Ende des Zeitraums fehlen Schätzungen und unbereinigte Kurse mehrerer "
            "Vergleichspapiere; sie lassen sich sammeln.",
            en="Estimates and prices as traded of several peers are missing for both ends of the window; they can be "
            "collected.",
        ),
    ),
    (
        "the estimates were recorded without their range, or the lowest is not above 0",
        Template(
            de="Die Schätzungen liegen ohne ihre Spanne vor, oder die niedrigste ist nicht positiv.",
            en="The estimates are held without their range, or the lowest is not positive.",
        ),
    ),
    (
        "it needs the market's index and at least two peers; collect or import their prices",
        Template(
            de="Nötig sind der Marktindex und Vergleichspapiere; ihre Kurse lassen sich sammeln oder importieren.",
            en="The market's index and some peers are needed; their prices can be collected or imported.",
        ),
    ),
    (
        "fewer than three peers have returns on that session and before it; import more of them",
        Template(
            de="Zu wenige Vergleichspapiere haben Kurse an diesem Tag und davor; es braucht weitere.",
            en="Too few peers have prices on that day and before; others are needed.",
        ),
    ),
    (
        "no house changed or repeated a target in that window whose target before is held",
        Template(
            de="In diesem Zeitraum hat kein Haus ein Kursziel genannt, dessen voriges bekannt ist.",
            en="No house named a target in that window whose target before is held.",
        ),
    ),
    (
        "the estimate at the window's start is not above 0, so that a ratio says nothing",
        Template(
            de="Die Schätzung am Anfang des Zeitraums ist nicht positiv, ein Verhältnis dazu sagt nichts.",
            en="The estimate at the start of the window is not positive, a ratio to it says nothing.",
        ),
    ),
    (
        "no estimates of one fiscal year are held for both ends of a window; collect them from day to day, or import "
        "facts "
        "with the field 'estimate.eps'",
        Template(
            de="Für Anfang und Ende eines Zeitraums liegen keine Schätzungen desselben Geschäftsjahres vor; sie lassen "
            "sich Tag für Tag sammeln oder als Angabe „estimate.eps“ importieren.",
            en="No estimates of the same fiscal year are held for both ends of a window; they can be collected day by "
            "day, or imported as “estimate.eps”.",
        ),
    ),
    (
        "the ledger holds no reported amounts of this company at this cutoff; import or collect them",
        Template(
            de="Zum Stichtag liegen keine gemeldeten Beträge dieses Unternehmens vor; sie lassen sich importieren oder "
            "sammeln.",
            en="No reported amounts of this company are held at the cutoff; they can be imported or collected.",
        ),
    ),
    (
        "the ledger holds no rates from the price's currency to that of the figures; collect or import them",
        Template(
            de="Es fehlt der Wechselkurs von der Währung des Kurses zu der der Zahlen; er lässt sich sammeln oder "
            "importieren.",
            en="The exchange rate from the currency of the price to that of the figures is missing; it can be "
            "collected "
            "or imported.",
        ),
    ),
    (
        "the ledger holds no number of shares at this cutoff; import facts with the field 'shares_outstanding'",
        Template(
            de="Zum Stichtag liegt keine Aktienzahl vor; sie lässt sich als Angabe „shares_outstanding“ importieren.",
            en="No number of shares is held at the cutoff; it can be imported as “shares_outstanding”.",
        ),
    ),
    (
        "the ledger holds neither net cash nor cash and debt of one balance sheet at this cutoff; import facts with "
        "the "
        "field 'net_cash'",
        Template(
            de="Zum Stichtag liegen weder Nettoliquidität noch flüssige Mittel und Schulden einer Bilanz vor; sie "
            "lassen "
            "sich als Angabe „net_cash“ importieren.",
            en="Neither net cash nor the cash and debt of a balance sheet is held at the cutoff; it can be imported as "
            "“net_cash”.",
        ),
    ),
    (
        "the ledger holds no twelve months of revenue at this cutoff; import facts with the field 'revenue'",
        Template(
            de="Zum Stichtag liegt kein Umsatz eines ganzen Jahres vor; er lässt sich als Angabe „revenue“ "
            "importieren.",
            en="No revenue of a whole year is held at the cutoff; it can be imported as “revenue”.",
        ),
    ),
    (
        "the ledger holds no twelve months of earnings a share at this cutoff; import facts with the field "
        "'eps_diluted'",
        Template(
            de="Zum Stichtag liegt kein Gewinn je Aktie eines ganzen Jahres vor; er lässt sich als Angabe "
            "„eps_diluted“ "
            "importieren.",
            en="No earnings per share of a whole year are held at the cutoff; they can be imported as “eps_diluted”.",
        ),
    ),
    (
        "no estimates of earnings a share in one currency cover the next twelve months; collect them, or import facts "
        "with the field 'estimate.eps'",
        Template(
            de="Keine Gewinnschätzungen in einer Währung decken das kommende Jahr ab; sie lassen sich sammeln oder als "
            "Angabe „estimate.eps“ importieren.",
            en="No estimates of earnings a share in one currency cover the coming year; they can be collected, or "
            "imported as “estimate.eps”.",
        ),
    ),
    (
        "the ledger holds no operating income and depreciation of the same twelve months at this cutoff; import facts "
        "with the field 'depreciation_amortization'",
        Template(
            de="Zum Stichtag liegen Betriebsergebnis und Abschreibungen desselben Jahres nicht vor; Letztere lassen "
            "sich "
            "als Angabe „depreciation_amortization“ importieren.",
            en="Operating income and depreciation of the same year are not held at the cutoff; the latter can be "
            "imported as “depreciation_amortization”.",
        ),
    ),
    (
        "the ledger holds no twelve months of free cash flow at this cutoff; import facts with the field "
        "'free_cash_flow'",
        Template(
            de="Zum Stichtag liegt kein freier Mittelzufluss eines ganzen Jahres vor; er lässt sich als Angabe "
            "„free_cash_flow“ importieren.",
            en="No free cash flow of a whole year is held at the cutoff; it can be imported as “free_cash_flow”.",
        ),
    ),
    (
        "the amount of those twelve months is not above 0, so that a multiple of it says nothing; look at sales",
        Template(
            de="Der Betrag dieses Jahres ist nicht positiv, ein Vielfaches davon sagt nichts; aussagekräftiger ist der "
            "Umsatz.",
            en="The amount of that year is not positive, a multiple of it says nothing; sales are the better measure.",
        ),
    ),
    (
        "in no fiscal year for which estimates are held are earnings a share above 0 expected; look at sales",
        Template(
            de="In keinem Geschäftsjahr, für das Schätzungen vorliegen, wird ein Gewinn erwartet; aussagekräftiger ist "
            "der Umsatz.",
            en="In no fiscal year for which estimates are held is a profit expected; sales are the better measure.",
        ),
    ),
    (
        "the number of shares changes from one month to the next as a split does, and no such split is recorded; "
        "import "
        "it as an event of the category 'split'",
        Template(
            de="Die Aktienzahl ändert sich von einem Monat zum nächsten wie bei einem Aktiensplit, verzeichnet ist "
            "aber "
            "keiner; er lässt sich als Ereignis der Kategorie „split“ importieren.",
            en="The number of shares changes from month to month as in a split, and none is on record; it can "
            "be "
            "imported as an event of the category “split”.",
        ),
    ),
    (
        "fewer than {n} month ends have both; import earlier reports and prices",
        Template(
            de="Nötig sind {n} Monatsenden, an denen beides bekannt war; es braucht frühere Berichte und Kurse.",
            en="{n} month ends at which both were known are needed; earlier reports and prices would fill it.",
        ),
    ),
    (
        "fewer than {n} peers have both; name peers (facts with the field 'peers') and import their prices as traded "
        "and "
        "their reports",
        Template(
            de="Nötig sind {n} Vergleichswerte mit beidem; sie lassen sich als Angabe „peers“ benennen, gebraucht "
            "werden ihre unbereinigten Kurse und ihre Berichte.",
            en="{n} peers that have both are needed; they can be named as “peers”, and their prices as traded and "
            "their "
            "reports are needed.",
        ),
    ),
    (
        "the estimates do not cover the next twelve months, or expected earnings are not above 0: logs of a multiple "
        "do not exist there; look at sales multiples instead",
        Template(
            de="Die Schätzungen decken das kommende Jahr nicht ab, oder der erwartete Gewinn ist nicht "
            "positiv: Dort gibt es kein Gewinnvielfaches.",
            en="The estimates do not cover the coming year, or expected earnings are not positive: there is no "
            "earnings multiple then.",
        ),
    ),
    (
        "{n} sessions before the window and each of its own are needed with returns of line and benchmarks; collect a "
        "fuller history",
        Template(
            de="Nötig sind {n} Handelstage vor dem Zeitraum und jeder darin, mit Renditen der Aktie und der "
            "Vergleichsmaßstäbe; es braucht eine vollständigere Historie.",
            en="{n} sessions before the window and each within it are needed, with returns of the line and its "
            "benchmarks; a fuller history is needed.",
        ),
    ),
    (
        "fewer than {n} common sessions are held; collect a fuller history of both lines",
        Template(
            de="Nötig wären {n} gemeinsame Handelstage; es braucht eine vollständigere Historie.",
            en="It takes {n} common sessions; a fuller history of both lines is needed.",
        ),
    ),
    (
        "six closes in a row are needed; collect a fuller history",
        Template(
            de="Die Folge lückenloser Schlusskurse ist zu kurz; es braucht eine vollständigere Historie.",
            en="Too few closes in a row are held; a fuller history is needed.",
        ),
    ),
    (
        "the ledger holds no other line of this issuer; import its prices (and name it by 'sister_lines')",
        Template(
            de="Eine weitere Notierung dieses Unternehmens liegt nicht vor; ihre Kurse lassen sich importieren.",
            en="No other line of this issuer is held; its prices can be imported.",
        ),
    ),
    (
        "{n} sessions without a gap are needed; collect a fuller history",
        Template(
            de="Nötig sind {n} Handelstage ohne Lücke; es braucht eine vollständigere Historie.",
            en="{n} sessions without a gap are needed; a fuller history is needed.",
        ),
    ),
    (
        "there is no calibrated forecast with a track record yet, and without one no call is made",
        Template(
            de="Es gibt noch keine kalibrierte Prognose mit Erfolgsbilanz, und ohne sie gibt es kein Urteil.",
            en="There is no calibrated forecast with a track record yet, and without one no call is made.",
        ),
    ),
    (
        "the ledger holds no prices of {text} on the sessions of this regression; collect or import them",
        Template(
            de="An den Handelstagen dieser Regression fehlen Kurse ({text}); sie lassen sich sammeln oder importieren.",
            en="No prices of {text} are held on the days of this regression; collect or import them.",
        ),
    ),
    (
        "the ledger holds no prices of {line} at this cutoff; collect or import them",
        Template(
            de="Zum Stichtag fehlen Kurse ({line}); sie lassen sich sammeln oder importieren.",
            en="At this cutoff no prices of {line} are held; collect or import them.",
        ),
    ),
    (
        "the ledger holds no rates of {currency} at this cutoff; collect or import them",
        Template(
            de="Zum Stichtag liegen keine Wechselkurse für {currency} vor; sie lassen sich sammeln oder importieren.",
            en="At this cutoff no rates of {currency} are held; collect or import them.",
        ),
    ),
    (
        "the ledger holds no reported figures of this company at this cutoff; import or collect them",
        Template(
            de="Zum Stichtag liegen keine gemeldeten Zahlen vor; sie lassen sich importieren oder sammeln.",
            en="At this cutoff no reported figures are held; import or collect them.",
        ),
    ),
    (
        "the ledger holds no benchmark for this line; collect or import its index",
        Template(
            de="Für diese Notierung liegt kein Vergleichsindex vor; er lässt sich sammeln oder importieren.",
            en="No benchmark is held for this line; collect or import its index.",
        ),
    ),
    (
        "fewer than two peers are named (facts with the field 'peers') and held; import them",
        Template(
            de="Eine Vergleichsgruppe aus mehreren vorliegenden Aktien ist nicht benannt; sie lässt sich als "
            "Angabe „peers“ importieren.",
            en="No group of several peers with prices is named; import it as facts with the field “peers”.",
        ),
    ),
    (
        "a close is missing at its start ({day}); collect or import an earlier or fuller history",
        Template(
            de="Am Anfang ({day}) fehlt ein Schlusskurs; es braucht eine längere oder vollständigere Historie.",
            en="A close is missing at its start ({day}); an earlier or fuller history is needed.",
        ),
    ),
    (
        "a close is missing at its start (before the first bar); collect or import an earlier or fuller history",
        Template(
            de="Der Anfang liegt vor dem ersten vorliegenden Kurs; es braucht eine längere Historie.",
            en="Its start lies before the first price held; an earlier history is needed.",
        ),
    ),
    (
        "the ledger's last bar is of {day}, {n} sessions earlier; collect the missing ones",
        Template(
            de="Der letzte vorliegende Kurs stammt vom {day}; seither fehlen {n} Handelstage.",
            en="The last price held is of {day}; {n} sessions since then are missing.",
        ),
    ),
    (
        "the ledger's first bar is of {day}, less than {n} weeks earlier; collect an earlier history",
        Template(
            de="Der erste vorliegende Kurs stammt vom {day}, für {n} Wochen reicht das nicht; es braucht eine längere "
            "Historie.",
            en="The first price held is of {day}, too late for {n} weeks; an earlier history is needed.",
        ),
    ),
    (
        "no two sessions in a row have a close; collect or import a fuller history",
        Template(
            de="Kein Paar aufeinanderfolgender Handelstage hat Schlusskurse; es braucht eine vollständigere Historie.",
            en="No pair of sessions in a row has closes; a fuller history is needed.",
        ),
    ),
    (
        "the bars of these {n} weeks hold no such price",
        Template(
            de="Die Kurse dieser {n} Wochen enthalten keinen solchen Preis.", en="These {n} weeks hold no such price."
        ),
    ),
    (
        "0 of {m} sessions before have a volume; collect a fuller history",
        Template(
            de="Für keinen der {m} Handelstage davor ist ein Volumen bekannt; es braucht eine vollständigere Historie.",
            en="None of the {m} sessions before has a volume; a fuller history is needed.",
        ),
    ),
    (
        "{n} of {m} sessions before have a volume; collect a fuller history",
        Template(
            de="Nur für {n} der {m} Handelstage davor ist ein Volumen bekannt; es braucht eine vollständigere "
            "Historie.",
            en="Only {n} of {m} sessions before have a volume; a fuller history is needed.",
        ),
    ),
    (
        "the session that could react comes after {day}, the last one known here; ask again later",
        Template(
            de="Der Handelstag, der reagieren konnte, kommt nach dem {day}, dem letzten hier bekannten.",
            en="The session that could react comes after {day}, the last one known here.",
        ),
    ),
    (
        "the session lies before the first bar held ({day}); collect an earlier history",
        Template(
            de="Der Handelstag liegt vor dem ersten vorliegenden Kurs ({day}); es braucht eine längere Historie.",
            en="The session lies before the first price held ({day}); an earlier history is needed.",
        ),
    ),
    (
        "the ledger holds no such dated statement at this cutoff; write some into a case file and import it",
        Template(
            de="Zum Stichtag liegt keine solche datierte Äußerung vor; sie lässt sich in einer Falldatei importieren.",
            en="At this cutoff no such dated statement is held; write some into a case file and import it.",
        ),
    ),
    (
        "no speaker is recorded for the dated statements held at this cutoff; write them into a case file with it",
        Template(
            de="Zu den vorliegenden datierten Äußerungen ist kein Urheber erfasst; mit ihm lassen sie sich in einer "
            "Falldatei importieren.",
            en="For the dated statements held no speaker is recorded; write them into a case file with it.",
        ),
    ),
    (
        "attributed to {house} and to {text}",
        Template(de="Zugeschrieben wird sie: {house}; {text}.", en="It is attributed to {house} and to {text}."),
    ),
    (
        "{text} ({day}) attributes the figure to {house}",
        Template(
            de="{text} schreibt die Zahl {house} zu ({day}).", en="{text} attributes the figure to {house} ({day})."
        ),
    ),
    (
        "the source as recorded does not name the speaker",
        Template(de="Die Quelle nennt den Urheber nicht.", en="The source does not name the speaker."),
    ),
    (
        "it needs two targets",
        Template(de="Dafür braucht es mehrere Kursziele.", en="Several targets are needed."),
    ),
    (
        "no earlier word of this house is held",
        Template(
            de="Eine frühere Einstufung dieses Hauses liegt nicht vor.", en="No earlier rating of this house is held."
        ),
    ),
    (
        "the label was printed without a target in money",
        Template(
            de="Die Einstufung wurde ohne Kursziel in einer Währung gedruckt.",
            en="The label was printed without a target in money.",
        ),
    ),
    (
        "the ledger holds no ratings of {line} that count at this cutoff; collect or import them",
        Template(
            de="Zum Stichtag liegen keine gültigen Einstufungen zu {line} vor; sie lassen sich sammeln oder "
            "importieren.",
            en="At this cutoff no ratings of {line} are held that count; collect or import them.",
        ),
    ),
    (
        "the ledger holds no events of the category consensus of {line} that count at this cutoff; collect or import "
        "them",
        Template(
            de="Zum Stichtag ist kein gedruckter Konsens zu {line} erfasst; er lässt sich als Ereignis der Kategorie "
            "„consensus“ importieren.",
            en="At this cutoff no printed consensus on {line} is held; import it as an event of the category "
            "“consensus”.",
        ),
    ),
    (
        "the target is in {currency} and {line} trades in {text}; ask for that line",
        Template(
            de="Das Kursziel lautet auf {currency}, {line} notiert in {text}; der Abstand steht bei der Notierung in "
            "der Währung des Ziels.",
            en="The target is in {currency} and {line} trades in {text}; the distance stands with the line of that "
            "currency.",
        ),
    ),
    (
        "it needs the market's index and a sector fund or at least two peers; collect or import their prices",
        Template(
            de="Dafür braucht es den Marktindex und einen Branchenfonds oder mehrere Vergleichsaktien; deren "
            "Kurse lassen sich sammeln oder importieren.",
            en="The market's index and a sector fund or several peers are needed; collect or import their prices.",
        ),
    ),
    (
        "the ledger holds no close of that session or of the one before; collect or import them",
        Template(
            de="Für diesen Handelstag oder den davor liegt kein Schlusskurs vor; er lässt sich sammeln oder "
            "importieren.",
            en="No close of that session or of the one before is held; collect or import them.",
        ),
    ),
    (
        "the ledger holds no event around this session; import or collect some",
        Template(
            de="Um diesen Handelstag ist kein Ereignis erfasst; Ereignisse lassen sich importieren oder sammeln.",
            en="No event around this session is held; import or collect some.",
        ),
    ),
    (
        "that session has no return of the line or of the benchmark",
        Template(
            de="Für diesen Handelstag fehlt die Rendite der Aktie oder die des Vergleichsmaßstabs.",
            en="For that session the return of the stock or of the benchmark is missing.",
        ),
    ),
    (
        "0 sessions with both returns before the event window, {m} are needed; load a longer past",
        Template(
            de="Vor dem Ereignisfenster liegt kein Handelstag mit beiden Renditen; nötig sind {m}.",
            en="Before the event window there is no session with both returns; {m} are needed.",
        ),
    ),
    (
        "{n} sessions with both returns before the event window, {m} are needed; load a longer past",
        Template(
            de="Vor dem Ereignisfenster liegen {n} Handelstage mit beiden Renditen; nötig sind {m}.",
            en="Before the event window there are {n} sessions with both returns; {m} are needed.",
        ),
    ),
    (
        "none of {n} event-free dates has {m} sessions before it; load a longer past",
        Template(
            de="Keiner von {n} ereignisfreien Tagen hat {m} Handelstage vor sich; es braucht eine längere Historie.",
            en="None of {n} event-free dates has {m} sessions before it; a longer history is needed.",
        ),
    ),
    (
        "neither a return nor its benchmark on any day of the window {text}; check for a suspension",
        Template(
            de="An keinem Tag des Fensters gibt es zugleich eine Rendite und ihren Vergleich; womöglich war der Handel "
            "ausgesetzt.",
            en="On no day of the window is there both a return and its benchmark; perhaps trading was suspended.",
        ),
    ),
    (
        "no session of the window {text} is in the data yet; ask again after {n} more sessions",
        Template(
            de="Noch liegt kein Handelstag des Fensters vor; es fehlen {n}.",
            en="No session of the window is held yet; {n} are missing.",
        ),
    ),
    (
        "the event's window misses the days {text}; choose a window without them",
        Template(de="Im Ereignisfenster fehlen einzelne Tage.", en="Single days of the event window are missing."),
    ),
    (
        "the window {text} does not hold day {n}",
        Template(
            de="Das Fenster enthält den Tag des Ereignisses nicht.", en="The window does not hold the event's own day."
        ),
    ),
    (
        "the price basis '{text}' is not known here",
        Template(
            de="Die Preisbasis „{text}“ ist hier nicht bekannt.", en="The price basis “{text}” is not known here."
        ),
    ),
    (
        "these bars are adjusted for dividends that were paid later, so their levels were never quoted; import bars as "
        "traded",
        Template(
            de="Diese Kurse sind um später gezahlte Dividenden bereinigt und wurden so nie notiert; es braucht Kurse "
            "wie gehandelt.",
            en="These prices are adjusted for dividends paid later and were never quoted; bars as traded are needed.",
        ),
    ),
    (
        "the benchmark does not move in the estimation window; choose another one",
        Template(
            de="Der Vergleichsmaßstab bewegt sich im Schätzfenster nicht.",
            en="The benchmark does not move in the estimation window.",
        ),
    ),
    (
        "the line has no variance of its own in the estimation window; was it suspended?",
        Template(
            de="Die Aktie hat im Schätzfenster keine eigene Schwankung; womöglich war sie vom Handel ausgesetzt.",
            en="The stock has no variance of its own in the estimation window; perhaps it was suspended.",
        ),
    ),
    (
        "0 usable days in the estimation window, {m} are needed; load a longer past",
        Template(
            de="Das Schätzfenster hat keinen verwertbaren Tag, nötig sind {m}; es braucht eine längere Historie.",
            en="The estimation window has no usable day, {m} are needed; a longer history would fill it.",
        ),
    ),
    (
        "{n} usable days in the estimation window, {m} are needed; load a longer past",
        Template(
            de="Das Schätzfenster hat {n} verwertbare Tage, nötig sind {m}; es braucht eine längere Historie.",
            en="The estimation window has {n} usable days, {m} are needed; a longer history would fill it.",
        ),
    ),
    (
        "the event is outside the data (positions {n} to {m}); load sessions that cover it",
        Template(
            de="Das Ereignis liegt außerhalb der vorliegenden Handelstage.",
            en="The event lies outside the sessions held.",
        ),
    ),
)
