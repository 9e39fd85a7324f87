"""The house's limits: no line over 120 columns, no function over 40 lines, no file over 500. Says what is over them.

ruff holds the lines of Python. A function is as long as its text, with the functions inside it.
"""

import ast
import sys

import typescript
from typescript import ROOT

LINE, FUNCTION, FILE = 120, 40, 500
PLACES = ["bench", "book", "byhand", "extensions", "lab", "light", "tests", "tools"]


def main():
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in code()}
    over = [*over_length(texts), *over_width(texts), *over_function(texts)]
    print("\n".join(over) or f"{len(texts)} files are within the limits.")
    sys.exit(bool(over))


def code():
    """The files that are held, by their place in the project."""
    files = (file for place in PLACES for kind in ("py", "js", "css") for file in (ROOT / place).rglob(f"*.{kind}"))
    return sorted(file.relative_to(ROOT).as_posix() for file in files)


def over_length(texts):
    for name, text in texts.items():
        if (count := text.count("\n")) > FILE:
            yield f"{name}: {count} lines, over {FILE}"


def over_width(texts):
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > LINE and not name.endswith(".py"):
                yield f"{name}:{number}: {len(line)} columns, over {LINE}"


def over_function(texts):
    for name, line, count in [*python_functions(texts), *javascript_functions(texts)]:
        if count > FUNCTION:
            yield f"{name}:{line}: a function of {count} lines, over {FUNCTION}"


def python_functions(texts):
    for name, text in texts.items():
        if name.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield name, node.lineno, node.end_lineno - node.lineno + 1


def javascript_functions(texts):
    scripts = [name for name in texts if name.endswith(".js")]
    _, lines = typescript.run("tools/functions.js", typescript.compiler().with_name("typescript.js"), *scripts)
    for line in lines.splitlines():
        place, _, count = line.partition(" ")
        name, _, number = place.rpartition(":")
        yield name, int(number), int(count)


if __name__ == "__main__":
    main()
