"""The sentences of the fact-checker's gaps by their pattern, and how each is said in both languages.

Only the reason is shown beside a claim, since the claim is the question.
"""

from __future__ import annotations

from rerating.statements.statement import Template

QUESTIONS: tuple[tuple[str, Template], ...] = ()

#: (the checker's words, how they are said)
DETAILS: tuple[tuple[str, Template], ...] = (
    (
        "the sentence names no listed company whose symbol is known; name it with its symbol in the text",
        Template(
            de="Der Satz nennt kein börsennotiertes Unternehmen mit bekanntem Kürzel; im Text hilft das Kürzel.",
            en="The sentence names no listed company whose symbol is known; name it with its symbol in the text.",
        ),
    ),
    (
        "the ledger holds no prices of {line} at this cutoff; run '{text}'",
        Template(
            de="Zum Wissensstand liegen keine Kurse von {line} vor; „{text}“ holt sie.",
            en="No prices of {line} are held at this cutoff; run “{text}”.",
        ),
    ),
    (
        "the ledger holds {line} from {day} to {text}; run '{command}'",
        Template(
            de="Kurse von {line} liegen vom {day} bis zum {text} vor; „{command}“ holt die fehlenden.",
            en="Prices of {line} are held from {day} to {text}; run “{command}”.",
        ),
    ),
    (
        "the ledger holds {line} from {day} on; run '{command}' an earlier day",
        Template(
            de="Kurse von {line} liegen erst ab dem {day} vor; „{command}“ mit einem früheren Tag holt die fehlenden.",
            en="Prices of {line} are held from {day} on; run “{command}” with an earlier day.",
        ),
    ),
    (
        "the session of {day} was not over at this cutoff; ask again later",
        Template(
            de="Der Handel vom {day} war zum Wissensstand nicht zu Ende.",
            en="The session of {day} was not over at this cutoff.",
        ),
    ),
    (
        "a close of {line} is missing; run '{text}'",
        Template(
            de="Ein Schlusskurs von {line} fehlt; „{text}“ holt ihn.",
            en="A close of {line} is missing; run “{text}”.",
        ),
    ),
    (
        "the first bar of {line} is of {day}, less than {n} weeks earlier; run '{text}'",
        Template(
            de="Der erste Kurs von {line} ist vom {day}, das Jahr davor fehlt; „{text}“ holt es.",
            en="The first price of {line} is of {day}, so the year before is missing; run “{text}”.",
        ),
    ),
    (
        "these bars of {line} hold no {basis} price; run '{text}'",
        Template(
            de="Diese Kurse von {line} nennen die nötige Angabe ({basis}) nicht; „{text}“ holt sie.",
            en="These bars of {line} hold no {basis} price; run “{text}”.",
        ),
    ),
    (
        "{n} closes in a row are needed; run '{text}'",
        Template(
            de="Es braucht {n} Schlusskurse in Folge; „{text}“ holt sie.",
            en="It takes {n} closes in a row; run “{text}”.",
        ),
    ),
    (
        "too few sessions before have a volume; run '{text}'",
        Template(
            de="Zu wenige Handelstage davor haben ein Volumen; „{text}“ holt sie.",
            en="Too few sessions before have a volume; run “{text}”.",
        ),
    ),
    (
        "the close before is missing; run '{text}'",
        Template(de="Der Schlusskurs davor fehlt; „{text}“ holt ihn.", en="The close before is missing; run “{text}”."),
    ),
    (
        "the ledger holds daily bars and no quotes inside or outside of sessions; read the venue's own tape",
        Template(
            de="Es liegen Tageskurse vor und keine Kurse innerhalb oder außerhalb der Handelszeit.",
            en="Daily bars are held, and no quotes inside or outside of sessions.",
        ),
    ),
    (
        "the text names no window for this move; none of the usual ones gives it",
        Template(
            de="Der Text nennt keinen Zeitraum, und keiner der üblichen ergibt diese Zahl.",
            en="The text names no window for this move, and none of the usual ones gives it.",
        ),
    ),
    (
        "moves against another value, or in another currency than the line's, are told by their percentage",
        Template(
            de="Bewegungen gegen einen anderen Wert oder in fremder Währung prüft das Programm nur in Prozent.",
            en="Moves against another value, or in another currency, are checked by their percentage.",
        ),
    ),
    (
        "the ledger's first bar of {line} is of {day}; no higher one is held since then",
        Template(
            de="Der erste vorliegende Kurs von {line} ist vom {day}; was davor war, ist nicht bekannt.",
            en="The first price of {line} that is held is of {day}; what was before is not known.",
        ),
    ),
    (
        "the text does not say since when; over {n} weeks it is none",
        Template(
            de="Der Text sagt nicht, seit wann; über {n} Wochen gilt es nicht.",
            en="The text does not say since when; over {n} weeks it is none.",
        ),
    ),
    (
        "no series of this indicator is held here; import it as a fact with '{text}'",
        Template(
            de="Eine Reihe dieses Indikators liegt nicht vor; „{text}“ nimmt sie auf.",
            en="No series of this indicator is held; import it with “{text}”.",
        ),
    ),
    (
        "turnover in money is not held; the ledger holds shares traded",
        Template(
            de="Umsätze in Geld liegen nicht vor, nur gehandelte Stücke.",
            en="Turnover in money is not held, only shares traded.",
        ),
    ),
    (
        "the text does not say what the volume is compared with; {n} sessions do not give it",
        Template(
            de="Der Text sagt nicht, womit das Volumen verglichen wird; {n} Handelstage ergeben diese Zahl nicht.",
            en="The text does not say what the volume is compared with; {n} sessions do not give this figure.",
        ),
    ),
    (
        "the text names no house whose words on {symbol} are held; run '{text}' or '{command}'",
        Template(
            de="Der Text nennt kein Haus, dessen Worte zu {symbol} vorliegen; „{text}“ oder „{command}“ nimmt sie auf.",
            en="The text names no house whose words on {symbol} are held; run “{text}” or “{command}”.",
        ),
    ),
    (
        "the ledger holds nothing that {house} said of {symbol} by this cutoff; run '{text}' or '{command}'",
        Template(
            de="Zum Wissensstand liegt zu {symbol} nichts von {house} vor; „{text}“ oder „{command}“ nimmt es auf.",
            en="Nothing that {house} said of {symbol} is held at this cutoff; run “{text}” or “{command}”.",
        ),
    ),
    (
        "the ledger holds nothing that {house} said of {symbol}; run '{text}'",
        Template(
            de="Zu {symbol} liegt nichts von {house} vor; „{text}“ nimmt es auf.",
            en="Nothing that {house} said of {symbol} is held; run “{text}”.",
        ),
    ),
    (
        "a mean of ratings depends on the house's scale; the ledger holds labels, run '{text}'",
        Template(
            de="Ein Mittel von Einstufungen hängt von der Skala des Hauses ab; „{text}“ zeigt die Skalen.",
            en="A mean of ratings depends on the house's scale; “{text}” shows the scales.",
        ),
    ),
    (
        "no consensus label of {symbol} is held; run '{text}' with one as printed",
        Template(
            de="Ein gedruckter Konsens zu {symbol} liegt nicht vor; „{text}“ nimmt einen auf.",
            en="No printed consensus of {symbol} is held; run “{text}” with one.",
        ),
    ),
    (
        "the count of another list of houses is no refutation; run '{text}' with the count of {symbol} as printed",
        Template(
            de="Die Zählung einer anderen Liste von Häusern widerlegt nichts; „{text}“ nimmt die gedruckte zu {symbol} "
            "auf.",
            en="The count of another list of houses refutes nothing; run “{text}” with the printed one of {symbol}.",
        ),
    ),
    (
        "each vendor's mean is of other houses; name the one that is meant",
        Template(
            de="Jeder Anbieter mittelt andere Häuser; der Text müsste ihn nennen.",
            en="Each vendor's mean is of other houses; the text would have to name it.",
        ),
    ),
    (
        "vendors adjust earnings in their own ways; the text would have to say whose multiple it is",
        Template(
            de="Jeder Anbieter bereinigt Gewinne auf seine Art; der Text müsste sagen, wessen Vielfaches gemeint ist.",
            en="Vendors adjust earnings in their own ways; the text would have to say whose multiple it is.",
        ),
    ),
    (
        "budgets differ in what they cover and over how many years; none that is held gives this amount; run '{text}' "
        "with the one that is meant",
        Template(
            de="Budgets unterscheiden sich nach Inhalt und Jahren; keines der vorliegenden ergibt diesen Betrag. "
            "„{text}“ nimmt das gemeinte auf.",
            en="Budgets differ in what they cover and over how many years; none that is held gives this amount. Run "
            "“{text}” with the one that is meant.",
        ),
    ),
    (
        "shares differ by how the market is drawn; none that is held gives this one; run '{text}' with the one that is "
        "meant",
        Template(
            de="Anteile hängen davon ab, wie der Markt abgegrenzt ist; keiner der vorliegenden ergibt diesen. „{text}“ "
            "nimmt den gemeinten auf.",
            en="Shares differ by how the market is drawn; none that is held gives this one. Run “{text}” with the one "
            "that is meant.",
        ),
    ),
    (
        "the ledger holds no rates of {currency} near {day}; run '{text}'",
        Template(
            de="Kurse von {currency} um den {day} liegen nicht vor; „{text}“ holt sie.",
            en="No rates of {currency} near {day} are held; run “{text}”.",
        ),
    ),
    (
        "supports, resistances and fair values are drawn by hand; no data test them",
        Template(
            de="Unterstützungen, Widerstände und faire Werte sind gezeichnet; Daten prüfen sie nicht.",
            en="Supports, resistances and fair values are drawn by hand; no data test them.",
        ),
    ),
    (
        "a rank needs all values that compete; scan them with '{text}' for each",
        Template(
            de="Ein Rang braucht alle Werte, die sich messen; „{text}“ holt jeden davon.",
            en="A rank needs all values that compete; run “{text}” for each.",
        ),
    ),
    (
        "the ledger holds {n} dated budgets of {symbol} and none that says it was raised; run '{text}' with the new "
        "budget, its speaker and its day",
        Template(
            de="Datierte Budgets von {symbol} im Bestand: {n}; keines sagt, dass es angehoben wurde. „{text}“ nimmt "
            "das neue auf, mit Sprecher und Tag.",
            en="Dated budgets of {symbol} held: {n}; none says that it was raised. Run “{text}” with the new one, "
            "its speaker and its day.",
        ),
    ),
    (
        "{n} dated attributions are held, and none is the speaker's own words; run '{text}' with the original",
        Template(
            de="Datierte Zuschreibungen im Bestand: {n}, keine davon im Wortlaut des Sprechers; „{text}“ nimmt das "
            "Original auf.",
            en="Dated attributions held: {n}, none of them in the speaker's own words; run “{text}” with the original.",
        ),
    ),
    (
        "no dated statement of this figure is held, and none is the speaker's own words; run '{text}' with the "
        "original",
        Template(
            de="Keine datierte Aussage mit dieser Zahl liegt vor; „{text}“ nimmt das Original auf.",
            en="No dated statement of this figure is held; run “{text}” with the original.",
        ),
    ),
    (
        "attributed to {text}",
        Template(de="Zugeschrieben: {text}", en="Attributed to {text}"),
    ),
    (
        "the count of shares held may be older or narrower than the one meant; import '{text}'",
        Template(
            de="Die vorliegende Aktienzahl kann eine ältere oder engere sein; „{text}“ lässt sich importieren.",
            en="The count of shares held may be older or narrower than the one meant; import “{text}”.",
        ),
    ),
    (
        "the ledger holds no such figure of {symbol} by this cutoff; run '{text}' or '{command}'",
        Template(
            de="Zum Wissensstand liegt diese Zahl zu {symbol} nicht vor; „{text}“ oder „{command}“ nimmt sie auf.",
            en="No such figure of {symbol} is held at this cutoff; run “{text}” or “{command}”.",
        ),
    ),
    ("the row holds no number", Template(de="Die Zeile enthält keine Zahl.", en="The row holds no number.")),
    ("the figure has no period", Template(de="Die Zahl hat keinen Zeitraum.", en="The figure has no period.")),
    (
        "the same period a year earlier is not held; run '{text}' with an earlier --since",
        Template(
            de="Der Vorjahreszeitraum liegt nicht vor; „{text}“ mit früherem --since holt ihn.",
            en="The same period a year earlier is not held; run “{text}” with an earlier --since.",
        ),
    ),
    (
        "the text names no session, and none of the last ones stands out",
        Template(
            de="Der Text nennt keinen Handelstag, und keiner der letzten sticht heraus.",
            en="The text names no session, and none of the last ones stands out.",
        ),
    ),
    (
        "the text does not say which of the known events it means; they are listed with what each could do",
        Template(
            de="Der Text sagt nicht, welches der bekannten Ereignisse er meint; sie stehen in der Liste der Lesarten.",
            en="The text does not say which of the known events it means; they are listed among the readings.",
        ),
    ),
    (
        "of the events held none could have moved this session first, and no list of events is complete; run '{text}' "
        "with the one that the text means",
        Template(
            de="Von den vorliegenden Ereignissen kann keines diesen Handelstag zuerst bewegt haben, und keine Liste "
            "ist "
            "vollständig; „{text}“ nimmt das gemeinte auf.",
            en="Of the events held none could have moved this session first, and no list is complete; run “{text}” "
            "with the one that is meant.",
        ),
    ),
    (
        "the text gives no day (or no kind of event) to look it up by; import it with '{text}'",
        Template(
            de="Der Text gibt keinen Tag oder keine Art des Ereignisses an; „{text}“ nimmt es auf.",
            en="The text gives no day, or no kind of event, to look it up by; import it with “{text}”.",
        ),
    ),
    (
        "the recorded chains hold contracts and open interest, nothing else; import it as an event",
        Template(
            de="Die aufgezeichneten Ketten enthalten Kontrakte und offene Positionen, sonst nichts.",
            en="The recorded chains hold contracts and open interest, nothing else.",
        ),
    ),
    (
        "the newest chain held is of {day}; run '{text}' for that day",
        Template(
            de="Die neueste vorliegende Kette ist vom {day}; „{text}“ nimmt die des Tages auf.",
            en="The newest chain held is of {day}; run “{text}” for that day.",
        ),
    ),
    (
        "the ledger holds no such event around {day}; run '{text}' with the one that the text means, at the instant at "
        "which it was public",
        Template(
            de="Um den {day} liegt kein solches Ereignis vor; „{text}“ nimmt das gemeinte mit seinem Zeitpunkt auf.",
            en="No such event around {day} is held; run “{text}” with the one that is meant, at its instant.",
        ),
    ),
    (
        "the ledger holds no such event of {day}; run '{text}' with it",
        Template(
            de="Vom {day} liegt kein solches Ereignis vor; „{text}“ nimmt es auf.",
            en="No such event of {day} is held; run “{text}” with it.",
        ),
    ),
    (
        "a daily history of option volume of {symbol} is needed, at least {n} days; record it with '{text}' each "
        "session or '{command}'",
        Template(
            de="Es braucht eine Tageshistorie des Optionsvolumens zu {symbol}, mindestens {n} Tage; „{text}“ zeichnet "
            "es je Handelstag auf, „{command}“ nimmt eine auf.",
            en="It takes a daily history of option volume of {symbol}, at least {n} days; record it with “{text}” each "
            "session, or run “{command}”.",
        ),
    ),
    (
        "the recorded chain does not give it",
        Template(de="Die aufgezeichnete Kette gibt es nicht her.", en="The recorded chain does not give it."),
    ),
    (
        "the ledger holds no option chain of this line at this cutoff; collect or import one: run '{text}' or "
        "'{command}'",
        Template(
            de="Zum Wissensstand liegt keine Optionskette vor; „{text}“ oder „{command}“ nimmt eine auf.",
            en="No option chain of this line is held at this cutoff; run “{text}” or “{command}”.",
        ),
    ),
    (
        "no source here tests this kind of claim; import it as a fact with '{text}'",
        Template(
            de="Diese Art von Behauptung prüft hier keine Quelle; „{text}“ nimmt sie als Angabe auf.",
            en="No source here tests this kind of claim; import it as a fact with “{text}”.",
        ),
    ),
)
