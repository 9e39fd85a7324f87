"""Launch buttons that point at the repository and branch a book is built from; none where that is not known.

A fork's book launches the fork. `make badge` puts the same address into README.md, which no build writes.
"""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
BINDER = "https://mybinder.org"
REMOTE = re.compile(r"(?:(?:https?|ssh|git)://)?(?:[^@/]+@)?(github\.com|gitlab\.com)[:/](?:/*)([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def setup(app):
    app.connect("config-inited", add_launch_buttons, priority=100)  # before the theme reads its options
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_launch_buttons(app, config):
    if found := repository():
        host, name, branch = found
        config.html_theme_options |= {
            "repository_url": f"https://{host}/{name}",
            "repository_branch": quote(branch, safe=""),
            "launch_buttons": {"notebook_interface": "jupyterlab", "binderhub_url": BINDER},
        }


def repository(environment=os.environ, folder=ROOT):
    """("github.com", "owner/name", "branch"): what a continuous-integration server says, else git's origin; None if
    neither knows."""
    if "GITHUB_REPOSITORY" in environment:
        server = environment.get("GITHUB_SERVER_URL", "https://github.com").partition("://")[2]
        branch = environment.get("GITHUB_HEAD_REF") or environment.get("GITHUB_REF_NAME") or "HEAD"
        return (server, environment["GITHUB_REPOSITORY"], branch) if server == "github.com" else None
    found = REMOTE.fullmatch(git(folder, "remote", "get-url", "origin"))
    return (*found.groups(), git(folder, "rev-parse", "--abbrev-ref", "HEAD")) if found else None


def git(folder, *command):
    """What git answers; nothing where there is no git, or it knows no answer."""
    try:
        return subprocess.run(["git", "-C", folder, *command], capture_output=True, encoding="utf-8",
                              check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def launch_address(host, name, branch, page="index"):
    """Where Binder opens a page as a notebook."""
    place = {"github.com": f"gh/{name}", "gitlab.com": f"gl/{quote(name, safe='')}"}[host]
    return f"{BINDER}/v2/{place}/{quote(branch, safe='')}?urlpath=lab/tree/book/{page}.md"


def with_badge(readme, address):
    """`readme` with the badge between its two marks; none without an address."""
    badge = f"[![Launch on Binder]({BINDER}/badge_logo.svg)]({address})" if address else ""
    return re.sub(r"(<!-- badge -->).*?(<!-- /badge -->)", rf"\1{badge}\2", readme)


if __name__ == "__main__":
    found = repository()
    readme = ROOT / "README.md"
    readme.write_text(with_badge(readme.read_text(encoding="utf-8"), found and launch_address(*found)),
                      encoding="utf-8")
    print(f"README.md: the badge launches {' '.join(found)}"
          if found else "README.md: no badge, git knows no origin on GitHub or GitLab")
