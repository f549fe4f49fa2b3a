"""What the scripts of bench/ make of results, by results made up here."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

import compare
import floors
import load_bench


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

    def test_growth_is_compared_in_points_and_shrinking_is_none(self):
        def growth(share):
            headline = {"name": "growth", "unit": "share", "measured": share, "ratio": share,
                        "goal": "at_most", "noise": 0}
            return {"figures": [{"name": "memory", "limits": {"quiet": True},
                                 "headlines": [headline]}]}
        said = [word(compare.stack_figures, growth(old), growth(new))
                for old, new in ((-0.01, 0.04), (-0.01, -0.02), (0.001, 0.0011), (0.04, 0.01))]
        self.assertEqual(said[0], "WORSE")
        self.assertEqual(said[1], "same")
        self.assertTrue(said[2].startswith("within"), said[2])
        self.assertEqual(said[3], "better")

    def test_a_faster_generator_makes_no_slower_server(self):
        def rate(measured, alone):
            headline = {"name": "rows/s", "unit": "number", "measured": measured,
                        "ratio": measured / alone, "limit_meaning": "generator alone",
                        "goal": "at_least", "noise": 0}
            return {"figures": [{"name": "fill", "limits": {"quiet": True},
                                 "headlines": [headline]}]}
        self.assertEqual(word(compare.stack_figures, rate(52e3, 144e3), rate(45e3, 100e3)), "WORSE")
        self.assertEqual(word(compare.stack_figures, rate(52e3, 144e3), rate(0, 100e3)), "WORSE")

    def test_what_scatter_nobody_knows_is_said_with_a_reserve(self):
        lines = [[{"bench": "append", "rows_per_s": 1, "ratio": ratio}] for ratio in (1, 0.5)]
        self.assertTrue(word(compare.line_figures, *lines).startswith("WORSE, if"))

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


class LoadBench(unittest.TestCase):
    FIGURE = load_bench.Figure(
        "steady", "a crowd", [],
        [load_bench.Target("sync_latency.p95<25ms", "p95", "F"),
         load_bench.Target("row_rate>=50000", "rows/s", "alone"),
         load_bench.Target("first_sync.spread<=3", "spread", hidden=True)],
        ceiling=["--rate", 3], ceiling_target=load_bench.Target("row_rate>0", "rows/s"),
        used_for=50_000)

    def judged(self, p95=10e3, rows=60e3, alone=150e3, lost=0, quiet=True, valid=True, read=True,
               passed=True, spread=1, started=1000):
        thresholds = [
            {"expression": "sync_latency.p95<25ms", "measured": p95, "limit": 25e3,
             "met": p95 < 25e3},
            {"expression": "row_rate>=50000", "measured": rows, "limit": 50e3,
             "met": rows is not None and rows >= 50e3},
            {"expression": "first_sync.spread<=3", "measured": spread, "limit": 3,
             "met": spread <= 3}]
        results = {"thresholds": thresholds, "summary": {}, "passed": passed, "remarks": [],
                   "self_check": {"valid": valid, "reason": "" if valid else "too slow",
                                  "offered_per_second": 1000, "achieved_per_second": started},
                   "verification": {"done": read, "missing": lost, "different": 0,
                                    "devices_apart": 0}}
        limits = {"fsync_us": 200, "fsync_before_us": 200, "fsync_after_us": 200, "quiet": quiet}
        return load_bench.judged(self.FIGURE, results, limits, alone)

    def test_each_headline_is_a_ratio_to_what_it_stands_beside(self):
        ratios = {line["name"]: line["ratio"] for line in self.judged()["headlines"]}
        self.assertEqual(ratios, {"p95": 50, "rows/s": 0.4, "spread": 1,
                                  "generator alone, rows/s": 3,
                                  "lost or different": 0, "not read back": 0})
        self.assertEqual(load_bench.verdict([self.judged()]), 0)

    def test_a_miss_is_told_by_the_exit_code(self):
        for missed in ({"p95": 30e3}, {"rows": 40e3}, {"alone": 149e3}, {"lost": 1},
                       {"read": False}, {"passed": False}, {"lost": 1, "read": False},
                       {"lost": 1, "quiet": False}, {"lost": 1, "valid": False}):
            figure = self.judged(**missed)
            self.assertEqual(load_bench.verdict([figure]), 1, missed)
            self.assertIn("MISSED", load_bench.table(figure))

    def words(self, **how):
        figure = self.judged(**how)
        return {line["name"]: load_bench.word_for(figure, line) for line in figure["headlines"]}

    def test_what_is_missed_by_a_busy_machine_or_a_slow_generator_is_void(self):
        for busy in ({"quiet": False}, {"valid": False}):
            figure = self.judged(p95=30e3, rows=40e3, **busy)
            self.assertEqual(load_bench.verdict([figure]), load_bench.VOID)
            words = self.words(p95=30e3, rows=40e3, **busy)
            self.assertEqual({words["p95"], words["rows/s"]}, {"void"})
            self.assertIn("  void: ", load_bench.table(figure))

    def test_what_holds_on_a_slow_machine_holds(self):
        words = self.words(p95=10e3, valid=False)
        self.assertEqual({words["p95"], words["rows/s"]}, {"met"})

    def test_nothing_is_met_by_a_load_that_was_not_made(self):
        words = self.words(valid=False, started=979)
        self.assertEqual({words["p95"], words["rows/s"]}, {"void"})

    def test_what_a_slow_generator_hides_is_not_met_by_one(self):
        self.assertEqual(self.words(valid=False)["spread"], "void")
        self.assertEqual(self.words()["spread"], "met")

    def test_a_run_that_comes_to_nothing_is_missed(self):
        done = [self.judged(), load_bench.no_figure("spike", "syncload run: it cannot be reached")]
        self.assertEqual(load_bench.verdict(done), load_bench.MISSED)
        self.assertIn("MISSED", load_bench.table(done[1]))
        self.assertEqual(len(dict(compare.stack_figures({"figures": done}))), 6)

    def test_ends_a_server_that_says_nothing_of_use(self):
        command = [sys.executable, "-c", "import signal; print('{}', flush=True); signal.pause()"]
        server = load_bench.Server(command)
        with self.assertRaises(KeyError):
            server.__enter__()
        self.assertIsNotNone(server.process.returncode)

    def test_compare_reads_the_same_headlines(self):
        document = {"figures": [self.judged()]}
        self.assertIn("steady p95", dict(compare.stack_figures(document)))

    def test_what_nothing_was_measured_of_gives_up(self):
        with self.assertRaises(load_bench.GaveUp):
            self.judged(rows=None)


if __name__ == "__main__":
    unittest.main()
