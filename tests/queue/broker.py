"""Real RabbitMQ nodes for the tests: any user, own ports, own epmd, everything below one folder.

Nothing of them outlives the test, however it ends: a watcher holds the reading end of a pipe and kills every node once
the writing end is closed, which the kernel does for a test that is killed too.
"""
import atexit
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from ports import free_port

SCRIPTS = pathlib.Path("/usr/lib/rabbitmq/bin")  # Debian's wrappers in /usr/sbin insist on a user of their own
START_SECONDS = 300  # ten on an idle machine


def is_installed():
    return (SCRIPTS / "rabbitmq-server").exists() and shutil.which("epmd") is not None


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"AMQP\0\0\x09\x01")
            return connection.recv(1) == b"\x01"  # connection.start
    except OSError:
        return False


class Watcher:
    """Kills the process groups that it was told of, and that have not ended, when the test ends or is killed."""

    SCRIPT = """trap '' INT TERM HUP
        declare -A running
        while read -r what group; do
            if [ "$what" = begun ]; then running[$group]=1; else unset "running[$group]"; fi
        done
        for group in "${!running[@]}"; do kill -CONT -$group; kill -KILL -$group; done"""

    def __init__(self):
        self.process = subprocess.Popen(["bash", "-c", self.SCRIPT], stdin=subprocess.PIPE, text=True, start_new_session=True,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(self.end)

    def tell(self, what, process):
        """That a process which leads a group has begun, or has ended: its number may be another's soon."""
        self.process.stdin.write(f"{what} {process.pid}\n")
        self.process.stdin.flush()

    def end(self):
        if self.process.stdin.closed:
            return
        self.process.stdin.close()
        self.process.wait()


class Node:
    def __init__(self, cluster, number):
        self.cluster = cluster
        self.name = f"magscan{number}@localhost"
        self.port, self.dist_port, self.tls_port = free_port(), free_port(), free_port()
        self.folder = cluster.folder / f"node{number}"
        self.folder.mkdir(parents=True)
        self.process = None

    def configure(self):
        lines = [f"listeners.tcp.1 = 127.0.0.1:{self.port}", "loopback_users = none", "log.console = false",
                 "cluster_partition_handling = pause_minority", "disk_free_limit.absolute = 1MB",
                 "vm_memory_high_watermark.absolute = 512MB", *self.cluster.extra]
        if len(self.cluster.nodes) > 1:
            lines.append("cluster_formation.peer_discovery_backend = classic_config")
            lines += [f"cluster_formation.classic_config.nodes.{number} = {node.name}"
                      for number, node in enumerate(self.cluster.nodes, 1)]
        if self.cluster.tls:
            lines += [f"listeners.ssl.1 = 127.0.0.1:{self.tls_port}", "ssl_options.verify = verify_peer",
                      "ssl_options.fail_if_no_peer_cert = true",
                      *[f"ssl_options.{name} = {path}" for name, path in self.cluster.tls.items()]]
        (self.folder / "rabbitmq.conf").write_text("\n".join(lines) + "\n")

    def environment(self):
        return {**self.cluster.environment, "RABBITMQ_NODENAME": self.name, "RABBITMQ_NODE_PORT": str(self.port),
                "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_DIST_PORT": str(self.dist_port),
                "RABBITMQ_MNESIA_BASE": str(self.folder / "data"), "RABBITMQ_LOG_BASE": str(self.folder / "log"),
                "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
                "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.folder / "none.config"),
                "RABBITMQ_GENERATED_CONFIG_DIR": str(self.folder / "generated"),
                "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
                "RABBITMQ_PID_FILE": str(self.folder / "pid"), "RABBITMQ_CONF_ENV_FILE": "/dev/null",
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel net_ticktime 8 +S 2:2 +sbwt none",
                "RABBITMQ_CTL_DIST_PORT_MIN": str(free_port()), "RABBITMQ_CTL_DIST_PORT_MAX": "65535"}

    def start(self):
        self.configure()
        output = open(self.folder / "output", "ab")
        self.process = subprocess.Popen([str(SCRIPTS / "rabbitmq-server")], env=self.environment(), cwd=self.folder,
                                        stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
        output.close()
        self.cluster.watcher.tell("begun", self.process)

    def wait(self):
        end = time.monotonic() + START_SECONDS
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > end:
                log = (self.folder / "output").read_text(errors="replace")[-3000:]
                raise AssertionError(f"{self.name} did not start:\n{log}")
            time.sleep(0.1)

    def signal(self, number):
        os.killpg(self.process.pid, number)

    def kill(self):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
            self.process.wait()
        self.cluster.watcher.tell("ended", self.process)

    @property
    def url(self):
        return f"amqp://guest:guest@127.0.0.1:{self.port}/"

    def control(self, *arguments):
        """rabbitmqctl, which takes some seconds."""
        ended = subprocess.run([str(SCRIPTS / "rabbitmqctl"), "-n", self.name, "-q", *arguments], env=self.environment(),
                               capture_output=True, text=True, timeout=120)
        assert ended.returncode == 0, ended.stderr + ended.stdout
        return ended.stdout


class Cluster:
    """`count` nodes that know each other. `extra`: lines for their configuration."""

    def __init__(self, folder, count=1, extra=(), tls=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.extra, self.tls = list(extra), tls
        self.watcher = Watcher()
        epmd_port = free_port()
        self.environment = {**{key: value for key, value in os.environ.items() if not key.startswith("RABBITMQ_")},
                            "HOME": str(self.folder), "ERL_EPMD_PORT": str(epmd_port), "ERL_EPMD_ADDRESS": "127.0.0.1",
                            "LC_ALL": "C.UTF-8", "RABBITMQ_USE_LONGNAME": "false"}
        cookie = self.folder / ".erlang.cookie"
        cookie.write_text(os.urandom(10).hex())
        cookie.chmod(0o400)
        # In the foreground, so that it is ours to end.
        self.epmd = subprocess.Popen(["epmd", "-port", str(epmd_port)], env=self.environment, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.watcher.tell("begun", self.epmd)
        self.nodes = []
        self.nodes += [Node(self, number) for number in range(1, count + 1)]

    def start(self):
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait()
        return self

    def end(self):
        for node in self.nodes:
            node.kill()
        self.epmd.kill()
        self.epmd.wait()
        self.watcher.tell("ended", self.epmd)
        self.watcher.end()

    @property
    def urls(self):
        return [node.url for node in self.nodes]
