"""Holds every file of the project against the house rules. Prints `path:line: rule: message` for
what it finds, as a compiler does; exit code 1 when there is anything.

    check.py [ROOT]
"""

import pathlib
import sys

import rules

# What is built, what git keeps, and these rules, which must spell what they forbid.
LEFT_OUT = ("build/", ".git/", ".cache/", "tests/house/")


def project_files(root):
    """Path relative to the root → text, for every text file of the project."""
    files = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or name.startswith(LEFT_OUT) or "__pycache__" in name:
            continue
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not a text
    return files


def findings_in(files):
    for path, text in files.items():
        for rule in rules.FILE_RULES:
            for line, message in rule(path, text):
                yield f"{path}:{line}: {rule.__name__}: {message}"
    for room in rules.rooms_without_readme(files):
        yield f"{room}/README.md:1: rooms_without_readme: a room says what lives in it"
    for path, line, message in rules.bugs_at_odds(files):
        yield f"{path}:{line}: bugs_at_odds: {message}"
    for path, name, other in rules.types_named_twice(files):
        yield f"{path}:1: types_named_twice: {other} has a type {name} as well"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = project_files(root)
    if not any(path.endswith(".cpp") for path in files):
        sys.exit(f"no sources in {root}")
    found = list(findings_in(files))
    print("\n".join(found) or f"{len(files)} files keep the house rules")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
