"""One module per command. They import click alone; everything else is fetched when a command runs."""
