"""A WebKit as Debian packages it, Safari's engine, driven over WebDriver on a screen that nobody sees."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

KEY = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver marks a reference to an element
SETTINGS = {"GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}  # containers have neither namespaces nor a graphics card


class WebKit:
    """One tab. `programs` are the paths of WebKitWebDriver, Xvfb and MiniBrowser; `folder` is the browser's home."""

    def __init__(self, programs, folder):
        driver, display, browser = programs
        port = free_port()
        self.display = subprocess.Popen([display, "-displayfd", "1", "-screen", "0", "1600x1200x24"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        number = self.display.stdout.readline().strip()
        self.driver = subprocess.Popen([driver, f"--port={port}", "--host=127.0.0.1"], stderr=subprocess.DEVNULL,
                                       env={**os.environ, **SETTINGS, "HOME": str(folder), "DISPLAY": f":{number}"})
        self.base = f"http://127.0.0.1:{port}/session"
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.base += "/" + once_it_listens(lambda: ask("POST", self.base, wanted))["sessionId"]

    def open(self, address, width=1280, height=800):
        """Loads a page into a window of this size: that of the page, without the browser's bars."""
        self.resize(width, height)
        ask("POST", f"{self.base}/url", {"url": address})

    def resize(self, width, height):
        bars = self.evaluate("() => [outerWidth - innerWidth, outerHeight - innerHeight]")
        ask("POST", f"{self.base}/window/rect", {"width": width + bars[0], "height": height + bars[1]})

    def evaluate(self, function, argument=None):
        """What a JavaScript function of one JSON argument returns, as JSON."""
        return ask("POST", f"{self.base}/execute/sync",
                   {"script": f"return ({function})(arguments[0])", "args": [argument]})

    def drag(self, selector, distance, pointer):
        """Drags the first such element sideways, by "mouse" or "touch"."""
        element = ask("POST", f"{self.base}/element", {"using": "css selector", "value": selector})
        self.evaluate("(selector) => document.querySelector(selector).scrollIntoView({block: 'center'})", selector)
        at = {"type": "pointerMove", "duration": 0, "origin": {KEY: element[KEY]}, "y": 0}
        steps = [at | {"x": 0}, {"type": "pointerDown", "button": 0}, at | {"x": distance // 2}, at | {"x": distance},
                 {"type": "pointerUp", "button": 0}]
        self.act({"type": "pointer", "id": pointer, "parameters": {"pointerType": pointer}, "actions": steps})

    def press(self, key):
        """Presses a key: a character, or one of WebDriver's codes for keys without one."""
        self.act({"type": "key", "id": "keys",
                  "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]})

    def act(self, source):
        ask("POST", f"{self.base}/actions", {"actions": [source]})

    def close(self):
        try:
            ask("DELETE", self.base)
        finally:
            for process in (self.driver, self.display):
                process.terminate()
                process.wait()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(method, address, content=None):
    """The value that the driver answers with."""
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{address}: {error.read().decode()}") from None


def once_it_listens(act):
    """What `act` returns as soon as the driver takes connections."""
    end = time.monotonic() + 30
    while True:
        try:
            return act()
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
