"""The names of an article: which of its words are names, of whom, listed anywhere or not."""
