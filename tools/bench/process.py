"""Runs a program and tells what it cost."""
import dataclasses
import os
import subprocess
import sys
import time


class Stop(Exception):
    """What went wrong, and what to do about it, in one line."""


@dataclasses.dataclass
class Cost:
    cpu: float = 0.0  # seconds, user and system, of all threads
    wall: float = 0.0  # seconds
    peak: int = 0  # kilobytes of memory held at once

    def plus(self, other):
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.peak, other.peak))


def run(command, out, text="", errors=subprocess.DEVNULL, env=None):
    """Runs `command` with `text` as its input and the file `out` as its output: exit code and cost."""
    begin = time.monotonic()
    with open(out, "wb") as sink:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=sink, stderr=errors,
                                   env={**os.environ, **(env or {})})
        try:
            process.stdin.write(text.encode())
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended early; its exit code tells
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, Cost(used.ru_utime + used.ru_stime, time.monotonic() - begin, used.ru_maxrss)


def main(work):
    """Runs a tool's `work`; a Stop becomes one line on standard error and exit code 2."""
    name = os.path.basename(sys.argv[0])
    try:
        return work()
    except Stop as stop:
        print(f"{name}: {stop}", file=sys.stderr)
        return 2
