"""The Debian packages: cpack makes them, and they hold what they should.

usage: test_packages.py BUILD_FOLDER
"""
import gzip
import re
import shutil
import subprocess
import unittest

from support import BUILD, MODEL, PHOTO, ROOT, Scratch, run, version

PACKAGES = ("libmagscan0", "libmagscan-dev", "magscan")

# Each file is in this package and in no other.
FILES = {
    "libmagscan0": ["usr/lib/libmagscan.so.0", "usr/" + MODEL],
    "libmagscan-dev": ["usr/lib/libmagscan.so", "usr/lib/libmagscan.a", "usr/include/magscan/scanner.h",
                       "usr/include/magscan/magscan.h", "usr/include/magscan/version.h", "usr/lib/pkgconfig/magscan.pc",
                       "usr/lib/cmake/magscan/magscan-config.cmake", "usr/share/magscan/report.schema.json"],
    "magscan": ["usr/bin/magscan", "usr/lib/systemd/system/magscan.service", "usr/share/man/man1/magscan.1.gz",
                "usr/share/bash-completion/completions/magscan", "usr/share/zsh/vendor-completions/_magscan",
                "usr/share/fish/vendor_completions.d/magscan.fish", "usr/share/doc/magscan/service.md",
                "usr/share/doc/magscan/privacy.md", "usr/share/doc/magscan/accuracy.md",
                "usr/share/doc/magscan/examples/nginx.conf"],
}


def setup_list(name):
    """A list of ./setup."""
    text = (ROOT / "setup").read_text(encoding="utf-8")
    return set(re.search(rf"^{name}=\((.*?)\)", text, re.S | re.M)[1].split())


@unittest.skipUnless(shutil.which("dpkg-deb"), "dpkg-deb is not installed")
class Packages(Scratch):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The build folder keeps none of it; what was built is not built again.
        run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder)
        cls.debs = {}
        for deb in cls.folder.glob("*.deb"):
            cls.debs[deb.name.split("_")[0]] = deb
        cls.roots = {name: cls.folder / "roots" / name for name in cls.debs}
        (cls.folder / "roots").mkdir()
        for name, deb in cls.debs.items():
            run("dpkg-deb", "-x", deb, cls.roots[name])
        cls.together = cls.folder / "together"
        for deb in cls.debs.values():
            run("dpkg-deb", "-x", deb, cls.together)

    def field(self, package, name):
        return run("dpkg-deb", "-f", self.debs[package], name).strip()

    def test_there_are_three(self):
        self.assertEqual(set(self.debs), set(PACKAGES))

    def test_fields(self):
        architecture = run("dpkg", "--print-architecture").strip()
        for package in PACKAGES:
            self.assertEqual(self.field(package, "Version"), f"{version()}-1")
            self.assertEqual(self.field(package, "Architecture"), architecture)
            self.assertTrue(self.debs[package].name.endswith(f"_{version()}-1_{architecture}.deb"))
        same = f"libmagscan0 (= {version()}-1)"
        self.assertIn(same, self.field("libmagscan-dev", "Depends"))
        self.assertIn("libexpected-dev", self.field("libmagscan-dev", "Depends"))
        required = re.search(r"^Requires.private: (.*)$", (self.together / "usr/lib/pkgconfig/magscan.pc").read_text(
            encoding="utf-8"), re.M)[1].split()
        self.assertGreater(len(required), 5)
        for name in required:  # pkg-config finds nothing where one of them is missing
            folder = run("pkg-config", "--variable=pcfiledir", name).strip()
            owner = run("dpkg", "-S", f"{folder}/{name}.pc").split(":")[0]
            self.assertIn(owner, self.field("libmagscan-dev", "Depends"), name)
        self.assertIn(same, self.field("magscan", "Depends"))
        for package in ("libmagscan0", "magscan"):  # found by what they are linked with
            for library in ("libc6 ", "libtesseract5 ", "libopencv-core", "libheif1 "):
                self.assertIn(library, self.field(package, "Depends"))
        self.assertIn("tesseract-ocr-eng", self.field("libmagscan0", "Depends"))
        self.assertEqual(set(self.field("libmagscan0", "Recommends").split(", ")), setup_list("languages"))

    def test_files(self):
        for package, files in FILES.items():
            for file in files:
                holders = [name for name in PACKAGES if (self.roots[name] / file).exists()
                           or (self.roots[name] / file).is_symlink()]
                self.assertEqual(holders, [package], file)
        for unit in (ROOT / "docs").glob("*/*.service"):
            text = (self.together / "usr/lib/systemd/system" / unit.name).read_text(encoding="utf-8")
            self.assertRegex(text, r"(?m)^ExecStart=magscan ", unit.name)  # wherever it is installed
            for document in re.findall(r"file:///(\S+)", text):
                self.assertTrue((self.together / document).is_file(), document)
        for package in PACKAGES:
            documents = self.roots[package] / "usr/share/doc" / package
            self.assertIn("Apache-2.0", (documents / "copyright").read_text(encoding="utf-8"))
            self.assertIn("PaddlePaddle", (documents / "copyright").read_text(encoding="utf-8"))
            changes = gzip.decompress((documents / "changelog.Debian.gz").read_bytes()).decode()
            self.assertRegex(changes, rf"^magscan \({re.escape(version())}-1\) ")
            self.assertIn(f"## {version()}", gzip.decompress((documents / "changelog.gz").read_bytes()).decode())

    def test_works_from_where_it_is_unpacked(self):
        self.assert_reads(self.together / "usr" / "bin" / "magscan")

    def test_program_and_library_tell_no_folder_of_the_build(self):
        for path in self.together.rglob("*"):
            if path.is_file() and not path.is_symlink():
                self.assertFalse(str(ROOT).encode() in path.read_bytes(), f"{path} names {ROOT}")

    def test_completions_are_those_of_the_program(self):
        program = self.together / "usr" / "bin" / "magscan"
        for shell, file in zip(("bash", "zsh", "fish"), FILES["magscan"][3:6]):
            self.assertEqual((self.together / file).read_text(encoding="utf-8"), run(program, "completion", shell))

    def pages(self):
        return {path.name.removesuffix(".1.gz"): path
                for path in (self.together / "usr/share/man/man1").glob("*.1.gz")}

    def test_manual_has_a_page_for_each_command(self):
        text = run(self.together / "usr" / "bin" / "magscan", "--help")
        commands = re.findall(r"^  ([a-z][\w-]*)  ", text.split("Subcommands:")[1].split("\n\n")[0], re.M)
        self.assertGreater(len(commands), 8)
        self.assertEqual(set(self.pages()), {"magscan"} | {f"magscan-{command}" for command in commands})
        for command in commands:
            page = gzip.decompress(self.pages()[f"magscan-{command}"].read_bytes()).decode().replace("\\-", "-")
            help_text = run(self.together / "usr" / "bin" / "magscan", command, "--help")
            for option in re.findall(r"^  (?:-\w,)?(--[\w-]+)", help_text, re.M):
                self.assertIn(f"\\fB{option}\\fR", page)
            self.assertIn(".SH EXAMPLES" if "Examples:" in help_text else "", page)

    def test_manual_is_clean(self):
        for name, path in self.pages().items():
            page = self.folder / f"{name}.1"
            page.write_bytes(gzip.decompress(path.read_bytes()))
            if shutil.which("mandoc"):
                linted = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
                self.assertEqual(linted.stdout, "", name)
            if shutil.which("groff"):
                set_ = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", page], capture_output=True, text=True)
                self.assertEqual(set_.stderr, "", name)

    @unittest.skipUnless(shutil.which("lintian"), "lintian is not installed")
    def test_lintian_finds_nothing(self):
        # Debian's own archive alone asks for a bug number and for multiarch; CPack can't but call ldconfig itself, too.
        not_here = "initial-upload-closes-no-bugs,pkg-config-unavailable-for-cross-compilation,maintscript-calls-ldconfig"
        done = subprocess.run(["lintian", "--allow-root", "--no-cfg", "--fail-on", "error,warning", "--suppress-tags",
                               not_here, *self.debs.values()], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_without_the_detector_there_are_no_packages(self):
        if not (ROOT / "models").exists():
            self.skipTest("there are no models")
        empty = self.folder / "empty"
        (empty / "runtime").mkdir(parents=True)
        done = subprocess.run(["cmake", "-D", f"CPACK_TEMPORARY_DIRECTORY={empty}", "-P",
                               ROOT / "cmake" / "magscan_package_finish.cmake"], capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("Run ./setup", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
