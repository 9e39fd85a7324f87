"""`make bench`: every figure that the project has a goal for, as one table. No test depends on it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "book"), str(ROOT / "tests")]

import example  # noqa: E402
from conftest import FLAGS, serving  # noqa: E402
from engine import engine_rows, python_rows  # noqa: E402
from find_browser import find_browser  # noqa: E402
from pages import Zipped, page_rows  # noqa: E402

SITE = ROOT / "_build" / "html"
POINT = {name: getattr(example, name) for name in ("x", "y", "W1", "b1", "W2", "b2")}


def by_numpy():
    """Both passes of the chapter on plain numbers."""
    z1, a1, z2, yhat, loss = example.forward(**POINT)
    return example.backward(POINT["x"], POINT["y"], POINT["W2"], a1, yhat)


def build_rows():
    """`make book`, cold and after a change to one page, in a copy of the project that shares the environment."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", "_build", ".git", "__pycache__"))
        command = [str(ROOT / ".venv/bin/jupyter-book"), "build", "book", "--config", "_config.yml", "--toc",
                   str(copy / "_toc.yml"),
                   "--path-output", ".", "-W", "-n", "--keep-going"]
        yield "make book, cold, s", timed(command, copy), 60
        page = copy / "book" / "lessons.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
        yield "make book, one page changed, s", timed(command, copy), 10


def timed(command, folder):
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def lighthouse_rows():
    """Lighthouse's four scores of the page with most on it, where Node is there to run it."""
    if not shutil.which("npx"):
        return
    with serving(SITE, Zipped) as address:
        for name in ("index.html", "backward.html", "gradient-check.html"):
            found = subprocess.run(
                ["npx", "--yes", "lighthouse@12", f"{address}/{name}", "--quiet",
                 "--output=json",
                 "--chrome-flags=" + " ".join(["--headless=new", *FLAGS])],
                capture_output=True, text=True, env=os.environ | {"CHROME_PATH": find_browser() or ""})
            if found.returncode:
                print(f"Lighthouse did not run: {found.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                continue
            for key, category in json.loads(found.stdout)["categories"].items():
                yield f"{name}: Lighthouse {key}", 100 * category["score"], -100


def show(rows):
    """One line a figure: what, how much, the goal, and figure ÷ goal. A negative goal is one to reach."""
    for name, figure, goal in rows:
        missed = goal is not None and (figure < -goal if goal < 0 else figure > goal)
        ratio = f"{figure / abs(goal):8.2f}" if goal else " " * 8
        print(f"{name:72} {figure:10.4g} {'' if goal is None else abs(goal):>8} {ratio} {'  MISSED' if missed else ''}",
              flush=True)


def main():
    print(f"{'figure':72} {'':>10} {'goal':>8} {'ratio':>8}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        show(page_rows(browser, SITE))
        show(engine_rows(browser, example.WALKTHROUGH, POINT))
        browser.close()
    show(python_rows(example.WALKTHROUGH, by_numpy, POINT))
    show(build_rows())
    show(lighthouse_rows())


main()
