"""Makes the list of jars that one line of Neo4j needs: `python -m graph.local.pin 5.26.30`, for developers only.

It resolves the server's coordinate and everything it needs at runtime, fetches the jars into the usual Maven folder of
the machine, and writes `jars-<line>.sha256` beside this file: SHA-256, size in bytes and coordinate, one jar a line. To
move to another version, run it, add the line to `graph.settings.Line` and run the tests of `tests/graph/local`.
"""

import sys
from pathlib import Path

from graph.local.pins import Pin, digest, pins_file

# The mark takes the coordinate as an ordinary dependency. Without it the library also applies the server's own version
# management to the dependencies of others, and comes to other versions than Maven and the official distribution do.
RAW = "!"


def resolve(line: str) -> list[Pin]:
    """Return what the server of this line needs at runtime, sorted by coordinate."""
    import jgo  # noqa: PLC0415 - takes half a second to import, and only developers need it here

    pins = []
    for jar in jgo.resolve(f"org.neo4j:neo4j:{line}{RAW}"):
        parts = [jar.groupId, jar.artifactId, jar.version, jar.classifier]
        path = Path(jar.resolve())
        pins.append(Pin(digest(path), path.stat().st_size, ":".join(filter(None, parts))))
    return sorted(pins, key=lambda pin: pin.coordinate)


def main() -> None:
    """Write the list of the line named on the command line."""
    line = sys.argv[1]
    pins = resolve(line)
    if len({pin.file for pin in pins}) != len(pins):
        sys.exit("Two jars have the same file name; they cannot lie in one folder.")
    pins_file(line).write_text("".join(f"{pin.sha256} {pin.size} {pin.coordinate}\n" for pin in pins), "ascii")
    sys.stderr.write(f"{pins_file(line).name}: {len(pins)} jars, {sum(pin.size for pin in pins) / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
