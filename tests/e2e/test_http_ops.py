"""What load balancers, monitoring and browsers ask (docs/PROTOCOL.md section 3)."""
import socket
import unittest
import urllib.parse

from support.case import ServerCase, TempFolderCase
from support.http_client import HttpClient, query


class Operations(ServerCase):
    def test_health_liveness_and_readiness_need_no_token(self):
        for path, status in (("/health", "healthy"), ("/livez", "alive"), ("/readyz", "ready")):
            answer = self.client().get(path)
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.json["status"], status)

    def test_metrics_are_prometheus_text_on_both_ports(self):
        self.account().download()
        apart = HttpClient(self.server.metrics)
        self.addCleanup(apart.close)
        for client, path in ((self.client(), "/metrics"),
                             (apart, urllib.parse.urlsplit(self.server.metrics).path)):
            answer = client.get(path)
            self.assertEqual(answer.status, 200, answer)
            self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"))
            samples = [line for line in answer.body.decode().splitlines()
                       if not line.startswith("#")]
            self.assertTrue(any("/api/sync/download" in line for line in samples), samples)

    def test_the_metrics_port_serves_nothing_else(self):
        apart = HttpClient(self.server.metrics)
        self.addCleanup(apart.close)
        self.assertEqual(apart.get("/api/sync/status").status, 404)

    def test_the_api_describes_itself(self):
        answer = self.client().get("/api/openapi.json")
        self.assertEqual(answer.status, 200, answer)
        document = answer.json
        self.assertTrue(document["openapi"].startswith("3."))
        for path in ("/api/sync/upload", "/api/sync/download", "/api/sync/conflicts/{id}/resolve"):
            self.assertIn(path, document["paths"])

    def test_unknown_routes_and_methods_are_told_apart(self):
        self.assert_refused(self.client().get("/api/no-such"), 404, "not_found")
        wrong_method = self.client().request("DELETE", "/api/sync/upload")
        self.assert_refused(wrong_method, 405, "method_not_allowed")
        self.assertEqual(wrong_method.headers["Allow"], "POST")


class MetricsPort(TempFolderCase):
    """127.0.0.2 stands for an address that others reach."""

    def metrics_of(self, *settings):
        server = self.serve(self.folder(), "server.host=127.0.0.2", *settings)
        self.assertEqual(urllib.parse.urlsplit(server.http).hostname, "127.0.0.2")
        metrics = urllib.parse.urlsplit(server.metrics)
        client = HttpClient(server.metrics)
        self.addCleanup(client.close)
        self.assertEqual(client.get(metrics.path).status, 200)
        return metrics

    def test_is_for_this_machine_alone_though_the_other_is_for_all(self):
        metrics = self.metrics_of()
        self.assertEqual(metrics.hostname, "127.0.0.1")
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", metrics.port)).close()

    def test_listens_where_it_is_told_to(self):
        self.assertEqual(self.metrics_of("server.metrics_host=127.0.0.3").hostname, "127.0.0.3")


class Counters(ServerCase):
    """What devices push and decide moves the same counters as what clients upload."""

    def counted(self, name):
        text = self.client().get("/metrics").body.decode()
        samples = (line.rpartition(" ") for line in text.splitlines() if line.startswith(name))
        return {series[len(name):]: float(value) for series, _, value in samples}

    def test_what_became_of_the_changes_of_devices(self):
        ada = self.account()
        ada.request("PUT", "/api/sync/policies", {"policies": {"saved_query": "user_choice"}})
        laptop, tablet = self.device(ada, "laptop"), self.device(ada, "tablet")
        many = [laptop.replica.freeze("saved_query", f"q-{i}", query()) for i in range(3)]
        many.append(laptop.replica.freeze("saved_query", "bad", {"name": "no text"}))
        base = laptop.push(*many)["results"][0]["rev"]
        laptop.push(*many[:2])
        for device in (laptop, tablet):
            device.put("saved_query", "q-0", query(name=device.replica.device_id), base=base)
        self.assertEqual(self.counted("syncd_changes_total"), {
            '{status="applied"}': 4, '{status="rejected"}': 1, '{status="duplicate"}': 2,
            '{status="conflict"}': 1})
        [conflict] = tablet.ws.request({"type": "conflicts"})["conflicts"]
        decision = {"type": "resolve", "conflict_id": conflict["id"], "strategy": "user_choice",
                    "chosen_version": "local",
                    "remote_version": conflict["remote_version"]["sync_version"]}
        self.assertEqual(tablet.ws.request(decision)["type"], "resolved")
        self.assertEqual(tablet.ws.request({**decision, "conflict_id": "x-none"})["type"], "error")
        self.assertEqual(self.counted("syncd_conflicts_resolved_total"), {"": 1})


class Browsers(ServerCase):
    def preflight(self, origin):
        return self.client().request("OPTIONS", "/api/sync/upload", headers={
            "Origin": origin, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type"})

    def test_a_preflight_of_a_localhost_page_is_allowed_in_development(self):
        answer = self.preflight("http://localhost:5173")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "http://localhost:5173")
        self.assertIn("POST", answer.headers["Access-Control-Allow-Methods"])
        allowed = answer.headers["Access-Control-Allow-Headers"].lower()
        self.assertIn("authorization", allowed)
        self.assertIn("content-type", allowed)

    def test_other_origins_are_not_echoed(self):
        for origin in ("https://evil.example", "http://localhost.evil.example", "null"):
            answer = self.preflight(origin)
            self.assertIsNone(answer.headers["Access-Control-Allow-Origin"], origin)

    def test_errors_can_be_read_by_an_allowed_page(self):
        answer = self.client().request("GET", "/api/sync/status",
                                       headers={"Origin": "http://localhost:5173"})
        self.assertEqual(answer.status, 401)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "http://localhost:5173")


if __name__ == "__main__":
    unittest.main()
