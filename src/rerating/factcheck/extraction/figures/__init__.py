"""What a figure is of: its metric, kind and values."""
