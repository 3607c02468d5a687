"""`amends model fetch`: a model of another house from the Hugging Face hub."""

from __future__ import annotations

import click


@click.group()
def model() -> None:
    """Models of other houses in place of the bundled one."""


@model.command()
@click.argument("name", metavar="ORG/NAME")
@click.option("--revision", metavar="R", default=None, help="Branch, tag or commit (default: the newest of its main).")
def fetch(name: str, revision: str | None) -> None:
    """Fetch ORG/NAME from the Hugging Face hub into the data folder, without pickles and program code."""
    from importlib.util import find_spec

    from db.settings import DbSettings
    from scoring.hub import fetch as fetch_model

    from ..model_in_use import models_folder
    from ..progress import counting

    models = models_folder(DbSettings().make_data_dir())
    click.echo(f"Asking the hub for {name} ...")
    with counting("MB fetched") as tell:
        found = fetch_model(
            name, models, revision=revision, progress=lambda done, left: tell(done // 1_000_000, left // 1_000_000)
        )
    click.echo(f"Fetched: {found.files} files, {found.size / 1e6:.1f} MB, revision {found.revision[:12]}")
    click.echo(f"  in {found.folder}")
    if found.labels_note:
        click.echo(f"Its labels need your word first. {found.labels_note}")
    click.echo(f"Use it:  AMENDS_MODEL_DIR={name}   and try it out: amends doctor")
    if find_spec("torch") is None:
        click.echo("It is run by torch, which is not installed: pip install 'amends[transformers]'")
