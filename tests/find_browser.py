"""Finds a Chromium, a Firefox and a WebKit for the tests; installs them where there are none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"  # Chromium that draws no window: half the time of `chromium --headless`
NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find_browser():
    """The path of a Chromium, or None where only Playwright's own will do."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def find_firefox():
    """The path of a Firefox, or None."""
    return next(filter(None, map(shutil.which, ["firefox-esr", "firefox"])), None)


def find_webkit():
    """The paths of WebKitWebDriver, Xvfb and MiniBrowser, or None where one of them is not there."""
    browsers = sorted(Path("/usr").glob("lib*/*/webkit2gtk-4.*/MiniBrowser"))
    paths = [*map(shutil.which, ["WebKitWebDriver", "Xvfb"]), browsers[-1] if browsers else None]
    return [str(path) for path in paths] if all(paths) else None


def install_browser():
    """Debian's package where this user may install one, else any Chromium that is there, else Playwright's download."""
    if not install_packages(SHELL) and not find_browser() and not install_packages("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def install_packages(*names):
    """Whether Debian's packages could be installed."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return _runs([*sudo, "apt-get", "install", "-y", *names], after=[*sudo, "apt-get", "update"])


def _runs(command, after):
    """True where both commands, `after` first, could be run and succeeded."""
    try:
        return all(subprocess.run(step).returncode == 0 for step in (after, command))
    except FileNotFoundError:  # no sudo
        return False


if __name__ == "__main__":
    if not shutil.which(SHELL):
        install_browser()
    if not find_firefox():
        install_packages("firefox-esr")  # where it cannot be had, its tests say so and are skipped
    if not find_webkit():
        install_packages("--no-install-recommends", "webkit2gtk-driver", "xvfb")  # likewise
