"""The command `foedus`: to serve, to ask, to run texts of one's own, and to look after the database."""

import click

from service.commands.ask import ask
from service.commands.backup import backup, restore
from service.commands.catalogue import list_questions, show_question
from service.commands.check import check
from service.commands.common import Commands
from service.commands.database import load, show_schema
from service.commands.erase import erase
from service.commands.export import export, import_package
from service.commands.generate import generate
from service.commands.importing import take_in
from service.commands.keys import keys
from service.commands.mcp import serve_assistants
from service.commands.query import query, shell
from service.commands.saved import saved
from service.commands.serve import serve


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foedus")
def main() -> None:
    """Ask who commits support to whom, under which treaty, on which day, and who says so.

    Works with the Neo4j of FOEDUS_NEO4J_URI; without one, with the Neo4j that `foedus serve` runs here, or else one
    that is started for the command. Exit codes: 0 fine, 1 it failed, 2 it was not understood.
    """


for _command in (
    serve,
    serve_assistants,
    list_questions,
    show_question,
    ask,
    query,
    saved,
    shell,
    load,
    take_in,
    check,
    export,
    erase,
    backup,
    restore,
    show_schema,
    keys,
    generate,
):
    main.add_command(_command)

take_in.add_command(import_package)

if __name__ == "__main__":
    main(prog_name="foedus")
