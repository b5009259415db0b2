"""From an article to its claims: the text, its names and figures, whom each belongs to, what kind and status it has."""

from rerating.factcheck.extraction.extract import Extraction, extract

__all__ = ["Extraction", "extract"]
