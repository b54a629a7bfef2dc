"""The line of a log that is quoted when a start fails."""

from pathlib import Path

import pytest

from graph.local.logs import port_was_taken, telling_line

TRACE = """\
INFO  Starting...
ERROR Failed to start Neo4j on localhost.
java.lang.RuntimeException: Error starting Neo4j
\tat org.neo4j.server.Main(Main.java:1)
Caused by: org.neo4j.kernel.lifecycle.LifecycleException: failed
Caused by: java.net.BindException: Address already in use
\t... 7 more
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TRACE, "Caused by: java.net.BindException: Address already in use"),
        (
            "INFO  Starting...\nERROR Invalid memory configuration\nINFO  Stopped.\n",
            "ERROR Invalid memory configuration",
        ),
        (
            "Error occurred during initialization of VM\nCould not reserve enough space\n",
            "Could not reserve enough space",
        ),
        ("", ""),
        ("ERROR " + "x" * 1000, "ERROR " + "x" * 294),
    ],
)
def test_telling_line_is_the_first_cause_else_the_first_error_else_the_last(
    tmp_path: Path, text: str, line: str
) -> None:
    (tmp_path / "log").write_text(text)
    assert telling_line(tmp_path / "log") == line


def test_taken_port_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(TRACE)
    assert port_was_taken(tmp_path / "log")
    assert not port_was_taken(tmp_path / "none")
