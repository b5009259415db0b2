"""What words say by themselves: of states, goods, groups, clauses and roles, before any name is known."""
