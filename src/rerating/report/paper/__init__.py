"""The report on paper: the same plan of statements, laid out by typst as PDF, and its first page as a picture."""
