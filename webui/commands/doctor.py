"""`amends doctor`: is everything in place, and if not, what to do."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as a list of objects.")
@click.option("--mail-to", metavar="ADDRESS", default=None, help="Only send a test mail to this address.")
def doctor(as_json: bool, mail_to: str | None) -> None:
    """Check database, model, folders, clock and mail; show the settings in force. Ends with 1 on a fault."""
    if mail_to is not None:
        from ..doctor import send_test_mail

        click.echo(f"Test mail {send_test_mail(mail_to)}.")
        return
    import json
    from dataclasses import asdict

    from ..doctor import Level, effective_settings, examine

    findings = examine()
    settings = effective_settings()
    failed = any(finding.level is Level.FAULT for finding in findings)
    if as_json:
        record = {"findings": [asdict(finding) for finding in findings], "settings": settings}
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        raise SystemExit(1 if failed else 0)
    signs = {Level.GOOD: "ok   ", Level.HINT: "note ", Level.FAULT: "FAULT"}
    for finding in findings:
        click.echo(f"{signs[finding.level]}  {finding.what:<10} {finding.message}")
        if finding.advice:
            click.echo(f"                  -> {finding.advice}")
    click.echo("\nSettings in force (secrets hidden):")
    for name, value in settings.items():
        click.echo(f"  {name}={value}")
    raise SystemExit(1 if failed else 0)
