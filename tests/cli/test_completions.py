"""What bash, zsh and fish complete of magscan's command line with the scripts that it prints.

usage: test_completions.py MAGSCAN
"""
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

MAGSCAN = os.path.abspath(sys.argv.pop())


def magscan(*arguments):
    return subprocess.run([MAGSCAN, *arguments], capture_output=True, text=True, check=True).stdout


def words_of_help(*command):
    """The commands and long options that --help shows."""
    text = magscan(*command, "--help")
    part = text.split("Subcommands:")[1].split("\n\n")[0] if "Subcommands:" in text else ""
    commands = re.findall(r"^  ([a-z][\w-]*)  ", part, re.M)
    return commands, set(re.findall(r"^  (?:-\w,)?(--[\w-]+)", text, re.M))


COMMANDS, OPTIONS = words_of_help()

# Takes the place of what only works while bash itself completes, and tells that it was called.
BASH = """
compopt() { echo "compopt $2"; }
source /dev/stdin <<< "$SCRIPT"
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_magscan
printf '%s\\n' "${COMPREPLY[@]}"
"""

# Prints each match in place of showing it, and ends the shell.
ZSH = """
PROMPT= ; setopt no_beep; stty -echo
autoload -Uz compinit; compinit -u -D
source "$SCRIPT_FILE"
compadd() {
    local -a hits
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
    builtin compadd -A hits "$@"
    for hit in $hits; do print -r -- "HIT:$hit"; done
    builtin compadd "$@"
}
bindkey '^I' complete-word
zle -C complete-word complete-word capture
capture() { _main_complete; print -r END; exit }
print -r READY
"""


def in_bash(line, folder):
    """The last word of the line is completed; "" where it ends in a space."""
    words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith((" ", "=")) else [])
    script = "COMP_WORDS=(" + " ".join(map(shlex.quote, words)) + ")\n" + BASH
    done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, cwd=folder,
                          env={**os.environ, "SCRIPT": magscan("completion", "bash")})
    assert not done.stderr, done.stderr
    return set(done.stdout.split("\n")) - {""}


def in_zsh(line, folder):
    script, start = folder / ".script", folder / ".start"
    script.write_text(magscan("completion", "zsh"), encoding="utf-8")
    start.write_text(ZSH, encoding="utf-8")
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ.update(SCRIPT_FILE=str(script), ZDOTDIR=str(folder), TERM="dumb")
        os.execvp("zsh", ["zsh", "-f", "-i"])
    os.write(terminal, b" source " + bytes(start) + b"\n")
    out, sent, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end and b"END" not in out:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            out += os.read(terminal, 65536)
        except OSError:
            break
        if b"\x1b[?2004h" in out.partition(b"READY")[2] and not sent:  # the line editor has begun
            os.write(terminal, line.encode() + b"\t")
            sent = True
    os.close(terminal)
    os.waitpid(pid, 0)
    assert b"END" in out, out.decode(errors="replace")
    return set(re.findall(r"HIT:([^\r\n]+)", out.decode()))


def in_fish(line, folder):
    script = f"{shlex.quote(MAGSCAN)} completion fish | source\ncomplete -C {shlex.quote(line)}"
    done = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, cwd=folder,
                          env={**os.environ, "HOME": str(folder)})
    assert done.returncode == 0 and not done.stderr, done.stderr
    return {hit.split("\t")[0] for hit in done.stdout.splitlines()}


class Shell:
    """The same for each shell; `complete` gives the words for the end of a line."""

    def setUp(self):
        if not shutil.which(self.name):
            self.skipTest(f"{self.name} is not installed")
        holder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        (self.folder / "bottle.jpg").touch()
        (self.folder / "photos").mkdir()

    def words(self, line):
        return {word.rstrip("=") for word in self.complete(line, self.folder)}

    def test_commands(self):
        self.assertGreater(len(COMMANDS), 8)
        self.assertEqual(self.words("magscan "), set(COMMANDS))
        self.assertEqual(self.words("magscan sc"), {"scan", "score"})
        self.assertNotIn("batch-worker", self.words("magscan batch"))

    def test_options_of_every_command(self):
        self.assertLessEqual({"--help", "--version"}, self.words("magscan --"))
        for command in COMMANDS:
            with self.subTest(command):
                _, options = words_of_help(command)
                self.assertLessEqual({"--help"}, options)
                self.assertEqual(self.words(f"magscan {command} --"), options)
        self.assertEqual(self.words("magscan scan --ann"), {"--annotate"})

    def test_values_to_choose_from(self):
        progress = {"auto", "none", "bar", "json"}
        self.assertEqual(self.words("magscan batch --progress "), progress)
        self.assertEqual(self.words("magscan batch photos --progress=b"),
                         {"--progress=bar"} if self.name == "fish" else {"bar"})
        self.assertEqual(self.words("magscan completion "), {"bash", "zsh", "fish"})

    def test_files_and_folders(self):
        self.assert_files("magscan scan ", {"bottle.jpg", "photos"})
        self.assert_files("magscan scan --json ", {"bottle.jpg", "photos"})
        self.assert_files("magscan scan bottle.jpg --annotate ", {"bottle.jpg", "photos"})
        self.assert_files("magscan batch --out ", {"photos"})
        self.assert_files("magscan scan --threads ", set())  # a number
        self.assert_files("magscan explain ", set())

    def assert_files(self, line, names):
        # -F and _files name folders with and without a slash
        self.assertEqual({word.rstrip("/") for word in self.words(line)}, names, line)


class Bash(Shell, unittest.TestCase):
    name, complete = "bash", staticmethod(in_bash)

    def assert_files(self, line, names):
        # bash itself does that after the function: it has to be told which kind.
        kinds = {frozenset(): set(), frozenset({"photos"}): {"compopt dirnames"}}
        self.assertEqual(self.words(line), kinds.get(frozenset(names), {"compopt default"}), line)

    def test_is_bound_to_the_command(self):
        bound = subprocess.run(["bash", "--norc", "-c", f"source <({shlex.quote(MAGSCAN)} completion bash); "
                                "complete -p magscan"], capture_output=True, text=True)
        self.assertEqual(bound.stdout, "complete -F _magscan magscan\n", bound.stderr)


class Zsh(Shell, unittest.TestCase):
    name, complete = "zsh", staticmethod(in_zsh)


class Fish(Shell, unittest.TestCase):
    name, complete = "fish", staticmethod(in_fish)


if __name__ == "__main__":
    unittest.main(verbosity=2)
