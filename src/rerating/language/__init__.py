"""Numbers, quantities, periods, hedges, rating words and finance nouns in German and English: writes them, reads them.

One module a noun. What a module writes, `reading` finds again; the two share one vocabulary. Knows only core.
"""
