"""Finds a Chromium and a Firefox for the tests; installs them where there are none."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find_browser():
    """The path of a Chromium, or None where only Playwright's own will do."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def find_firefox():
    """The path of a Firefox, or None."""
    return next(filter(None, map(shutil.which, ["firefox-esr", "firefox"])), None)


def install_browser():
    """Debian's package where this user may install one, else Playwright's download."""
    if not install_package("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def install_package(name):
    """Whether Debian's package could be installed."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return shutil.which("apt-get") and _runs(sudo + ["apt-get", "install", "-y", name], after=sudo + ["apt-get", "update"])


def _runs(command, after):
    """True where both commands, `after` first, could be run and succeeded."""
    try:
        return all(subprocess.run(step).returncode == 0 for step in (after, command))
    except FileNotFoundError:  # no sudo
        return False


if __name__ == "__main__":
    if not find_browser():
        install_browser()
    if not find_firefox():
        install_package("firefox-esr")  # where it cannot be had, its tests say so and are skipped
