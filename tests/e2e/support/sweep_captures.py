"""Everything in which a secret could be found afterwards, as bytes."""
import os
import sqlite3

from support.leak_search import Capture
from support.wire_texts import Wire


class Captures(list):
    def keep(self, place, name, data):
        self.append(Capture(place, name, bytes(data)))

    def keep_folder(self, place, folder, name):
        """All files, those of SQLite's write-ahead log included."""
        for path, _, files in os.walk(folder):
            for file_name in files:
                with open(os.path.join(path, file_name), "rb") as file:
                    self.keep(place, f"{name}/{file_name}", file.read())

    def keep_rows(self, place, folder, name):
        """Content as SQLite reads it: in its pages a long one lies in pieces."""
        self.keep(place, f"{name} (rows)", rows_of_folder(folder))

    def keep_wires(self, place, name, directions):
        """One direction of several connections, as it was sent and as it was meant."""
        self.keep(place, f"{name} (TCP)", b"".join(bytes(data) for data in directions))
        wires = [Wire(data) for data in directions]
        self.keep(place, name, b"\n".join(text for wire in wires for text in wire.texts))
        return wires


def rows_of_folder(folder):
    """Every text and blob of every database in it."""
    return b"\n".join(cell for name in sorted(os.listdir(folder)) if name.endswith(".db")
                      for cell in _cells_of(os.path.join(folder, name)))


def _cells_of(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.text_factory = bytes
    try:
        tables = [name.decode() for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' "
            "AND sql NOT LIKE 'CREATE VIRTUAL%'")]
        for name in tables:
            for row in database.execute(f'SELECT * FROM "{name}"'):
                yield from (cell for cell in row if isinstance(cell, bytes))
    finally:
        database.close()
