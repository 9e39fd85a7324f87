"""A JupyterLab of its own for the tests, and a reader in it."""

import json
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

from playwright.sync_api import TimeoutError

ROOT = Path(__file__).parent.parent
OPTIONS = ["--no-browser", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True",
           "--ServerApp.port_retries=0"]
NOT_OURS = ["node is not connected",  # jupyterlab-myst, each time a text is rendered again
            "Host is not attached",  # the same, where that text has been scrolled out of JupyterLab's window meanwhile
            "widget model not found",  # a number in a sentence that is there before its widget: it is drawn again
            "shared singleton module @jupyterlab/",
            "shared module @jupyterlab/"]  # it is made for a newer JupyterLab than Binder's 4.4


@contextmanager
def running_lab(command, folder, environment=None):
    """Runs `command` with OPTIONS and a free port in `folder`; gives the address; ends the server and its kernels."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    with (folder / "lab.log").open("w", encoding="utf-8") as log:
        own = [f"--port={port}", f"--LabApp.workspaces_dir={folder / 'workspaces'}"]  # not what a reader has left open
        server = subprocess.Popen(command([*OPTIONS, *own]), cwd=folder, stdout=log, stderr=log, start_new_session=True,
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
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


def copy_of_the_project(folder):
    """The project without what is built or installed: what a test writes is not ours."""
    shutil.copytree(ROOT, folder,
                    ignore=shutil.ignore_patterns(".venv", ".git", "_build", "__pycache__", ".ipynb_checkpoints",
                                                  "*.egg-info"))
    return folder


class Reader:
    """A page of JupyterLab with one notebook in front."""

    def __init__(self, page, address, path=None):
        self.page = page
        page.goto(f"{address}/lab/tree/{path}?reset" if path else f"{address}/", wait_until="load")
        self.settle()

    @property
    def complaints(self):
        """What the console says against us, and each widget in whose place the page says that there is none."""
        missing = self.page.locator(".jp-Notebook").get_by_text("Error displaying widget").all_text_contents()
        return [text for text in self.page.complaints if not any(known in text for known in NOT_OURS)] + missing

    def settle(self):
        """Waits for a notebook with a kernel that is ready."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell >> visible=true", timeout=60_000)
        self.page.wait_for_function(IS_IDLE, timeout=60_000)

    def run_all(self):
        """Runs all cells and waits for them, and for the numbers in the text.

        anywidget gives each widget two seconds to be there, and says "Failed to initialize model" afterwards; on a busy
        machine that is not always enough, so the tests that come here may run again.
        """
        self.page.evaluate(RUN_ALL)
        try:
            self.page.wait_for_function(IS_WORKED_OUT, timeout=30_000)
        except TimeoutError:
            state = json.dumps(self.page.evaluate(STATE))
            raise AssertionError(f"JupyterLab stood still at {self.page.url}: {state}") from None
        assert self.errors() == []
        assert self.complaints == [], self.complaints

    def save(self):
        self.page.evaluate(SAVE)

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


IS_IDLE = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
IS_WORKED_OUT = """() => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const cells = [...notebook.model.cells];
    const texts = cells.filter((cell) => cell.type === 'markdown').map((cell) => cell.sharedModel.source).join();
    const numbers = notebook.node.querySelectorAll('.jp-MarkdownCell :is([data-cell], [data-choose])').length;
    const isRun = cells.every((cell) => cell.type !== 'code' || cell.executionCount);
    return isRun && numbers >= texts.split(/\\.(?:say|choose|formula)\\(/).length - 1;
}"""
WITHIN_A_MINUTE = """((promise) => Promise.race([promise.then(() => {}),
    new Promise((_, tooLate) =>
        setTimeout(tooLate, 60_000, new Error('JupyterLab did not answer within a minute')))]))"""
# The promise may stay open though all cells have run: the page tells.
RUN_ALL = """() => Promise.race([jupyterapp.commands.execute('notebook:run-all-cells').then(() => {}),
    new Promise((goOn) => setTimeout(goOn, 45_000))])"""
SAVE = f"() => {WITHIN_A_MINUTE}(jupyterapp.commands.execute('docmanager:save'))"
STATE = """() => {
    const { content, sessionContext } = jupyterapp.shell.currentWidget;
    const code = [...content.widgets].filter((cell) => cell.model.type === 'code');
    const numbers = content.node.querySelectorAll('.jp-MarkdownCell :is([data-cell], [data-choose])').length;
    const cells = code.map((cell) => cell.promptNode.textContent);
    return { kernel: sessionContext.kernelDisplayStatus, numbers, cells };
}"""
OUTPUTS = """() => [...jupyterapp.shell.currentWidget.content.model.cells].filter((cell) => cell.type === 'code')
    .flatMap((cell) => cell.outputs.toJSON())"""
APPEND = f"""async (code) => {{
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = notebook.widgets.length - 1;
    await jupyterapp.commands.execute('notebook:insert-cell-below');
    notebook.activeCell.model.sharedModel.setSource(code);
    await {WITHIN_A_MINUTE}(jupyterapp.commands.execute('notebook:run-cell'));
}}"""
LAST = "() => jupyterapp.shell.currentWidget.content.activeCell.model.outputs.toJSON()"
