"""What can be said of an analysis: one plan of typed statements, two languages. One file a noun, as in findings."""
