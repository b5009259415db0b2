"""What a text is about, sentence by sentence, and the nouns that stand for it."""
