"""Why did this stock move, does it hold, is it a buy, a hold or a sell? Answered from dated evidence alone."""

__version__ = "0.1.0"
