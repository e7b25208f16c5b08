"""`autograder doctor`: can students' code be held on this machine?"""

import json
import sys
from dataclasses import asdict

import click

from autograder.commands.options import json_option, subcommand
from autograder.sandbox import probe
from autograder.sandbox.doctor import MachineReport, inspect_machine, install

__all__ = ["command"]


@subcommand("doctor")
@click.option(
    "--install", "may_install", is_flag=True, help="Install bubblewrap if no tier holds: by apt-get, as root."
)
@json_option
def command(may_install: bool, machine: bool) -> None:
    """Show which tier of the sandbox holds on this machine, and what to do for a better one.

    A: namespaces and control groups; B: namespaces and a watch; C: a container engine. Ends with status 1 if none does.
    """
    if may_install and probe().name == "none":
        install(lambda line: click.echo(line, err=True))
        probe.cache_clear()
    report = inspect_machine()
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if machine else _told(report))
    if report.tier.name == "none":
        sys.exit(1)


def _told(report: MachineReport) -> str:
    lines = [f"tier {report.tier}"]
    if report.tier.better:
        lines.append(f"  better: {report.tier.better}")
    for finding in report.findings:
        lines.append(f"{'yes' if finding.there else 'no ':3}  {finding.name}: {finding.found}")
        if finding.fix:
            lines.append(f"       {finding.fix}")
    return "\n".join(lines)
