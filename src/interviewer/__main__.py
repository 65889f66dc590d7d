"""`python -m interviewer`."""

from .cli.main import run

run()
