"""The corpus of fixtures/sanitizer is what its templates make; a span is what was planted."""

import collections
import json
import pathlib
import random
import re
import sys
import unittest

FIXTURES = pathlib.Path(__file__).resolve().parents[4] / "fixtures" / "sanitizer"
sys.path.insert(0, str(FIXTURES))

import make_corpus
from generator import provider_keys, provider_samples, slots, template

BYTES_MAX = 2_500_000


def lines(side):
    with open(FIXTURES / f"{side}.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def cut(line, span):
    return line["text"].encode()[span[0]:span[1]].decode()


class TheFiles(unittest.TestCase):
    def test_are_made_again_byte_for_byte(self):
        for name, text in make_corpus.made_files().items():
            self.assertEqual((FIXTURES / name).read_bytes(), text.encode(), name)

    def test_stay_small(self):
        sizes = [(FIXTURES / f"{side}.jsonl").stat().st_size for side in make_corpus.SIDES]
        self.assertLess(sum(sizes), BYTES_MAX)

    def test_have_no_text_and_no_id_twice(self):
        both = lines("positives") + lines("negatives")
        for member in ("id", "text"):
            found = collections.Counter(line[member] for line in both)
            self.assertEqual([value for value, count in found.items() if count > 1], [])


class TheSpans(unittest.TestCase):
    def test_lie_apart_and_in_order(self):
        for line in lines("positives"):
            places = sorted(line["spans"] + line.get("may", []))
            for before, after in zip(places, places[1:]):
                self.assertLessEqual(before[1], after[0], line["id"])
            self.assertEqual(line["spans"], sorted(line["spans"]), line["id"])

    def test_are_what_was_planted(self):
        made = list(make_corpus.samples_of_side("positives"))
        for line, sample in zip(lines("positives"), made, strict=True):
            found = "".join(cut(line, span) for span in line["spans"])
            # The parts of a secret of several lines are planted without what stands between them.
            planted = "".join(secret if "\n" not in secret
                              else "".join(re.findall("[A-Za-z0-9+/=]+", secret))
                              for secret in sample.planted)
            self.assertEqual(found, planted, line["id"])

    def test_stand_in_every_positive_and_in_no_negative(self):
        self.assertEqual([line["id"] for line in lines("positives") if not line["spans"]], [])
        self.assertEqual([line["id"] for line in lines("negatives") if line["spans"]], [])


class ThePositives(unittest.TestCase):
    def test_hold_every_provider_format(self):
        found = [line for line in lines("positives") if line["class"] == "provider"]
        self.assertGreaterEqual(len(provider_keys.FORMATS), 80)
        self.assertEqual(len(found),
                         len(provider_keys.FORMATS) * provider_samples.SAMPLES_A_FORMAT)

    def test_use_every_kind_of_secret(self):
        used = set()
        for text in make_corpus.template_files("positives").values():
            used |= {re.split(r"[|@?!]", slot)[0] for slot in re.findall(r"«([^»]+)»", text)}
        made = {name for name in slots.SECRETS if not name.startswith("k.")}
        self.assertEqual(made - used, set())


class AGitHubToken(unittest.TestCase):
    def test_has_a_checksum_in_base_62(self):
        # The CRC-32 of the empty text is 0, that of "a" is 0xe8b7be43.
        self.assertEqual(provider_keys.checksum(""), "000000")
        self.assertEqual(provider_keys.checksum("a"), "4GEHKN")

    def test_is_not_made_without_its_checksum(self):
        token = next(line for line in lines("positives") if "ghp_" in line["text"])
        found = re.search(r"ghp_(\w{30})(\w{6})", token["text"])
        self.assertIsNotNone(found)
        self.assertEqual(found[2], provider_keys.checksum(found[1]))


class ATemplate(unittest.TestCase):
    SLOTS = {"pw": (lambda rng: "s'é", template.SECRET), "id": (lambda rng: "t", template.FIXED)}

    def lay_out(self, text):
        nodes = template.parse(text)
        return template.lay_out(template.expand(nodes, random.Random(1), self.SLOTS, slots.FILTERS))

    def test_plants_in_bytes_of_utf8(self):
        self.assertEqual(self.lay_out("ä '«pw»'"), ("ä 's'é'", [[4, 8]], []))

    def test_plants_a_secret_as_it_is_written(self):
        self.assertEqual(self.lay_out("«pw|sql»«id»"), ("s''ét", [[0, 5]], []))

    def test_marks_what_may_be_redacted(self):
        self.assertEqual(self.lay_out("«pw?» «pw!»"), ("s'é s'é", [], [[0, 4]]))

    def test_plants_each_line_of_a_block(self):
        block = {"pw": (lambda rng: "ab\n-- cd", template.SECRET)}
        pieces = template.expand(template.parse("«pw»"), None, block, {})
        self.assertEqual(template.lay_out(pieces)[1], [[0, 2], [6, 8]])

    def test_is_refused_when_its_brackets_do_not_close(self):
        for text in ("⟨a|b", "a⟨⟨b⟩"):
            with self.assertRaises(ValueError):
                template.parse(text)


if __name__ == "__main__":
    unittest.main()
