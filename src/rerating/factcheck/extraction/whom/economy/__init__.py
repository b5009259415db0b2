"""What is told of states, whole economies, branches, goods and groups of people."""
