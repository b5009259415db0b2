"""`python -m rerating`."""

from rerating.cli import main

main()
