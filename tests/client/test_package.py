"""The client stands alone: it needs httpx, and nothing else of this project."""

import subprocess
import sys
from pathlib import Path

SEEN = """
import sys
sys.path.insert(0, sys.argv[1])
import foedus_client
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_it_needs_httpx_alone(repository: Path) -> None:
    command = [sys.executable, "-I", "-c", SEEN, str(repository / "client")]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert {"foedus_client", "httpx"} <= loaded
    assert loaded.isdisjoint({"graph", "seed", "service", "pydantic", "neo4j", "pandas", "polars", "numpy"})
