"""Finds a Chromium for the tests; installs one where there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find_browser():
    """The path of a Chromium, or None where only Playwright's own will do."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def install_browser():
    """Debian's package where this user may install one, else Playwright's download."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not (shutil.which("apt-get") and _runs(sudo + ["apt-get", "install", "-y", "chromium"], after=sudo + ["apt-get", "update"])):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _runs(command, after):
    """True where both commands, `after` first, could be run and succeeded."""
    try:
        return all(subprocess.run(step).returncode == 0 for step in (after, command))
    except FileNotFoundError:  # no sudo
        return False


if __name__ == "__main__":
    if not find_browser():
        install_browser()
