"""Plants a breach of each rule and sees it found: a check that cannot fail is worth nothing."""

import unittest

import check
import rules

HEADER = "// What it is for.\n#pragma once\n"


class EveryRule(unittest.TestCase):
    """One row a case: the rule, a file, a text that breaks the rule, and one that keeps it."""

    CASES = [
        (rules.banned_tokens, "core/sync/a.cpp", "std::regex r;", "re2::RE2 r;"),
        (rules.banned_tokens, "tests/core/a_test.cpp", "#include <regex>", "#include <ratio>"),
        (rules.banned_tokens, "tests/core/a_test.cpp",
         "std::this_thread::sleep_for(1s);", "latch.wait();"),
        (rules.banned_tokens, "server/api/a.cpp",
         "std::chrono::system_clock::now();", "std::chrono::steady_clock::now();"),
        (rules.banned_tokens, "client/engine/a.cpp", "std::random_device d;", "Random random(7);"),
        (rules.sleeping_tests, "tests/e2e/test_a.py", "time.sleep(1)", "event.wait(1)"),
        (rules.library_homes, "core/base/json.hpp",
         "#include <nlohmann/json.hpp>", '#include "core/base/result.hpp"'),
        (rules.library_homes, "server/net/connection.hpp",
         "#include <websocketpp/server.hpp>", "#include <boost/asio/post.hpp>"),
        (rules.library_homes, "server/ops/logging.hpp",
         "#include <spdlog/spdlog.h>", "#include <string>"),
        (rules.include_direction, "core/base/a.cpp",
         '#include "core/schema/registry.hpp"', '#include "core/base/json.hpp"'),
        (rules.include_direction, "core/sync/a.cpp",
         '#include "os/wall_clock.hpp"', '#include "core/protocol/codec.hpp"'),
        (rules.include_direction, "server/app/app.cpp",
         '#include "client/ws/ws_client.hpp"', '#include "server/net/listener.hpp"'),
        (rules.include_direction, "client/cli/a.cpp",
         '#include "server/api/api.hpp"', '#include "client/engine/account.hpp"'),
        (rules.include_direction, "server/net/a.cpp",
         '#include "server/api/api.hpp"', '#include "core/base/result.hpp"'),
        (rules.include_direction, "server/net/a.cpp",
         '#include "listener.hpp"', '#include "server/net/listener.hpp"'),
        (rules.include_direction, "server/unheard/a.cpp", "", None),
        (rules.unfinished, "docs/A.md", "TODO: say it", "It is said."),
        (rules.unfinished, "server/net/a.cpp", "// FIXME", "// A reason."),
        (rules.line_width, "server/net/a.cpp", "x" * 101, "x" * 100),
        (rules.line_width, "server/net/a.cpp", "ä" * 101, "ä" * 100),
        (rules.prose_width, "docs/A.md", "a " * 61, "a " * 60),
        (rules.prose_width, "docs/A.md", "```\n```\n" + "a " * 61, "```\n" + "a " * 61 + "\n```\n"),
        (rules.prose_width, "docs/A.md", "a " * 61, "| " + "a " * 61 + "|"),
        (rules.file_length, "server/net/a.cpp", "x\n" * 501, "x\n" * 500),
        (rules.header_contract, "os/a.hpp", "#pragma once\n", HEADER),
        (rules.header_contract, "os/a.hpp", "// What it is for.\n", HEADER),
        (rules.header_contract, "os/a.hpp", HEADER + "using namespace std;\n", HEADER),
        (rules.machine_paths, "README.md", "cd /home/ada/studiosync", "cd studiosync"),
        (rules.machine_paths, "dev", 'out="/tmp/report"', 'out="$root/tmp/report"'),
    ]

    def test_finds_two_types_of_one_name(self):
        one = "namespace studiosync {\nstruct Frame {\n};\n}\n"
        declared = "namespace studiosync {\nstruct Frame;\n}\n"
        other = "namespace studiosync::server {\nstruct Frame {\n};\n}\n"
        self.assertTrue(rules.types_named_twice({"core/a.hpp": one, "core/b.hpp": one}))
        self.assertFalse(rules.types_named_twice({"core/a.hpp": one, "core/b.hpp": declared}))
        self.assertFalse(rules.types_named_twice({"core/a.hpp": one, "server/b.hpp": other}))

    def test_finds_bugs_that_source_and_catalog_do_not_share(self):
        plant, entry = "  if (SS_ZOO(a_bug)) return;\n", '    {"a_bug", "…"},\n'
        told = "| bug | what is wrong |\n|---|---|\n| a_bug | … |\n"
        listed = {rules.CATALOG: entry, rules.OUTCOME: told}
        self.assertEqual(rules.bugs_at_odds({"core/sync/a.cpp": plant} | listed), [])
        self.assertTrue(rules.bugs_at_odds({"core/sync/a.cpp": plant, rules.CATALOG: ""}))
        self.assertTrue(rules.bugs_at_odds({"core/sync/a.cpp": ""} | listed))
        self.assertTrue(rules.bugs_at_odds({"core/sync/a.hpp": plant} | listed))
        self.assertTrue(rules.bugs_at_odds({"core/sync/a.cpp": plant, rules.CATALOG: entry}))

    def test_finds_what_is_planted(self):
        for rule, path, bad, _ in self.CASES:
            with self.subTest(rule=rule.__name__, path=path, text=bad[:40]):
                self.assertTrue(rule(path, bad))

    def test_leaves_the_rest_alone(self):
        for rule, path, _, good in self.CASES:
            if good is not None:
                with self.subTest(rule=rule.__name__, path=path, text=good[:40]):
                    self.assertEqual(rule(path, good), [])

    def test_stands_in_a_case(self):
        self.assertEqual({case[0] for case in self.CASES}, set(rules.FILE_RULES))

    def test_names_the_line(self):
        self.assertEqual([line for line, _ in rules.unfinished("a.md", "one\nTODO\n")], [2])


class ExceptedFiles(unittest.TestCase):
    def test_are_the_one_place_of_a_token(self):
        self.assertEqual(rules.banned_tokens("os/wall_clock.cpp", "system_clock::now()"), [])
        self.assertTrue(rules.banned_tokens("os/wall_clock.cpp", "std::random_device d;"))

    def test_are_the_home_of_a_library(self):
        include = "#include <nlohmann/json.hpp>"
        self.assertEqual(rules.library_homes("core/base/json_parse_careful.cpp", include), [])


class Rooms(unittest.TestCase):
    def test_need_a_readme(self):
        files = ["core/base/json.cpp", "core/base/README.md", "os/entropy.cpp", "server/main.cpp"]
        self.assertEqual(rules.rooms_without_readme(files), ["os"])


class TheWholeCheck(unittest.TestCase):
    def test_names_file_line_and_rule(self):
        found = list(check.findings_in({"os/a.cpp": "\n#include <regex>\n", "os/README.md": ""}))
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("os/a.cpp:2: banned_tokens: "))


if __name__ == "__main__":
    unittest.main()
