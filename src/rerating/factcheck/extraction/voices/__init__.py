"""Who speaks, of which time, and whether of a plan."""
