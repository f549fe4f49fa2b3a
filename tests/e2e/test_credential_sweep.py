"""No credential leaves a device, and none that arrives is stored: a thousand secrets in every place
of every record, and a search of all that could hold a piece of one: wires, server, logs, metrics,
error answers, backup, the other device."""
import os
import shutil
import tempfile
import unittest

from support.leak_search import LeakSearch, table
from support.sweep_scenario import Scenario

SEED = int(os.environ.get("SWEEP_SEED", "1"))
CANARIES_MIN = 200


class Sweep(unittest.TestCase):
    """One life of all parts; each test looks at one side of what it left."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix="studiosync-sweep-")
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.scenario = Scenario(folder, SEED)
        cls.scenario.run()
        cls.search = LeakSearch(cls.scenario.mint.made)

    def test_no_piece_of_a_secret_is_anywhere_but_on_its_device(self):
        leaks = self.search.leaks(self.scenario.captures)
        if leaks:
            canaries = len({leak.canary for leak in leaks})
            self.fail(f"{canaries} of {len(self.scenario.mint.made)} canaries leaked "
                      f"(seed {SEED}):\n{table(leaks)}")

    # What would make the search find nothing.

    def test_every_field_of_every_entity_holds_a_secret(self):
        for records in (self.scenario.device_records, self.scenario.plain_records):
            positions = records.positions()
            for field in records.fields():
                self.assertTrue(any(at.startswith(field) for at in positions), field)
        self.assertTrue(all(canary.position for canary in self.scenario.mint.made))
        self.assertGreaterEqual(len(self.scenario.mint.made), CANARIES_MIN)
        parts = [part for canary in self.scenario.mint.made for part in canary.parts]
        self.assertEqual(len(set(parts)), len(parts))

    def test_the_first_device_keeps_what_its_user_wrote(self):
        kept = self.search.canaries_in(self.scenario.first_device_bytes())
        for record in self.scenario.device_records.planted:
            if record.accepted and record not in self.scenario.deleted:
                missing = set(record.canaries) - kept
                self.assertFalse(missing, f"{record.item_id} lost {missing}")

    def test_every_other_record_arrives_without_its_secrets(self):
        ids = {record["id"] for record in self.scenario.exported}
        planted = self.scenario.device_records.planted + self.scenario.plain_records.planted
        missing = [record for record in planted
                   if record.accepted and not record.local and record.item_id not in ids and
                   record not in self.scenario.deleted]
        reasons = "\n".join(f"{record.item_id}: {self.scenario.refused.get(record.item_id)}; "
                            f"holds {record.canaries}" for record in missing)
        self.assertFalse(missing, f"(seed {SEED})\n{reasons}")
        local = {record.item_id for record in planted if record.local}
        self.assertGreaterEqual(len(local), 4)
        self.assertEqual(local & ids, set())

    def test_the_wire_was_read_to_its_end(self):
        for wires in (self.scenario.up, self.scenario.down, self.scenario.answers):
            self.assertGreater(sum(wire.bodies for wire in wires), 3)
            self.assertEqual([wire.unread for wire in wires if wire.unread], [])
        self.assertGreater(sum(wire.frames for wire in self.scenario.up), 20)
        self.assertGreater(sum(wire.frames for wire in self.scenario.down), 20)

    def test_every_place_was_looked_at(self):
        sizes = {}
        for capture in self.scenario.captures:
            sizes[capture.place] = sizes.get(capture.place, 0) + len(capture.data)
        self.assertEqual(set(sizes), {"wire", "answers", "server", "backup", "device-2", "stderr",
                                      "log", "metrics", "reports"})
        self.assertTrue(all(sizes.values()), sizes)

    def test_no_program_may_leave_its_memory_in_a_core_dump(self):
        of = self.scenario.core_bytes_max
        if of["this machine"] == 0:
            self.skipTest("no program may, here")
        self.assertEqual((of["syncd"], of["syncctl"]), (0, 0))


if __name__ == "__main__":
    unittest.main()
