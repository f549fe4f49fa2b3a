"""What bench/compare.py and bench/floors.py make of results, by results made up here."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

import compare
import floors


def stack(ratio, quiet=True):
    headline = {"name": "p50", "unit": "us", "measured": 100 * ratio, "ratio": ratio,
                "goal": "at_most", "noise": 0}
    return {"figures": [{"name": "W1 up", "limits": {"quiet": quiet}, "headlines": [headline]}]}


def google(name, **values):
    """One benchmark of several repetitions."""
    run = {"run_name": name, "run_type": "aggregate", "time_unit": "ms"}
    return {"benchmarks": [dict(run, aggregate_name="median", **values),
                           dict(run, aggregate_name="cv", **{key: 0.01 for key in values})]}


def word(figures, old, new):
    (before,), (after,) = (dict(figures(document)).values() for document in (old, new))
    return compare.verdict(before, after)[1]


class Compare(unittest.TestCase):
    def test_a_larger_share_of_the_limit_is_worse(self):
        self.assertEqual(word(compare.stack_figures, stack(2), stack(3)), "WORSE")
        self.assertEqual(word(compare.stack_figures, stack(3), stack(2)), "better")
        self.assertEqual(word(compare.stack_figures, stack(2), stack(2)), "same")

    def test_a_run_of_a_busy_machine_says_nothing(self):
        for old, new in ((True, False), (False, True), (False, False)):
            said = word(compare.stack_figures, stack(2, old), stack(2, new))
            self.assertTrue(said.startswith("void"), said)


    def test_a_benchmark_beside_a_limit_is_compared_by_its_share_of_it(self):
        def run(ratio, cpu_time):
            return google("pull", cpu_time=cpu_time, real_time=1, ratio=ratio)
        self.assertEqual(word(compare.google_figures, run(0.5, 10), run(0.25, 10)), "WORSE")
        self.assertEqual(word(compare.google_figures, run(0.5, 10), run(0.5, 30)), "same")

    def test_others_are_compared_by_their_time(self):
        old, new = (google("parse", cpu_time=time, real_time=1) for time in (10, 30))
        self.assertEqual(word(compare.google_figures, old, new), "WORSE")


class Floors(unittest.TestCase):
    def words(self, name, rate, real_time=10):
        run = google(name, bytes_per_second=rate, cpu_time=10, real_time=real_time)
        return [word for *_, word in floors.verdicts(run)]

    def test_each_has_its_own(self):
        self.assertEqual(self.words("layers/ordinary_sql", 299e6), ["MISSED"])
        self.assertEqual(self.words("layers/ordinary_sql", 300e6), ["met"])
        self.assertEqual(self.words("worst_layers/quotes", 39e6), ["MISSED"])
        self.assertEqual(self.words("worst_layers/quotes", 299e6), ["met"])

    def test_are_of_the_layers_alone(self):
        self.assertEqual(self.words("lexer/ordinary_sql", 1), [])

    def test_are_not_missed_where_others_used_the_processor(self):
        self.assertEqual(self.words("layers/ordinary_sql", 299e6, real_time=15), ["void"])
        self.assertEqual(self.words("layers/ordinary_sql", 300e6, real_time=15), ["met"])


if __name__ == "__main__":
    unittest.main()
