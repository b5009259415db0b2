"""Typed evidence, one file an element of the analysis. A finding is a function of a view."""
