"""What load balancers, monitoring and browsers ask (docs/PROTOCOL.md section 3)."""
import unittest
import urllib.parse

from support.case import ServerCase
from support.http_client import HttpClient


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
