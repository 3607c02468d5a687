"""`python -m webui` is the command `amends`, for child processes that must use this very interpreter."""

from .cli import cli

cli(prog_name="amends")
