"""Sets the first password of a new Neo4j with the server's own tool. Called by `server` before the first start."""

import subprocess

from graph.errors import LocalServerError
from graph.local.config import environment, java
from graph.local.fetch import Installation
from graph.local.folder import DataFolder


def set_first_password(folder: DataFolder, installation: Installation, password: str) -> None:
    """Set the password of the user neo4j in a folder without data, or set it again before the first start."""
    # It goes through a file, because anyone on the machine can read the arguments of a process.
    arguments = f"org.neo4j.cli.AdminTool\ndbms\nset-initial-password\n{password}\n"
    file = folder.write_private("arguments", arguments)
    command = java(installation, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData")
    try:
        done = subprocess.run(  # noqa: S603
            [*command, f"@{file}"],
            env=environment(folder.home),
            cwd=folder.home,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    finally:
        file.unlink()
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).replace(password, "…")
        raise LocalServerError(
            f"The password of the new Neo4j could not be set: {said}",
            f"Set FOEDUS_DATA to another folder, or look into {folder.home / 'logs'}.",
        )
