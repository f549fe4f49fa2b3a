"""Identities and stamps as clients make them."""
import hashlib
import itertools
import json
import os
import time
import uuid

NIL_UUID = "00000000-0000-0000-0000-000000000000"
EPOCH_ZERO = "0000000000000000"
BEGINNING = "e0-0-0"

_counter = itertools.count()


def unique_name(prefix):
    return f"{prefix}-{os.getpid()}-{next(_counter)}"


def new_replica():
    return str(uuid.uuid4())


def uuid7():
    """RFC 9562 section 5.7: milliseconds first, so that ids sort by age."""
    value = (_unix_ms() << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def hlc():
    """Section 1: 48 bits of Unix milliseconds, 16 bits of counter."""
    return f"{(_unix_ms() << 16) | (next(_counter) & 0xFFFF):016x}"


def now():
    milliseconds = _unix_ms()
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(milliseconds // 1000))
    return f"{text}.{milliseconds % 1000:03}Z"


def content_hash(data):
    """Section 2. Python's form is the canonical one for ASCII keys, texts and integers."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _unix_ms():
    return time.time_ns() // 1_000_000
