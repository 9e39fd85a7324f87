"""What each page costs a reader: bytes, requests, first paint, and the script time of one change."""

import functools
import gzip
import http.server
import statistics
import threading
from pathlib import Path

from longhand import bundle

SLOWER = 4  # times the processor is slowed down, as on a phone

PAINT = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries()[0].startTime))
    .observe({type: 'paint', buffered: true}))"""
SHIFT = """() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300); })"""
CHANGES = """async () => {
    const field = document.querySelector('[data-input$="1[0, 0]"]:not([type])');
    const times = [];
    for (let i = 0; i < 60; i++) {
        field.value = String(i / 50);
        const start = performance.now();
        field.dispatchEvent(new Event('input', {bubbles: true}));
        times.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
    }
    return times.slice(10);
}"""


SWEEP = """() => {
    const sheets = [...document.querySelectorAll('.longhand-sheet')].map((script) => createState(JSON.parse(script.textContent)));
    const worst = [...document.querySelectorAll('[data-chart]')].find((svg) => svg.dataset.chart.includes('worst_central'));
    const state = sheets.find((each) => each.position('worst_central') !== undefined);
    const write = chartWriter(worst, state);
    const times = Array.from({ length: 30 }, (_, i) => {
        state.set({ W2: [0.5 + i / 100, 0.6] });
        const start = performance.now();
        write();
        return performance.now() - start;
    });
    return [JSON.parse(worst.dataset.chart).points, times.slice(5).sort((a, b) => a - b)[12]];
}"""


class Zipped(http.server.SimpleHTTPRequestHandler):
    """Serves files gzipped, as every host of static pages does, and counts what it sends."""

    sent = []

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        body = gzip.compress(path.read_bytes(), 6)
        Zipped.sent.append(len(body))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """The counts say enough."""


def page_rows(browser, site):
    handler = functools.partial(Zipped, directory=site)
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        live = [page.name for page in sorted(site.glob("*.html")) if "longhand-sheet" in page.read_text(encoding="utf-8")]
        for name in live:
            yield from one_page(browser, f"http://localhost:{server.server_port}/{name}", name)
        yield from sweep_rows(browser, f"http://localhost:{server.server_port}/gradient-check.html")
        server.shutdown()


def sweep_rows(browser, address):
    """The V-curve of the worst of nine parameters: each of its points takes all nine, central and forward, and single precision too."""
    page = browser.new_page()
    page.goto(address, wait_until="load")
    page.add_script_tag(content=bundle.page_script().replace("startPage(document);", "Object.assign(window, { chartWriter, createState });"))
    points, middle = page.evaluate(SWEEP)
    yield f"sweep of {points} ε × 9 parameters × 2 quotients, worked out and drawn, ms", middle, 16
    page.close()


def one_page(browser, address, name):
    Zipped.sent.clear()
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    yield f"{name}: KB gzipped", sum(Zipped.sent) / 1000, 120
    yield f"{name}: requests", len(Zipped.sent), 15
    yield f"{name}: first paint, ms ({SLOWER} times slower)", page.evaluate(PAINT), 600
    yield f"{name}: layout shift on load", page.evaluate(SHIFT), 0
    yield f"{name}: script of one change, median ms ({SLOWER} times slower)", statistics.median(page.evaluate(CHANGES)), 4
    page.close()
