"""The software version that stands in every result. It equals the package's version (a test says so)."""

VERSION = "0.1.0"
