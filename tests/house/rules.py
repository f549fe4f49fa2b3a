"""The house rules that a machine can hold. Each rule is a function of one file: (path, text) →
findings, a finding being (line, message). Pure, so that each can be shown to fail."""

import re

import rooms

LINE_CHARACTERS_MAX = 100
PROSE_CHARACTERS_MAX = 120
FILE_LINES_MAX = 500

# Files of the build and the entry script are read by people in the same editors.
CODE = (".cpp", ".hpp", ".py", ".cmake", "CMakeLists.txt")
CPP = (".cpp", ".hpp")


def is_cpp(path):
    return path.endswith(CPP)


def is_code(path):
    return path.endswith(CODE) or path == "dev"


def numbered(text):
    return enumerate(text.splitlines(), 1)


def matches(pattern, text, message):
    found = re.compile(pattern)
    return [(number, message) for number, line in numbered(text) if found.search(line)]


# Token, why not, and where it has its one place.
BANNED = [
    (r"std::regex|<regex>", "std::regex recurses: a long text ends the process", ()),
    (r"\b(sleep_for|sleep_until|usleep|nanosleep)\b", "wait for an event, with a deadline", ()),
    (r"\bsystem_clock\b", "time is an argument", ("os/wall_clock.cpp",)),
    (r"\brandom_device\b|\bmt19937|\bstd::rand\b|<sys/random.h>", "randomness is an argument",
     ("os/entropy.cpp",)),
]

# Library → the files that know it. All others see a header of ours.
LIBRARY_HOMES = {
    r"nlohmann/": ("core/base/json_parse_careful.cpp",),
    r"simdjson\.h": ("core/base/json_parse_fast.cpp",),
    r"websocketpp/": ("server/net/ws_codec.cpp", "client/ws/ws_client_codec.cpp"),
    r"boost/beast": ("server/net/http_parse.cpp", "server/net/http_write.cpp"),
    r"spdlog/": ("server/ops/logging.cpp",),
    r"yaml-cpp/": ("server/config/yaml_source.cpp",),
    r"curl/": ("client/http/http_client.cpp",),
}


def banned_tokens(path, text):
    if not is_cpp(path):
        return []
    return [finding for pattern, reason, homes in BANNED if path not in homes
            for finding in matches(pattern, text, reason)]


def sleeping_tests(path, text):
    if not path.endswith(".py"):
        return []
    return matches(r"\btime\.sleep\b", text, "wait for an event, with a deadline")


def library_homes(path, text):
    if not is_cpp(path):
        return []
    return [finding for library, homes in LIBRARY_HOMES.items() if path not in homes
            for finding in matches(r'^\s*#\s*include\s*[<"]' + library, text,
                                   f"{library} is known to {', '.join(homes)} only")]


def include_direction(path, text):
    room = rooms.room_of(path)
    if not is_cpp(path) or room is None:
        return []
    findings = []
    if room not in rooms.MAY_INCLUDE and room != "cmake":
        findings.append((1, f"{room} has no line in tests/house/rooms.py"))
    for number, line in numbered(text):
        include = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
        if include is None:
            continue
        included = rooms.room_of(include.group(1))
        if included is None:
            findings.append((number, "an include names its room: \"room/file.hpp\""))
        elif not rooms.allows(room, included):
            findings.append((number, f"{room} must not include {included}"))
    return findings


def unfinished(path, text):
    return matches(r"\b(" + "TO" + r"DO|FIX" + r"ME|XX" + r"X)\b", text, "finish it, or file it")


def line_width(path, text):
    if not is_code(path):
        return []
    return [(number, f"{len(line)} characters; {LINE_CHARACTERS_MAX} fit")
            for number, line in numbered(text) if len(line) > LINE_CHARACTERS_MAX]


def prose_width(path, text):
    """Tables and code cannot be wrapped."""
    if not path.endswith(".md"):
        return []
    wrappable = re.sub(r"(?ms)^```.*?^```$", lambda code: "\n" * code[0].count("\n"), text)
    return [(number, f"{len(line)} characters; {PROSE_CHARACTERS_MAX} fit")
            for number, line in numbered(wrappable)
            if len(line) > PROSE_CHARACTERS_MAX and not line.lstrip().startswith(("|", "#"))
            and not line.startswith("    ")]


def file_length(path, text):
    lines = len(text.splitlines())
    if not is_code(path) or lines <= FILE_LINES_MAX:
        return []
    return [(lines, f"{lines} lines; {FILE_LINES_MAX} are the most")]


def header_contract(path, text):
    if not path.endswith(".hpp"):
        return []
    findings = []
    if not text.startswith("// "):
        findings.append((1, "a header begins with its purpose"))
    if "#pragma once" not in text:
        findings.append((1, "a header has #pragma once"))
    return findings + matches(r"^\s*using namespace\b", text, "no using-directive in a header")


def machine_paths(path, text):
    if path.startswith("fixtures/data/") or path == "core/schema/sample.cpp":
        return []  # what users keep in their connections
    homes = "|".join(["home", "Users", "root", "work", "tmp"])
    return matches(rf"(?<![\w./$}}])/({homes})/\w", text, "a path of one machine")


FILE_RULES = [banned_tokens, sleeping_tests, library_homes, include_direction, unfinished,
              line_width, prose_width, file_length, header_contract, machine_paths]


def rooms_without_readme(paths):
    """Rooms that hold code and no README.md. `paths` are all files of the project."""
    known = set(paths)
    code = {rooms.room_of(path) for path in known if is_cpp(path)}
    # `server` and `client` themselves hold a program's main file only; their rooms explain them.
    single = {room for room in code if room in rooms.DIVIDED}
    return sorted(room for room in code - single - {None, "cmake"}
                  if room + "/README.md" not in known)


TYPE = re.compile(r"^(?:template <[^>]*>\n)?(?:struct|class|enum class|union) (\w+)\b(?!::)[^;{]*\{", re.M)
NAMESPACE = re.compile(r"^namespace (studiosync[\w:]*) \{", re.M)


def types_named_twice(files):
    """(path, name, other path) for each type that two headers of one namespace define: the linker
    would silently take one of them for both (one definition rule)."""
    seen, twice = {}, []
    for path, text in sorted(files.items()):
        namespace = NAMESPACE.search(text)
        if not path.endswith(".hpp") or not namespace:
            continue
        for name in TYPE.findall(text):
            key = (namespace.group(1), name)
            if key in seen and seen[key] != path:
                twice.append((path, name, seen[key]))
            seen.setdefault(key, path)
    return twice


CATALOG = "e2e/zoo/catalog.cpp"
PLANTED = re.compile(r"\bSS_ZOO\((\w+)\)")
LISTED = re.compile(r'^    \{"(\w+)",', re.M)
OUTCOME = "e2e/zoo/OUTCOME.md"
JUDGED = re.compile(r"^\| (?!bug \|)(\w+) \|", re.M)


def bugs_at_odds(files):
    """(path, line, message) for each planted bug that is not in the catalog, each one in the catalog
    that is planted nowhere, each that is planted in a header, which products would share, and each
    whose outcome is not told."""
    listed, planted, findings = LISTED.findall(files.get(CATALOG, "")), set(), []
    for path, text in sorted(files.items()):
        if not is_cpp(path) or path.startswith(("tests/", "core/base/zoo.hpp")):
            continue
        for number, line in numbered(text):
            for name in PLANTED.findall(line):
                planted.add(name)
                if path.endswith(".hpp"):
                    findings.append((path, number, f"{name} is planted in a header"))
                if name not in listed:
                    findings.append((path, number, f"{name} is not in {CATALOG}"))
    findings += [(CATALOG, 1, f"{name} is planted nowhere")
                 for name in listed if name not in planted]
    told = JUDGED.findall(files.get(OUTCOME, ""))
    return findings + [(OUTCOME, 1, f"{name} is in one of catalog and outcome only")
                       for name in sorted(set(listed) ^ set(told))]
