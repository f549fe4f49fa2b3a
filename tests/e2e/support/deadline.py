"""Waiting for events, never for time to pass."""
import select
import time


class Deadline:
    """A point in time that several waits share, so that they cannot add up."""

    def __init__(self, seconds):
        self._end = time.monotonic() + seconds

    def remaining(self, what):
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"no {what} in time")
        return left

    def wait_readable(self, source, what):
        while not select.select([source], [], [], self.remaining(what))[0]:
            pass
