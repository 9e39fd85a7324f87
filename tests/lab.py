"""A JupyterLab of its own for the tests, and a reader in it."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
OPTIONS = ["--no-browser", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", "--ServerApp.port_retries=0"]
NOT_OURS = ["node is not connected",  # jupyterlab-myst, each time a text is rendered again
            "shared singleton module @jupyterlab/", "shared module @jupyterlab/"]  # it is made for a newer JupyterLab than Binder's 4.4


@contextmanager
def running_lab(command, folder, environment=None):
    """Runs `command` with OPTIONS and a free port in `folder`; gives the address, and ends the server with all its kernels."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    with open(folder / "lab.log", "w") as log:
        server = subprocess.Popen(command([*OPTIONS, f"--port={port}"]), cwd=folder, stdout=log, stderr=log, start_new_session=True,
                                  env=os.environ | (environment or {}))
    try:
        wait_for(address, server, folder / "lab.log")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_for(address, server, log, seconds=90):
    for _ in range(seconds * 2):
        try:
            return urllib.request.urlopen(f"{address}/api/status")
        except (urllib.error.URLError, ConnectionError):
            if server.poll() is not None:
                break
            time.sleep(0.5)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


def copy_of_the_project(folder):
    """The project without what is built or installed: what a test writes is not ours."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".venv", ".git", "_build", "__pycache__", ".ipynb_checkpoints", "*.egg-info"))
    return folder


class Reader:
    """A page of JupyterLab with one notebook in front."""

    def __init__(self, page, address, path=None):
        self.page = page
        page.goto(f"{address}/lab/tree/{path}?reset" if path else f"{address}/", wait_until="load")
        self.settle()

    @property
    def complaints(self):
        return [text for text in self.page.complaints if not any(known in text for known in NOT_OURS)]

    def settle(self):
        """Waits for a notebook with a kernel that is ready."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell >> visible=true", timeout=60_000)
        self.page.wait_for_function("jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000)

    def run_all(self):
        """Runs all cells and waits for them, and for the numbers in the text."""
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(IS_WORKED_OUT, timeout=60_000)

    def errors(self):
        return [output for output in self.outputs() if output["output_type"] == "error"]

    def drag(self, name, pixels):
        """Drags a field sideways with the mouse; gives its number then."""
        field = self.page.locator(f'[data-input="{name}"]').first
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + pixels, y, steps=10)
        self.page.mouse.up()
        self.page.wait_for_timeout(500)  # ipywidgets sends the last number when the kernel has answered the one before
        return float(field.input_value())

    def outputs(self):
        return self.page.evaluate(OUTPUTS)

    def run(self, code):
        """Runs `code` in a new last cell, as typed; gives what it printed, or the last line of its error."""
        self.page.evaluate(APPEND, code)
        outputs = self.page.evaluate(LAST)
        return "".join(output.get("text", "") or output.get("evalue", "") for output in outputs).strip()


IS_WORKED_OUT = """() => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const cells = [...notebook.model.cells];
    const texts = cells.filter((cell) => cell.type === 'markdown').map((cell) => cell.sharedModel.source).join();
    const numbers = notebook.node.querySelectorAll('.jp-MarkdownCell :is([data-cell], [data-choose])').length;
    return cells.every((cell) => cell.type !== 'code' || cell.executionCount) && numbers >= texts.split(/\\.(?:say|choose|formula)\\(/).length - 1;
}"""
OUTPUTS = """() => [...jupyterapp.shell.currentWidget.content.model.cells].filter((cell) => cell.type === 'code')
    .flatMap((cell) => cell.outputs.toJSON())"""
APPEND = """async (code) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = notebook.widgets.length - 1;
    await jupyterapp.commands.execute('notebook:insert-cell-below');
    notebook.activeCell.model.sharedModel.setSource(code);
    await jupyterapp.commands.execute('notebook:run-cell');
}"""
LAST = "() => jupyterapp.shell.currentWidget.content.activeCell.model.outputs.toJSON()"
