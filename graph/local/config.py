"""How the server is told to run: its settings file, its Java command line and the environment. Called by `server`."""

import os
import zipfile
from pathlib import Path

from graph.errors import LocalServerError
from graph.local.fetch import Installation
from graph.local.ports import HOST
from graph.settings import Settings

DATABASE = "neo4j"
"""The one database of a Neo4j of one's own."""
NO_PORT = 0
"""What stands for a port in the settings of a tool that opens none."""
ENTRY_POINT = "META-INF/services/org.neo4j.server.startup.EntryPoint"

# Every one of these is known to both lines; an unknown one stops the start.
CONF = """\
server.bolt.listen_address={host}:{port}
server.bolt.advertised_address={host}:{port}
server.http.enabled={http_enabled}
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size={page_cache}m
# One transaction may not take the memory of all others, nor run for ever.
db.memory.transaction.max={one}m
dbms.memory.transaction.total.max={all}m
db.transaction.timeout=600s
db.lock.acquisition.timeout=30s
# LOAD CSV reads neither files nor addresses. The list keeps procedures of plugins out; Neo4j's own stay in any case.
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.security.procedures.allowlist=db.*
dbms.cypher.min_replan_interval={replan}s
# The log of transactions takes the room it needs, not 256 MB ahead.
db.tx_log.preallocate=false
# Open connections do not hold up the stop.
internal.server.bolt.connection_shutdown_wait_time=0s
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""

HTTP = """\
server.http.listen_address={host}:{port}
server.http.advertised_address={host}:{port}
"""

OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
_OPENING = (*(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED), "--enable-native-access=ALL-UNNAMED")


def conf_text(settings: Settings, port: int, http_port: int | None = None) -> str:
    """Return the server's settings file for one start at a port, and at another one for HTTP if it is to have one."""
    heap = settings.heap_mb
    values = {"page_cache": settings.page_cache_mb, "one": heap // 2, "all": heap * 7 // 10}
    values["replan"] = settings.replan_seconds
    text = CONF.format(host=HOST, port=port, http_enabled=str(http_port is not None).lower(), **values)
    return text if http_port is None else text + HTTP.format(host=HOST, port=http_port)


def java(installation: Installation, *options: str) -> list[str]:
    """Return the beginning of a Java command line that has the server's jars."""
    if os.pathsep in str(installation.jars):
        raise LocalServerError(
            f"The cache folder {installation.jars.parent} has a {os.pathsep!r} in its name, which Java cannot take.",
            "Set FOEDUS_CACHE to another folder.",
        )
    return [str(installation.java), *options, "-cp", f"{installation.jars}/*"]


def server_command(installation: Installation, settings: Settings, home: Path) -> list[str]:
    """Return the command line of the server."""
    options = [
        f"-Xmx{settings.heap_mb}m",
        # Of Java's collectors this one takes the least memory and is the first to be ready. With room for what is young
        # from the start it does not look through all of a large transaction again and again.
        f"-Xms{settings.heap_mb // 2}m",
        f"-Xmn{settings.heap_mb // 3}m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        *_OPENING,
        "-Dio.netty.tryReflectionSetAccessible=true",
        "-Dlog4j2.disable.jmx=true",
    ]
    arguments = [f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"]
    return [*java(installation, *options), _main_class(installation, settings.line), *arguments]


def tool_command(installation: Installation, heap_mb: int, *arguments: str) -> list[str]:
    """Return the command line of the server's own tool for what is done while it does not run."""
    options = [f"-Xmx{heap_mb}m", "-XX:+UseParallelGC", "-XX:-UsePerfData", *_OPENING]
    return [*java(installation, *options), "org.neo4j.cli.AdminTool", *arguments]


def _main_class(installation: Installation, line: str) -> str:
    with zipfile.ZipFile(installation.jars / f"neo4j-{line}.jar") as jar:
        return jar.read(ENTRY_POINT).decode("ascii").strip()


def environment(home: Path) -> dict[str, str]:
    """Return the environment for Java: nothing of the user's that could change how it runs, or that is secret."""
    kept = {name: os.environ[name] for name in ("HOME", "PATH", "TMPDIR", "TZ") if name in os.environ}
    # Java reads and writes file names with other than ASCII letters only under a UTF-8 locale.
    return kept | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf"), "LC_ALL": "C.UTF-8"}
