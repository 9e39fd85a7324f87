"""A Firefox as it comes, driven over WebDriver BiDi: no driver program, no patched browser."""

import itertools
import json
import re
import subprocess
import time

import websocket


class Firefox:
    """One tab. `complaints` are the console's errors and warnings, and uncaught errors."""

    def __init__(self, path, profile):
        settings = {"browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
                    "app.update.enabled": False, "network.captive-portal-service.enabled": False}
        (profile / "user.js").write_text("".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n"
                                                 for k, v in settings.items()), encoding="utf-8")
        self.process = subprocess.Popen([path, "--headless", "--no-remote", "--profile", profile,
                                         "--remote-debugging-port", "0"],
                                        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8")
        address = next(found[1] for line in self.process.stderr
                       if (found := re.search(r"listening on (ws://\S+)", line)))
        self.socket = websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self.numbers, self.complaints = itertools.count(1), []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method, **params):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] in ("error", "warn"):
                self.complaints.append(answer["params"]["text"])
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def open(self, address):
        self.complaints.clear()
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")
        # A page that notes its numbers in its address while it is left ends that wait too early.
        end = time.monotonic() + 30
        while not self.evaluate("(address) => location.href.startsWith(address) && document.readyState === 'complete'",
                                address):
            if time.monotonic() > end:
                raise TimeoutError(f"{address} did not load within 30 s")
            time.sleep(0.05)

    def evaluate(self, function, argument=None):
        """What a JavaScript function of one JSON argument returns, as JSON."""
        call = f"JSON.stringify(({function})({json.dumps(argument)}))"
        result = self.ask("script.evaluate", expression=call, target={"context": self.tab}, awaitPromise=True)
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"].get("value", "null"))

    def close(self):
        self.process.terminate()
        self.process.wait()
