"""What each page costs a reader: bytes, requests, first paint, and the script time of a step of a drag."""

import gzip
import http.server
import statistics
from pathlib import Path

from byhand import bundle
from conftest import serving
from drags import SLOWER, drag_rows

PAINT = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries()[0].startTime))
    .observe({type: 'paint', buffered: true}))"""
SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; }).observe(
        {type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300); })"""
LOADS = 5  # of which the middle one counts


SWEEP = """() => {
    const sheets = [...document.querySelectorAll('.byhand-sheet')].map((script) => createState(readSheet(script)));
    const charts = [...document.querySelectorAll('[data-chart]')];
    const worst = charts.find((svg) => svg.dataset.chart.includes('worst_central'));
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


DRAWN = """() => {
    const states = [...document.querySelectorAll('.byhand-sheet')].map((script) => createState(readSheet(script)));
    const state = states.find((each) => each.has('slope_across'));
    const middle = (write) => {
        const times = Array.from({ length: 30 }, (_, i) => {
            state.set({ b1: [i / 50, 0] });
            const start = performance.now();
            write();
            return performance.now() - start;
        });
        return times.slice(5).sort((a, b) => a - b)[12];
    };
    const [surface, course] = ['landscape', 'course'].map((kind) => document.querySelector(`[data-${kind}]`));
    course.dataset.course = JSON.stringify({ ...JSON.parse(course.dataset.course), steps: 10000 });
    return [middle(landscapeWriter(surface, state)), middle(courseWriter(course, state))];
}"""


class Zipped(http.server.SimpleHTTPRequestHandler):
    """Serves files gzipped, as every host of static pages does, and counts what it sends."""

    sent = []

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
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
    with serving(site, Zipped) as address:
        live = [page.name for page in sorted(site.glob("*.html")) if "byhand-sheet" in page.read_text(encoding="utf-8")]
        for name in live:
            yield from one_page(browser, f"{address}/{name}", name)
        yield from drag_rows(browser, address, live)
        yield from sweep_rows(browser, f"{address}/gradient-check.html")
        yield from downhill_rows(browser, f"{address}/downhill.html")


def sweep_rows(browser, address):
    """The V-curve of the worst of nine parameters: each point takes all nine, both quotients, and single precision."""
    page = browser.new_page()
    page.goto(address, wait_until="load")
    shown = "Object.assign(window, { chartWriter, createState, readSheet });"
    page.add_script_tag(content=bundle.page_script().replace("startPage(document);", shown))
    points, middle = page.evaluate(SWEEP)
    yield f"sweep of {points} ε × 9 parameters × 2 quotients, worked out and drawn, ms", middle, 16
    page.close()


def downhill_rows(browser, address):
    """The landscape, and three rules for 10,000 steps, as they are worked out and drawn at each change."""
    page = browser.new_page()
    page.goto(address, wait_until="load")
    names = "{ courseWriter, createState, landscapeWriter, readSheet }"
    script = bundle.page_script().replace("startPage(document);", f"Object.assign(window, {names});")
    page.add_script_tag(content=script)
    surface, course = page.evaluate(DRAWN)
    yield "landscape of 200 × 200, worked out and drawn, ms", surface, 16
    yield "three rules, 10,000 steps each, worked out and drawn, ms", course, 16
    page.close()


def one_page(browser, address, name):
    loads = [one_load(browser, address) for _ in range(LOADS)]
    weight, requests, paint, shift = (statistics.median(figures) for figures in zip(*loads))
    yield f"{name}: KB gzipped", weight, 120
    yield f"{name}: requests", requests, 15
    yield f"{name}: first paint, ms ({SLOWER} times slower)", paint, 600
    yield f"{name}: layout shift on load", shift, 0


def one_load(browser, address):
    """KB, requests, first paint and layout shift of a first visit on a phone."""
    Zipped.sent.clear()
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    weight, requests = sum(Zipped.sent) / 1000, len(Zipped.sent)
    paint, shift = page.evaluate(PAINT), page.evaluate(SHIFT)
    page.close()
    return weight, requests, paint, shift
