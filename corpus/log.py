"""Has the log beside a store lost what was written into it?

SQLite reads its write-ahead log up to the first part whose sum is wrong, and takes the rest for leavings of
an older log. Where ends of transactions of today's log follow, they were written and are lost: damage.
"""

import struct
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_HEAD: Final = 32  # bytes: magic, version, page size, checkpoint, two salts, two sums
_FRAME: Final = 24  # bytes before each page: its number, where it ends a transaction, two salts, two sums
_ORDER: Final = {0x377F0682: "<u4", 0x377F0683: ">u4"}  # by its magic, the order of bytes that is summed
_BITS: Final = 0xFFFFFFFF
_LOOKS: Final = 20


def is_log_damaged(store: Path) -> bool:
    """Whether the log holds transactions behind a part that does not add up.

    One to which a run is writing may look so for a moment; one that is damaged looks the same again.
    """
    path = Path(f"{store}-wal")
    log = _bytes(path)
    for _ in range(_LOOKS):
        if not _is_damaged(log):
            return False
        before, log = log, _bytes(path)
        if log == before:
            return True
    return False


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _is_damaged(log: bytes) -> bool:
    if len(log) <= _HEAD or not any(log[:_HEAD]):  # nothing was written yet
        return False
    magic, _, page_size = struct.unpack(">3I", log[:12])
    head, said = log[: _HEAD - 8], struct.unpack(">2I", log[_HEAD - 8 : _HEAD])
    if magic not in _ORDER or _sums(head, (0, 0), _ORDER[magic]) != said:
        return True
    step = _FRAME + page_size
    broken = _first_broken(log, step, said)
    # An end that is itself broken may be a write that was cut off.
    return any(_ends_transaction(log, at) for at in range(broken + step, len(log) - step + 1, step))


def _ends_transaction(log: bytes, at: int) -> bool:
    """Whether the frame is of today's log, and the last one of a transaction."""
    return log[at + 8 : at + 16] == log[16:24] and any(log[at + 4 : at + 8])


def _first_broken(log: bytes, step: int, sums: tuple[int, ...]) -> int:
    """Where the first part stands whose sums are wrong, or what is no part of today's log."""
    order = _ORDER[struct.unpack(">I", log[:4])[0]]
    at = _HEAD
    while len(frame := log[at : at + step]) == step and frame[8:16] == log[16:24]:
        sums = _sums(frame[:8] + frame[_FRAME:], sums, order)
        if sums != struct.unpack(">2I", frame[16:_FRAME]):
            break
        at += step
    return at


def _sums(part: bytes, before: tuple[int, ...], order: str) -> tuple[int, int]:
    """SQLite's two running sums: each word is added to the sum of the last two, as Fibonacci did."""
    words = np.frombuffer(part, dtype=order).astype(np.uint32)
    words[:2] += np.array([sum(before) & _BITS, before[1]], dtype=np.uint32)
    weights = _fibonacci(len(words))
    return int(np.dot(words[:-1], weights[1:])), int(np.dot(words, weights))


@cache
def _fibonacci(count: int) -> NDArray[np.uint32]:
    """So many of Fibonacci's numbers, the last one first, as far as 32 bits hold them."""
    numbers = [1, 1]
    while len(numbers) < count:
        numbers.append((numbers[-1] + numbers[-2]) & _BITS)
    return np.array(numbers[count - 1 :: -1], dtype=np.uint32)
