"""The command `foedus`: to serve, to ask, to run texts of one's own, and to look after the database."""

from importlib import import_module

import click

from service.commands.common import Commands

COMMANDS = {
    "ask": "ask.ask",
    "backup": "backup.backup",
    "check": "check.check",
    "erase": "erase.erase",
    "export": "export.export",
    "generate": "generate.generate",
    "import": "importing.take_in",
    "keys": "keys.keys",
    "list": "catalogue.list_questions",
    "load": "database.load",
    "mcp": "mcp.serve_assistants",
    "query": "query.query",
    "restore": "backup.restore",
    "saved": "saved.saved",
    "schema": "database.show_schema",
    "serve": "serve.serve",
    "shell": "query.shell",
    "show": "catalogue.show_question",
}
"""Each command by its name, and where it is in `service.commands`."""


def module_of(name: str) -> str:
    """Return the module of a command."""
    return f"service.commands.{COMMANDS[name].partition('.')[0]}"


class ReadWhenCalled(Commands):
    """Reads the module of a command when it is called: reading those of all others would take most of its time.

    The commands that it is made with are names alone, which click lists, and suggests in place of wrong ones.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(module_of(cmd_name)), COMMANDS[cmd_name].partition(".")[2])
        return command


@click.group(
    cls=ReadWhenCalled,
    commands=[click.Command(name) for name in COMMANDS],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="foedus")
def main() -> None:
    """Ask who commits support to whom, under which treaty, on which day, and who says so.

    Works with the Neo4j of FOEDUS_NEO4J_URI; without one, with the Neo4j that `foedus serve` runs here, or else one
    that is started for the command. Exit codes: 0 fine, 1 it failed, 2 it was not understood.
    """


if __name__ == "__main__":
    main(prog_name="foedus")
