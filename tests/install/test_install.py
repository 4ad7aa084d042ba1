"""Installs libmagscan into a folder and uses it from there: C++ by CMake (shared and static), C by pkg-config, Node,
Python and Go, each from eight threads at once; the examples of the headers and of docs/embedding.md; the sources as a
part of another project."""
import os
import pathlib
import re
import shutil
import unittest

import support
from support import CMAKE, HERE, PHOTO, ROOT, SAMPLES, environment, run, untimed

CXX = os.environ.get("CXX", "c++")
CC = os.environ.get("CC", "cc")


def blocks(language):
    """The examples in one language of docs/embedding.md, as they stand there."""
    text = (ROOT / "docs" / "embedding.md").read_text()
    found = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found, language
    return found


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = support.temporary_folder()
        cls.root = pathlib.Path(cls.folder.name)
        cls.prefix = cls.root / "usr"
        for component in ("runtime", "dev"):
            run(CMAKE, "--install", support.BUILD, "--prefix", cls.prefix, "--component", component)
        cls.lib = next(cls.prefix.rglob("libmagscan.so.0")).parent
        cls.expected = untimed(run(support.BUILD / "magscan", "scan", "--json", PHOTO))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def environment(self, **more):
        return environment(LD_LIBRARY_PATH=self.lib, PKG_CONFIG_PATH=self.lib / "pkgconfig",
                           CMAKE_PREFIX_PATH=self.prefix, **more)

    def check_program(self, program):
        """It prints what the command line prints."""
        self.assertEqual(untimed(run(program, PHOTO, env=self.environment())), self.expected)

    def build_cpp(self, name, source, *settings):
        build = self.root / name
        run(CMAKE, "-G", "Ninja", "-S", source, "-B", build, "-DCMAKE_BUILD_TYPE=Release", *settings,
            env=self.environment())
        run(CMAKE, "--build", build, env=self.environment())
        return build / "consumer"

    def needed(self, program):
        return run("readelf", "-d", program)

    def test_what_is_installed(self):
        files = {str(path.relative_to(self.prefix)) for path in self.prefix.rglob("*") if not path.is_dir()}
        lib = str(self.lib.relative_to(self.prefix))
        for name in (f"{lib}/libmagscan.so", f"{lib}/libmagscan.so.0", f"{lib}/libmagscan.a",
                     f"{lib}/pkgconfig/magscan.pc", f"{lib}/cmake/magscan/magscan-config.cmake",
                     "include/magscan/scanner.h", "include/magscan/magscan.h", "include/magscan/version.h",
                     "share/magscan/models/ch_PP-OCRv4_det.net", "share/magscan/report.schema.json"):
            self.assertIn(name, files)
        headers = {pathlib.Path(name).name for name in files if name.startswith("include/")}
        tree = {path.name for path in (ROOT / "scan" / "include" / "magscan").glob("*.h")}
        self.assertEqual(headers, tree | {"version.h"})
        for path in self.prefix.rglob("*"):
            if path.suffix in (".h", ".cmake", ".pc"):
                text = path.read_text()
                self.assertNotIn(str(ROOT), text, path)
                self.assertIsNone(re.search(r"opencv2/|tesseract/|nlohmann", text) if path.suffix == ".h" else None, path)

    def test_cpp_shared(self):
        program = self.build_cpp("shared", HERE / "cpp", "-DCOMPONENT=shared", "-DVERSION=0.1")
        self.assertIn("libmagscan.so.0", self.needed(program))
        self.check_program(program)

    def test_cpp_static(self):
        program = self.build_cpp("static", HERE / "cpp", "-DCOMPONENT=static")
        self.assertNotIn("libmagscan", self.needed(program))
        models = self.prefix / "share" / "magscan" / "models"
        self.assertEqual(untimed(run(program, PHOTO, env=self.environment(MAGSCAN_MODELS=models))), self.expected)

    def test_wrong_version_or_component(self):
        for settings, message in ((["-DCOMPONENT=shared", "-DVERSION=9"], "version"),
                                  (["-DCOMPONENT=quantum"], "quantum")):
            with self.assertRaises(AssertionError) as raised:
                self.build_cpp("wrong", HERE / "cpp", *settings)
            self.assertIn(message, str(raised.exception))

    def test_c(self):
        flags = run("pkg-config", "--cflags", "--libs", "magscan", env=self.environment()).split()
        program = self.root / "c_consumer"
        run(CC, "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", HERE / "c" / "main.c", "-o", program, *flags,
            "-lpthread")
        self.check_program(program)
        self.assertEqual(run("pkg-config", "--modversion", "magscan", env=self.environment()).strip(),
                         re.search(r"project\(magscan VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text()).group(1))

    def test_each_header_stands_alone(self):
        for header in sorted((self.prefix / "include" / "magscan").glob("*.h")):
            for command in ([CXX, "-std=c++20"], [CC, "-std=c99", "-pedantic"]):
                if command[0] == CC and header.name not in ("magscan.h", "export.h", "version.h"):
                    continue
                source = self.root / ("header.c" if command[0] == CC else "header.cpp")
                source.write_text(f"#include <magscan/{header.name}>\nint not_empty;\n")
                run(*command, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", self.prefix / "include", source)

    def test_moved(self):
        """The whole folder may be copied elsewhere: models, pkg-config and all."""
        moved = self.root / "moved"
        shutil.copytree(self.prefix, moved, symlinks=True)
        lib = moved / self.lib.relative_to(self.prefix)
        flags = run("pkg-config", "--cflags", "--libs", "magscan", env=environment(PKG_CONFIG_PATH=lib / "pkgconfig"))
        self.assertIn(f"-I{moved}", os.path.normpath(flags.split()[0]))
        program = self.root / "moved_consumer"
        run(CC, HERE / "c" / "main.c", "-o", program, *flags.split(), "-lpthread")
        line = run(program, PHOTO, env=environment(LD_LIBRARY_PATH=lib))
        self.assertEqual(untimed(line), self.expected)

    def test_as_a_subdirectory(self):
        """The same target and the same include; the object is compiled, the library is the one of this build."""
        build = self.root / "subdirectory"
        run(CMAKE, "-G", "Ninja", "-S", HERE / "subdirectory", "-B", build, f"-DMAGSCAN_SOURCE={ROOT}")
        targets = run("ninja", "-C", build, "-t", "targets", "all")
        self.assertNotIn("unit_tests", targets)
        self.assertNotIn("tools/", targets)
        consumer = next(line.split(":")[0] for line in targets.splitlines() if line.endswith("main.cpp.o: "
                        "CXX_COMPILER__consumer_unscanned") or ("main.cpp.o:" in line and "consumer.dir" in line))
        run("ninja", "-C", build, consumer)
        program = self.root / "subdirectory_consumer"
        run(CXX, build / consumer, "-o", program, "-L", self.lib, "-lmagscan", "-lpthread")
        self.check_program(program)

    def test_python(self):
        library = self.lib / "libmagscan.so.0"
        run("/usr/bin/python3", "-B", "test_magscan.py", cwd=ROOT / "samples" / "python",
            env=self.environment(MAGSCAN_LIBRARY=library))

    def test_node(self):
        source = ROOT / "samples" / "node"
        if not (source / "node_modules" / "node-addon-api").is_dir():
            self.fail("samples/node/node_modules is missing: run ./setup")
        copy = self.root / "node"
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("build", "node_modules"))
        (copy / "node_modules").symlink_to(source / "node_modules")
        run(CMAKE, "-G", "Ninja", "-S", copy, "-B", copy / "build", env=self.environment())
        run(CMAKE, "--build", copy / "build", env=self.environment())
        run("node", "--test", "test/", cwd=copy, env=self.environment(MAGSCAN_SAMPLES=SAMPLES))
        self.check_node_example(copy)
        run("node", "node_modules/typescript/bin/tsc", "-p", ".", cwd=copy)

    def check_node_example(self, package):
        work = self.root / "node_example"
        (work / "node_modules").mkdir(parents=True)
        (work / "node_modules" / "magscan").symlink_to(package)
        shutil.copy(PHOTO, work / "bottle.jpg")
        (work / "example.mjs").write_text(blocks("js")[0])
        self.assertIn("value: 120", run("node", "example.mjs", cwd=work, env=self.environment()))

    @unittest.skipUnless(shutil.which("go"), "go is not installed (apt-get install golang-go)")
    def test_go(self):
        copy = self.root / "go"
        shutil.copytree(ROOT / "samples" / "go", copy)
        more = {"MAGSCAN_SAMPLES": SAMPLES, "GOFLAGS": "-mod=mod", "GOPROXY": "off",
                "GOCACHE": os.environ.get("GOCACHE", self.root / "gocache")}
        (copy / "docs_test.go").write_text(
            'package magscan_test\n\nimport (\n\t"context"\n\t"fmt"\n\t"log"\n\t"magscan"\n\t"time"\n)\n\n'
            "func example(photo []byte) {\n" + blocks("go")[0] + "}\n\nvar _ = example\n")
        run("go", "vet", cwd=copy, env=self.environment(**more))
        run("go", "test", cwd=copy, env=self.environment(**more))


class Examples(unittest.TestCase):
    """The programs of the header and of docs/embedding.md, as they stand there."""

    @classmethod
    def setUpClass(cls):
        Install.setUpClass()
        cls.root = Install.root
        cls.work = cls.root / "work"
        cls.work.mkdir()
        shutil.copy(PHOTO, cls.work / "bottle.jpg")  # told apart by its content

    @classmethod
    def tearDownClass(cls):
        Install.tearDownClass()

    environment = Install.environment
    lib = property(lambda self: Install.lib)
    prefix = property(lambda self: Install.prefix)

    def compile(self, compiler, name, text):
        source = self.work / name
        source.write_text(text)
        flags = run("pkg-config", "--cflags", "--libs", "magscan", env=self.environment()).split()
        run(*compiler, "-Wall", "-Wextra", "-Werror", source, "-o", self.work / "program", *flags)
        return run(self.work / "program", cwd=self.work, env=self.environment())

    def test_header(self):
        text = (ROOT / "scan" / "include" / "magscan" / "scanner.h").read_text()
        example = re.search(r"^(//     #include <magscan/scanner.h>.*?)^//\n// Threads", text, re.MULTILINE | re.DOTALL)
        code = re.sub(r"^//( {5})?", "", example.group(1), flags=re.MULTILINE)
        self.assertLessEqual(len([line for line in code.splitlines() if line.strip()]), 16)
        self.assertIn("120 mg per serving\n{", self.compile([CXX, "-std=c++20"], "example.cpp", code))

    def test_cpp(self):
        for code in blocks("cpp"):
            self.assertIn("120 mg", self.compile([CXX, "-std=c++20"], "example.cpp", code))

    def test_c(self):
        for code in blocks("c"):
            self.assertIn('"value":120', self.compile([CC, "-std=c99", "-pedantic"], "example.c", code))

    def test_python(self):
        for code in blocks("python"):
            out = run("/usr/bin/python3", "-B", "-c", code, cwd=self.work,
                      env=self.environment(MAGSCAN_LIBRARY=self.lib / "libmagscan.so.0",
                                           PYTHONPATH=ROOT / "samples" / "python"))
            self.assertIn("120", out)


if __name__ == "__main__":
    support.main()
