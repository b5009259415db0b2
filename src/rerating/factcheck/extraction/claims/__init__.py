"""From what is read to claims: ratings, tables, dates, words without a figure, and the status of each."""
