"""Loopback ports, chosen here because Neo4j takes long to say that one is taken. Called by `server`."""

import socket

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Return whether a server could listen at this port now."""
    with socket.socket() as probe:
        # As Java does it: a port that connections were only just closed at counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def free_port() -> int:
    """Return a port that is free now; whoever uses it soon will most likely still find it so."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
