"""The fields of every entity type, read from docs/ENTITIES.md, which a test of the registry holds
in step with it."""
import os
import re
from collections import namedtuple

PAGE = os.path.join(os.path.dirname(__file__), "..", "..", "..", "docs", "ENTITIES.md")

# `bytes_max` is None where only the record's own limit holds.
Field = namedtuple("Field", "name required kind bytes_max sanitizer")


def _cells(row):
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _field(row):
    name, kind, limits, sanitizer, *_ = _cells(row)
    limit = re.search(r"(\d+) bytes", limits)
    return Field(name=re.match(r"`(\w+)`", name).group(1), required="**required**" in name,
                 kind=kind, bytes_max=int(limit.group(1)) if limit else None, sanitizer=sanitizer)


def read_entities():
    """{type: [fields]}."""
    entities = {}
    with open(PAGE, encoding="utf-8") as page:
        for line in page:
            if line.startswith("## "):
                fields = entities.setdefault(line[3:].strip(), [])
            elif line.startswith("| `"):
                fields.append(_field(line))
    return entities
