"""Ports for servers that a test starts, and starts again."""
import pathlib
import random
import socket

RANGE = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range")
LOWEST, HIGHEST = 10000, 65535
given = set()


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port():
    """One that nobody listens on, and that stays so until it is needed: none of those that the kernel gives to outgoing
    connections, which any process may make meanwhile, and none that this process was given before."""
    first, last = map(int, RANGE.read_text(encoding="ascii").split())
    ports = [*range(LOWEST, min(first, HIGHEST + 1)), *range(max(last + 1, LOWEST), HIGHEST + 1)]
    random.shuffle(ports)
    for port in ports:
        if port not in given and is_free(port):
            given.add(port)
            return port
    raise AssertionError(f"no port from {LOWEST} on is free outside {first} to {last}, the outgoing connections' own "
                         f"({RANGE})")
