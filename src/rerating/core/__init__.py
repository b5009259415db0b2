"""Our words. Knows nobody; everybody knows it."""
