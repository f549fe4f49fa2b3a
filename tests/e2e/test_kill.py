"""Killed while changes are on their way: what was acknowledged is there, nothing is there twice."""
import unittest

from support.case import TempFolderCase
from support.http_client import Account, query
from support.replica import LiveDevice, Replica, push_frame

CHANGES = 500
FRAME_CHANGES = 50


class Kill(TempFolderCase):
    def setUp(self):
        self.server = self.serve(self.folder())
        self.ada = Account(self.server.http)
        self.addCleanup(self.ada.close)
        self.replica = Replica("laptop")

    def connect(self, replica=None):
        device = LiveDevice(self.server.ws, self.ada.token, replica or self.replica)
        self.addCleanup(device.ws.cut)
        return device

    def kill_and_restart(self):
        self.server.kill()
        self.server.start()

    def send_all_unacked(self, device):
        """All frames at once, as section 8 demands them: in order, unchanged. Their request ids."""
        changes = self.replica.unacked()
        frames = [changes[at:at + FRAME_CHANGES] for at in range(0, len(changes), FRAME_CHANGES)]
        return [device.ws.start(push_frame(frame)) for frame in frames]

    def take_answers(self, device, ids):
        """The acknowledged results and the last cursor."""
        for request_id in ids:
            answer = device.ws.answer(request_id)
            self.assertEqual(answer["type"], "pushed", answer)
            self.replica.take(answer)
            self.replica.cursor = answer["to"]

    def freeze_all(self):
        for i in range(CHANGES):
            self.replica.freeze("saved_query", f"q-{i}", query(name=f"Query {i}"))

    def assert_fits(self, device):
        """`welcome` names a change of ours at or beyond all that was acknowledged (section 8)."""
        mark = device.welcome["replica"]
        self.assertGreaterEqual(mark["seq"], self.replica.acked_seq())
        self.assertLessEqual(mark["seq"], len(self.replica.frozen))
        self.assertEqual(mark, self.replica.mark(mark["seq"]))
        # Nothing acknowledged was lost, so that the device's place in the log is still one.
        self.assertNotIn("fork_seq", device.welcome)
        return mark["seq"]

    def resend(self, device):
        """What the server had before answers `duplicate`, and only that."""
        known = self.assert_fits(device)
        first_new = self.replica.acked_seq() + 1
        self.take_answers(device, self.send_all_unacked(device))
        for seq in range(first_new, len(self.replica.frozen) + 1):
            expected = "duplicate" if seq <= known else "applied"
            self.assertEqual(self.replica.results[seq]["status"], expected, seq)

    def assert_all_there_exactly_once(self, device, acknowledged):
        rows = self.connect(Replica("reader")).pull_all()
        self.assertEqual(len(rows), CHANGES)
        self.assertEqual([row["item_id"] for row in rows], [f"q-{i}" for i in range(CHANGES)])
        self.assertEqual([row["device_seq"] for row in rows], list(range(1, CHANGES + 1)))
        self.assertEqual({row["sync_version"] for row in rows}, {1})
        seqs = [int(row["seq"]) for row in rows]
        self.assertEqual(seqs, sorted(set(seqs)))
        for seq, result in acknowledged.items():
            row = rows[seq - 1]
            told = {key: result[key] for key in ("rev", "hlc", "updated_at")}
            self.assertEqual({key: row[key] for key in told}, told,
                             "an acknowledged change became another")
        self.assertEqual(device.ws.request({"type": "conflicts", "status": "all"})["conflicts"], [])

    def run_with_kill_after(self, answers):
        self.freeze_all()
        device = self.connect()
        ids = self.send_all_unacked(device)
        self.take_answers(device, ids[:answers])
        self.kill_and_restart()
        acknowledged = dict(self.replica.results)
        self.assertEqual(len(acknowledged), answers * FRAME_CHANGES)
        again = self.connect()
        self.resend(again)
        self.assert_all_there_exactly_once(again, acknowledged)

    def test_before_any_answer(self):
        self.run_with_kill_after(0)

    def test_after_the_first_answer(self):
        self.run_with_kill_after(1)

    def test_after_three_answers(self):
        self.run_with_kill_after(3)

    def test_after_seven_answers(self):
        self.run_with_kill_after(7)

    def test_after_the_last_answer(self):
        self.run_with_kill_after(CHANGES // FRAME_CHANGES)

    def test_again_and_again_until_everything_is_acknowledged(self):
        self.freeze_all()
        acknowledged = {}
        while self.replica.unacked():
            device = self.connect()
            self.assert_fits(device)
            self.take_answers(device, self.send_all_unacked(device)[:1])
            for seq, result in self.replica.results.items():
                if result["status"] == "applied":
                    acknowledged.setdefault(seq, result)
            self.kill_and_restart()
        self.assert_all_there_exactly_once(self.connect(), acknowledged)

    def test_while_the_same_records_are_edited_over_and_over(self):
        records, rounds = 10, 6
        bases = {}
        for number in range(rounds):
            before = len(self.replica.frozen)
            for i in range(records):
                more = {"base": bases[i], "changed_fields": ["name"]} if bases else {}
                self.replica.freeze("saved_query", f"q-{i}", query(name=f"Edit {number}"), **more)
            self.send_all_unacked(self.connect())
            self.kill_and_restart()
            device = self.connect()
            self.take_answers(device, self.send_all_unacked(device))
            bases = {i: self.replica.results[before + 1 + i]["rev"] for i in range(records)}
        rows = {row["item_id"]: row for row in self.connect(Replica("reader")).pull_all()}
        self.assertEqual(set(rows), {f"q-{i}" for i in range(records)})
        self.assertEqual({row["sync_version"] for row in rows.values()}, {rounds})
        self.assertEqual({row["data"]["name"] for row in rows.values()}, {f"Edit {rounds - 1}"})


if __name__ == "__main__":
    unittest.main()
