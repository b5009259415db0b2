"""The fact-checker: takes an article apart, tests each claim, shows what holds and repairs what does not."""
