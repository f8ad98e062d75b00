"""Reads files from outside the house in a process of their own, which can be killed and knows nothing."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO

from bihuan.documents.model import Parsed
from bihuan.documents.read.kinds import known_suffix
from bihuan.documents.read.transport import from_json, phrase_from_json
from bihuan.errors import BadInput
from bihuan.words import N_, phrase

ANSWER_AT_MOST = 64_000_000
"""Bytes of JSON that the reading process may send home."""

READERS_AT_MOST = 2
"""Files that one server process has read at once: each may take a gigabyte of memory and a whole core."""
WAIT_SECONDS = 10

_readers = threading.BoundedSemaphore(READERS_AT_MOST)
_COMMAND = (sys.executable, "-I", "-B", "-X", "utf8", "-m", "bihuan.documents.read")
_CHUNK = 1 << 16
_TOO_LONG = N_("reading the file took longer than %(seconds)s seconds and was stopped")
_TOO_MUCH = N_("the file says too much to be taken in")
_BUSY = N_("many files are being read just now; try again in a moment")
_FAILED = N_("the file is damaged or needs too much memory or time to be read")


def read_isolated(data: bytes, *, filename: str, timeout_seconds: float = 15) -> Parsed:
    """Read a file like `read`, in a separate process without environment and with hard limits.

    Raises BadInput for everything that goes wrong: refusals of the reader itself, a crash, an answer that is
    too long, no answer within `timeout_seconds` of the wall clock, or too many files that are read already.
    """
    # Of the name only a known suffix matters; a name from outside never becomes an argument.
    command = [*_COMMAND, f"upload{known_suffix(filename)}"]
    if not _readers.acquire(timeout=WAIT_SECONDS):
        raise BadInput(phrase(_BUSY))
    try:
        return _read(command, data, timeout_seconds)
    finally:
        _readers.release()


def _read(command: list[str], data: bytes, timeout_seconds: float) -> Parsed:
    with tempfile.TemporaryFile() as handed_in, tempfile.TemporaryDirectory() as empty_folder:
        handed_in.write(data)
        handed_in.seek(0)
        process = subprocess.Popen(
            command,
            stdin=handed_in,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty_folder,
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        with process:
            try:
                answer = _answer(process, time.monotonic() + timeout_seconds, timeout_seconds)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        raise BadInput(phrase(_FAILED))
    return _parsed(answer)


def _answer(process: subprocess.Popen[bytes], deadline: float, seconds: float) -> bytes:
    """Collect what the process prints until it ends; raises BadInput at the deadline or past the size limit."""
    pipe = process.stdout
    if pipe is None:
        raise BadInput(phrase(_FAILED))
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if selector.select(left):
                piece = _piece(pipe)
                if not piece:
                    return _ended(process, deadline, bytes(answer))
                answer += piece
            if len(answer) > ANSWER_AT_MOST:
                raise BadInput(phrase(_TOO_MUCH))
    raise BadInput(phrase(_TOO_LONG, seconds=f"{seconds:g}"))


def _piece(pipe: IO[bytes]) -> bytes:
    return os.read(pipe.fileno(), _CHUNK)


def _ended(process: subprocess.Popen[bytes], deadline: float, answer: bytes) -> bytes:
    """Wait for the end of a process that has closed its pipe: it may still linger."""
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as late:
        raise BadInput(phrase(_FAILED)) from late
    return answer


def _parsed(answer: bytes) -> Parsed:
    try:
        outcome = json.loads(answer)
        if "refused" not in outcome:
            return from_json(outcome["parsed"])
        reasons = [phrase_from_json(reason) for reason in outcome["refused"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(phrase(_FAILED)) from error
    raise BadInput(*reasons)
