"""The sentences of the options' gaps by their pattern, and how each is said in both languages."""

from __future__ import annotations

from rerating.statements.statement import Template

#: (the finding's words, how they are said)
QUESTIONS: tuple[tuple[str, Template], ...] = (
    ("options of {line}", Template(de="Optionen auf {line}", en="Options on {line}")),
    ("options after that day", Template(de="Optionen danach", en="Options after that day")),
    (
        "risk-free rate of {currency}",
        Template(de="Risikofreier Zins in {currency}", en="Risk-free rate in {currency}"),
    ),
    ("implied volatilities", Template(de="Implizite Volatilitäten", en="Implied volatilities")),
    (
        "implied volatility of the expiry on {day}",
        Template(de="Implizite Volatilität zum Verfall am {day}", en="Implied volatility of the expiry on {day}"),
    ),
    (
        "forward of the expiry on {day}",
        Template(de="Terminkurs zum Verfall am {day}", en="Forward of the expiry on {day}"),
    ),
    (
        "smile of the expiry in {n} days",
        Template(de="Volatilitätskurve zum Verfall in {n} Tagen", en="Smile of the expiry in {n} days"),
    ),
    (
        "{n}-delta skew of the expiry in {m} days",
        Template(de="Schiefe bei Delta {n} zum Verfall in {m} Tagen", en="{n}-delta skew of the expiry in {m} days"),
    ),
    ("call-put spread", Template(de="Abstand zwischen Calls und Puts", en="Call-put spread")),
    ("priced move of the event", Template(de="Eingepreiste Bewegung des Ereignisses", en="Priced move of the event")),
    (
        "priced move of the next report",
        Template(de="Eingepreiste Bewegung des nächsten Berichts", en="Priced move of the next report"),
    ),
    (
        "{text} volume of {line} on {day}",
        Template(de="Volumen in {line} am {day} ({text})", en="Volume in {line} on {day} ({text})"),
    ),
    (
        "is the {text} volume of {line} exceptional",
        Template(
            de="Ist das Optionsvolumen in {line} außergewöhnlich ({text})?",
            en="Is the option volume in {line} exceptional ({text})?",
        ),
    ),
    (
        "is the {text} volume of {line} high beyond what the price move goes with",
        Template(
            de="Ist das Optionsvolumen in {line} hoch über die Kursbewegung hinaus ({text})?",
            en="Is the option volume in {line} high beyond the price move ({text})?",
        ),
    ),
)

DETAILS: tuple[tuple[str, Template], ...] = (
    (
        "the ledger holds no option chain of this line at this cutoff; collect or import one",
        Template(
            de="Zum Stichtag liegt keine Optionskette dieser Notierung vor; sie lässt sich sammeln oder importieren.",
            en="At this cutoff no option chain of this line is held; collect or import one.",
        ),
    ),
    (
        "the last chain held is of {day}, {n} sessions earlier; record the chain daily",
        Template(
            de="Die letzte vorliegende Kette stammt vom {day}; seither fehlen {n} Handelstage.",
            en="The last chain held is of {day}; {n} sessions since then are missing.",
        ),
    ),
    (
        "the ledger holds no risk_free_rate of {currency}; {n} is used and the implied borrow holds the rate, with the "
        "sign turned; import it as a fact",
        Template(
            de="Ein risikofreier Zins in {currency} liegt nicht vor. Gerechnet wird mit {n}; die eingepreiste "
            "Leihgebühr enthält dann den Zins mit umgekehrtem Vorzeichen.",
            en="No risk-free rate in {currency} is held. {n} is used, and the implied borrow then holds the rate with "
            "the sign turned.",
        ),
    ),
    (
        "the chain of {day} does not say the share's price; record it with the quotes",
        Template(
            de="Die Kette vom {day} nennt den Aktienkurs nicht; er gehört mit aufgezeichnet.",
            en="The chain of {day} does not say the share's price; record it with the quotes.",
        ),
    ),
    (
        "{n} of {m} quotes bear no volatility, {text} of them without bid and ask; record the chain during a session",
        Template(
            de="Von {m} Notierungen tragen {n} keine Volatilität, {text} davon ohne Geld- und Briefkurs; aufgezeichnet "
            "werden muss während der Handelszeit.",
            en="Of {m} quotes, {n} bear no volatility, {text} of them without bid and ask; record during a session.",
        ),
    ),
    (
        "no strike near the money has a usable call and a usable put; record a fuller chain",
        Template(
            de="Am Geld hat kein Basispreis einen brauchbaren Call und einen brauchbaren Put; es braucht eine "
            "vollständigere Kette.",
            en="No strike near the money has a usable call and a usable put; a fuller chain is needed.",
        ),
    ),
    (
        "no quote near the forward bears a volatility; record a fuller chain",
        Template(
            de="Am Terminkurs trägt keine Notierung eine Volatilität; es braucht eine vollständigere Kette.",
            en="No quote near the forward bears a volatility; a fuller chain is needed.",
        ),
    ),
    (
        "{n} strikes have a usable quote and {m} are needed; collect a fuller chain.",
        Template(
            de="Brauchbar notiert sind {n} Basispreise; nötig sind {m}.",
            en="{n} strikes have a usable quote; {m} are needed.",
        ),
    ),
    (
        "No smile without arbitrage fits its {n} quotes; look for stale or crossed ones.",
        Template(
            de="Zu den {n} Notierungen passt keine Kurve ohne Arbitrage; womöglich sind einige veraltet.",
            en="No smile without arbitrage fits the {n} quotes; some may be stale.",
        ),
    ),
    (
        "The quoted strikes do not reach the {n}-delta options; collect a wider chain.",
        Template(
            de="Die notierten Basispreise reichen nicht bis zu einem Delta von {n}.",
            en="The quoted strikes do not reach a delta of {n}.",
        ),
    ),
    (
        "no strike has a call and a put that both bear a volatility; record a fuller chain",
        Template(
            de="Kein Basispreis hat einen Call und einen Put, die beide eine Volatilität tragen.",
            en="No strike has a call and a put that both bear a volatility.",
        ),
    ),
    (
        "the ledger knows no scheduled report after this chain; import its date as an event",
        Template(
            de="Ein Berichtstermin nach dieser Kette ist nicht bekannt; er lässt sich als Ereignis importieren.",
            en="No scheduled report after this chain is known; import its date as an event.",
        ),
    ),
    (
        "{n} expiries after it bear a volatility and two are needed; record a fuller chain",
        Template(
            de="Danach tragen {n} Verfalle eine Volatilität; nötig ist ein Paar.",
            en="After it {n} expiries bear a volatility; a pair is needed.",
        ),
    ),
    (
        "Two expiries after the event are needed, the nearer one first.",
        Template(
            de="Es braucht ein Paar von Verfallen nach dem Ereignis.",
            en="A pair of expiries after the event is needed.",
        ),
    ),
    (
        "Other scheduled events ({n}) before the later expiry share its variance; choose expiries that hold this event "
        "alone.",
        Template(
            de="Andere Termine ({n}) vor dem späteren Verfall teilen sich dessen Varianz.",
            en="Other scheduled events ({n}) before the later expiry share its variance.",
        ),
    ),
    (
        "Not identified: the two expiries' variances leave a negative event or session variance.",
        Template(
            de="Nicht zu bestimmen: Die Varianzen der Verfalle lassen dem Ereignis oder dem Handelstag eine negative.",
            en="Not identified: the variances of the expiries leave a negative one to the event or the session.",
        ),
    ),
    (
        "no chain was recorded at or after that session's close, so its volume is not complete",
        Template(
            de="Zum Schluss dieses Handelstags wurde keine Kette aufgezeichnet; das Volumen ist nicht vollständig.",
            en="No chain was recorded at that session's close, so its volume is not complete.",
        ),
    ),
    (
        "{n} comparable days of history are held and {m} are needed; record the chain daily after the close",
        Template(
            de="Vergleichbar sind {n} Tage der Historie; nötig sind {m}. Sie wächst, wenn die Kette täglich nach "
            "Börsenschluss aufgezeichnet wird.",
            en="{n} days of history compare; {m} are needed. It grows with each chain recorded after the close.",
        ),
    ),
    (
        "its history holds no day of this kind (the first report window, say); record it through one",
        Template(
            de="Die Historie enthält keinen Tag dieser Art, zum Beispiel noch kein Berichtsfenster.",
            en="The history holds no day of this kind, such as a report window.",
        ),
    ),
    (
        "the share's own volumes and prices over the same days are missing; collect them",
        Template(
            de="Umsätze und Kurse der Aktie selbst fehlen für diese Tage; sie lassen sich sammeln.",
            en="The share's own volumes and prices over these days are missing; collect them.",
        ),
    ),
)
