#include "loadtest/report/report_html.hpp"

#include "e2e/draw/escape.hpp"
#include "loadtest/report/run_charts.hpp"
#include "loadtest/report/style.hpp"
#include "loadtest/report/tables.hpp"

namespace studiosync::load {
namespace {

std::string verdict(const Results& results) {
  const bool valid = results.flaw().empty();
  const char* mood = !valid ? "warn" : results.passed ? "good" : "bad";
  const char* word = !valid ? "INVALID" : results.passed ? "PASSED" : "FAILED";
  return "<span class=\"verdict " + std::string(mood) + "\">" + word + "</span>";
}

std::string head(const Results& results) {
  return "<header><h1>" + e2e::escape_html(results.scenario) + " on " +
         e2e::escape_html(results.target) + "</h1>" + verdict(results) + "<p class=\"soft\">" +
         std::to_string(results.users) + " users · " + std::to_string(results.devices) +
         " devices · " + std::to_string(results.seconds) + " s · " + to_rfc3339(results.started) +
         "</p></header>\n";
}

std::string notice(const Results& results) {
  const std::string flaw = results.flaw();
  if (flaw.empty()) return {};
  return "<p class=\"notice\">This run says nothing about the server: " + e2e::escape_html(flaw) +
         "</p>\n";
}

}  // namespace

std::string report_html(const Results& results) {
  const std::string title = e2e::escape_html(results.scenario + " on " + results.target);
  std::string html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<title>" + title + "</title>\n<style>";
  html.append(report_css()).append("</style></head>\n<body><main>\n");
  html += head(results) + notice(results) + tiles(results);
  html += "<h2>Over time</h2>\n<div class=\"charts\">\n" + run_charts(results) + "</div>\n";
  html += tables(results);
  return html + "</main></body></html>\n";
}

}  // namespace studiosync::load
