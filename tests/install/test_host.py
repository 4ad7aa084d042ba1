"""libmagscan inside a program that has settings of its own: it prints nothing, changes none of them, and its answers do
not depend on the locale."""
import os
import re
import shutil
import subprocess
import unittest

import support
from support import ROOT, SAMPLES, environment

PHOTOS = [SAMPLES / "screen_taurate_uk.png", SAMPLES / "box_citrate_de.jpg", SAMPLES / "pouch_citrate_gummies.webp",
          SAMPLES / "pouch_citrate_es.heic"]


class Host(unittest.TestCase):
    def host(self, *arguments, **more):
        return subprocess.run([support.BUILD / "tests" / "install" / "host", *arguments], capture_output=True, text=True,
                              check=False, env=environment(**{"MAGSCAN_MODELS": ROOT / "models", **more}))

    def test_nothing_is_printed_or_changed(self):
        for photos in (PHOTOS, [__file__, os.devnull]):
            done = self.host(*photos, LC_ALL="C")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_nor_without_the_text_detector(self):  # Leptonica has something to say of this photo then
        done = self.host(SAMPLES / "box_citrate_nl.jpg", MAGSCAN_MODELS="", LC_ALL="C")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_a_locale_with_decimal_commas_changes_no_answer(self):
        if not shutil.which("localedef") or not os.path.exists("/usr/share/i18n/locales/de_DE"):
            self.skipTest("no locale can be made: localedef or its sources are missing (apt-get install locales)")
        with support.temporary_folder() as folder:
            subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", f"{folder}/de_DE.UTF-8"], check=True,
                           capture_output=True)
            german = self.host("--json", *PHOTOS[:2], LC_ALL="de_DE.UTF-8", LOCPATH=folder)
        plain = self.host("--json", *PHOTOS[:2], LC_ALL="C")
        self.assertEqual((plain.returncode, german.returncode), (0, 0), plain.stderr + german.stderr)
        bare = [re.sub(r'"timings_ms":\{[^}]*\}', "", done.stdout) for done in (plain, german)]
        self.assertGreater(len(bare[0].splitlines()), 10)
        self.assertEqual(*bare)


if __name__ == "__main__":
    support.main()
