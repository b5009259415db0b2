"""Forecast, calibration, verdict and track record: buy, hold or sell, and how often that was right."""
