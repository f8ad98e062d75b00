"""The reading process: a file on standard input, its parse or the reasons against it as JSON on standard output.

Started by `isolated.read_isolated`, never by people. It limits itself before it looks at a single byte.
"""

import json
import resource
import sys

from bihuan.documents.read import as_json, read
from bihuan.documents.read.transport import phrase_json
from bihuan.errors import BadInput

MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 10
OPEN_FILES = 32
LIMITS = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_NOFILE, OPEN_FILES),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NPROC, 0),
)


def confine() -> None:
    """Give up memory, time, files and new processes for good."""
    for kind, limit in LIMITS:
        hard = resource.getrlimit(kind)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, allowed))


def main() -> int:
    """Read one file and print the outcome; the only argument is the file's name."""
    confine()
    try:
        outcome: dict[str, object] = {"parsed": as_json(read(sys.stdin.buffer.read(), filename=sys.argv[1]))}
    except BadInput as refused:
        outcome = {"refused": [phrase_json(reason) for reason in refused.reasons]}
    sys.stdout.write(json.dumps(outcome))
    return 0


if __name__ == "__main__":
    sys.exit(main())
