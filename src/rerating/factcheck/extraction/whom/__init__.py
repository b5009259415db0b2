"""Whom a claim is about: companies, indices, goods, states, markets and groups of people."""
