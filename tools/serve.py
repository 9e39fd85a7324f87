"""Serves a folder on localhost until Ctrl-C: python tools/serve.py _build/html 8000."""

import functools
import os
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    allow_reuse_address = os.name == "posix"  # Windows would let two servers share a port


def serve(folder, port):
    server = open_port(port, functools.partial(SimpleHTTPRequestHandler, directory=folder))
    print(f"http://localhost:{server.server_port}  (Ctrl-C ends it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


def open_port(port, handler):
    """A server on that port of localhost; where there can be none, a sentence that says why."""
    try:
        return Server(("localhost", int(port)), handler)
    except ValueError:
        reason = "it is no whole number"
    except OverflowError:
        reason = "a port is a number from 0 to 65535"
    except OSError as problem:
        reason = problem.strerror
    sys.exit(f'Port "{port}" cannot be served on: {reason}. Name another: make serve PORT=8001')


if __name__ == "__main__":
    serve(*sys.argv[1:])
