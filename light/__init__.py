"""A light page: one stylesheet with the rules in use, one script, only the icons in use, and a warning above the goal.

The theme is left as it is. Its templates are asked, through Sphinx's own template blocks, for the stylesheets and
scripts that they would load; the site is then looked through once, and what its pages can use of them is written to two
files:

    _static/book.css    styles.py, fonts.py
    _static/book.js     scripts.py

asked.py notes what each page would load. images.py writes the size of each image beside it: nothing moves when it
comes. weigh.py measures every page after each build: an upgrade that brings weight back fails it. foreign/ has all that
is known of the theme and of other extensions.
"""

from pathlib import Path

from docutils import nodes

from . import fonts, foreign, images, scripts, styles, weigh
from .asked import Asked, asked_by_all


def setup(app):
    app.add_config_value("light_alone", [], "html", list)  # scripts that are not on every page: files of their own
    app.add_config_value("light_bytes", 120_000, "", int)  # of a whole page, compressed: more is a warning
    app.add_config_value("light_requests", 15, "", int)
    app.connect("config-inited", add_templates)
    app.connect("html-page-context", add_to_page, priority=900)  # after the theme's own
    app.connect("build-finished", write_assets, priority=900)  # the theme writes its last styles then
    app.connect("build-finished", images.shrink_drawings)
    app.connect("build-finished", weigh.warn_about_heavy_pages, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_templates(app, config):
    config.templates_path.insert(0, str(foreign.TEMPLATES))


def add_to_page(app, page, template, context, doctree):
    """What layout.html uses: `light_styles`, `light_scripts`, `described`."""
    if app.builder.name not in weigh.PAGED:  # a book on one page, say, to be printed
        context.update(light_styles=str, light_scripts=str, described="")
        return
    asked, alone = Asked(app, page), foreign.ALONE.union(app.config.light_alone)
    static = context["pathto"]("_static", 1) + "/"
    if "body" in context:
        context["body"] = images.with_sizes(context["body"], app)
    context["light_styles"] = noting(asked, lambda html: styles.replace_links(html, static, asked.css))
    context["light_scripts"] = noting(
        asked, lambda html: scripts.replace_tags(html, static, app.outdir, asked.js, alone))
    context["described"] = described(context.get("metatags", ""), doctree)


def noting(asked, replace):
    """`replace`, after which what the page has asked for is noted."""
    def replace_and_note(html):
        replaced = replace(html)
        asked.note()
        return replaced
    return replace_and_note


def described(metatags, doctree):
    """The page's first sentences, for search engines; nothing where its author has described it."""
    if doctree is None or 'name="description"' in metatags:
        return ""
    first = next(iter(doctree.findall(nodes.paragraph)), None)
    return first.astext().replace("\n", " ")[:160] if first else ""


def write_assets(app, problem):
    if problem or app.builder.name not in weigh.PAGED:
        return
    static = Path(app.outdir, "_static")
    links, tags = asked_by_all(app)
    pages = [path.read_text(encoding="utf-8") for path in Path(app.outdir).rglob("*.html")]
    script = scripts.bundle(static, tags, pages)
    used = styles.Used.by(pages, [script, *scripts.shrink_alone(static, foreign.ALONE.union(app.config.light_alone))])
    sheet = styles.bundle(static, links, used)
    (static / "book.js").write_text(script, encoding="utf-8")
    (static / "book.css").write_text(fonts.embed(sheet, static), encoding="utf-8")
