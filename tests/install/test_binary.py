"""What libmagscan's binary may hold: it does not print, exit or abort by itself, and shows nothing but its own names."""
import re
import unittest

import support
from support import run

# What would print, end the process, or change its state. (Writing into memory, as snprintf does, is fine, and so is
# std::terminate, which the compiler puts where an exception can't go on.)
FORBIDDEN = re.compile(
    r"""^(
        v?f?printf | v?dprintf | f?puts | f?putc | putchar | fwrite | write | perror | psignal
      | __(v?f?printf|fputs|fwrite)_chk | __v?dprintf_chk
      | std::(cout|cerr|clog|wcout|wcerr|wclog)(\W.*)? | std::ios_base::Init::.* | std::print.*
      | _?_?exit | _Exit | quick_exit | abort | __assert_fail | raise | kill | t?g?kill
      | signal | sigaction | sigprocmask | setlocale | std::locale::global.* | uselocale
      | setenv | putenv | unsetenv | clearenv | srand | umask | chdir | fork | v?fork | exec[vl]p?e? | system | popen
      | cv::setNumThreads.* | cv::redirectError.* | cv::utils::logging::setLogLevel.* | omp_set_num_threads
      | socket | connect | open(64)? | fopen(64)? | creat | unlink | remove | rename | mkdir
    )(@.*)?$""", re.VERBOSE)
# Set how many OpenMP threads the calling thread may use; test_host.py sees that it gets its own number back.
SET_THREADS = {("network.cpp.o", "omp_set_num_threads"), ("recognizer.cpp.o", "omp_set_num_threads")}
ROOMS = ("ocr", "parser", "calc", "scan")
# Reads the detector's file.
READS_FILES = {"network_file"}


class Binary(unittest.TestCase):
    def archives(self):
        return [support.BUILD / "libmagscan.a", *(support.BUILD / room / f"libmagscan_{room}.a" for room in ROOMS)]

    def test_nothing_prints_exits_or_changes_the_host(self):
        seen, wrong = 0, []
        for archive in self.archives():
            member = ""
            for line in run("nm", "--undefined-only", "--demangle", archive).splitlines():
                if line.endswith(".o:"):
                    member = line[:-1]
                    continue
                found = re.match(r"\s+[Uwv] (.*)", line)
                if not found:
                    continue
                seen += 1
                if FORBIDDEN.match(found.group(1)) and (member, found.group(1)) not in SET_THREADS:
                    wrong.append(f"{archive.name}({member}): {found.group(1)}")
        self.assertGreater(seen, 1000)
        self.assertEqual(wrong, [])

    def test_the_list_of_what_is_forbidden_finds_it(self):
        for name in ("printf", "__fprintf_chk@GLIBC_2.3.4", "std::cerr", "std::cout@GLIBCXX_3.4", "exit", "_exit", "abort",
                     "std::ios_base::Init::Init()", "setlocale", "cv::setNumThreads(int)", "fopen64", "sigaction"):
            self.assertTrue(FORBIDDEN.match(name), name)
        for name in ("snprintf", "__vsnprintf_chk", "std::terminate()", "memcpy", "omp_set_max_active_levels"):
            self.assertFalse(FORBIDDEN.match(name), name)

    def test_only_magscan_is_exported(self):
        names = run("nm", "--dynamic", "--defined-only", "--demangle", support.library()).splitlines()
        exported = [line.split(" ", 2)[2].split("@")[0] for line in names]
        version = f"MAGSCAN_{support.soname_version()}"
        foreign = [name for name in exported if not re.match(r"magscan(_\w+|::[^:]*)", name) and name != version]
        self.assertEqual(foreign, [])
        inside = [name for name in exported if re.match(r"magscan::(ocr|parser|calc|scan|api|data)::", name)
                  or name.startswith("magscan_data_")]
        self.assertEqual(inside, [])
        self.assertIn("magscan_scan", exported)
        self.assertTrue(any(name.startswith("magscan::Scanner::create(") for name in exported))
        self.assertTrue(all(f"@@{version}" in line or line.endswith(version) for line in names), names[:5])

    def test_every_public_function_is_exported(self):
        """What the C header declares is there."""
        header = (support.ROOT / "scan" / "include" / "magscan" / "magscan.h").read_text()
        declared = set(re.findall(r"MAGSCAN_API [^;(]*?(magscan_\w+)\(", header))
        self.assertGreater(len(declared), 15)
        exported = set(run("nm", "--dynamic", "--defined-only", "--format=just-symbols", "--without-symbol-versions",
                           support.library()).split())
        self.assertEqual(declared - exported, set())
        self.assertEqual({name for name in exported if name.startswith("magscan_")} - declared, set())

    def test_the_library_names_its_version_and_needs_no_text_relocations(self):
        dynamic = run("readelf", "-d", support.library())
        self.assertRegex(dynamic, r"SONAME.*\[libmagscan\.so\.\d+\]")
        self.assertNotIn("TEXTREL", dynamic)
        self.assertNotRegex(dynamic, "RPATH|RUNPATH")


if __name__ == "__main__":
    support.main()
