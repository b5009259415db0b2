"""Whose a claim is in deals, orders and holdings."""
