"""cmake --install into a folder, which then works wherever it is moved to.

usage: test_install.py BUILD_FOLDER
"""
import unittest

from support import BUILD, MODEL, ROOT, Scratch, run, version


class Install(Scratch):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prefix = cls.folder / "first place"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix, "--strip")

    def test_works_where_it_is_and_where_it_is_moved_to(self):
        self.assert_reads(self.prefix / "bin" / "magscan")
        moved = self.prefix.rename(self.folder / "second place")
        try:
            self.assert_reads(moved / "bin" / "magscan")
        finally:
            moved.rename(self.prefix)

    def test_without_its_models_it_says_where_they_belong(self):
        model = self.prefix / MODEL
        aside = model.rename(self.folder / "aside")
        try:
            with self.assertRaisesRegex(AssertionError, "detector_missing"):
                self.assert_reads(self.prefix / "bin" / "magscan")
        finally:
            aside.rename(model)

    def test_names_no_folder_of_the_build(self):
        for path in self.prefix.rglob("*"):
            if path.is_file() and path.suffix != ".a":  # an archive keeps what a debugger asks for
                content = path.read_bytes()
                for folder in (ROOT, BUILD, self.prefix):
                    self.assertFalse(str(folder).encode() in content, f"{path} names {folder}")

    def test_has_one_version(self):
        self.assertEqual(run(self.prefix / "bin" / "magscan", "--version"), f"magscan {version()}\n")
        self.assertIn(f'"{version()}"', (self.prefix / "include/magscan/version.h").read_text(encoding="utf-8"))
        self.assertIn(f"Version: {version()}\n", (self.prefix / "lib/pkgconfig/magscan.pc").read_text(encoding="utf-8"))
        self.assertTrue((self.prefix / f"lib/libmagscan.so.{version()}").is_file())
        self.assertIn(f"## {version()}", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
