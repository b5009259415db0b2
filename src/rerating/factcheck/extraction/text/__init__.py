"""The text: its blocks, sentences, words, names and people."""
