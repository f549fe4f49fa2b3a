// OASIS SARIF 2.1.0, sections 3.13 (log), 3.14 (run), 3.27 (result), 3.30 (region).
#include <map>

#include "client/scan/scan_report.hpp"

namespace studiosync::client {
namespace {

Json message(std::string_view text) {
  Json message = Json::object();
  message.set("text", text);
  return message;
}

Json descriptor(const Rule& rule) {
  Json descriptor = Json::object();
  descriptor.set("id", rule.id)
      .set("shortDescription", message(rule.title))
      .set("fullDescription", message(rule.why));
  return descriptor;
}

// RFC 3986 section 2.1: what a path may not hold as it is.
std::string uri_of(std::string_view path) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~/";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (alphanumeric || plain.find(c) != std::string_view::npos) {
      uri.push_back(c);
    } else {
      uri.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
  }
  return uri;
}

Json location(const ScannedFile& file, const FileFinding& finding) {
  Json region = Json::object();
  region.set("startLine", finding.line)
      .set("startColumn", finding.column)
      .set("endLine", finding.end_line)
      .set("endColumn", finding.end_column)
      .set("byteOffset", finding.start)
      .set("byteLength", finding.end - finding.start);
  Json artifact = Json::object();
  artifact.set("uri", uri_of(file.name));
  Json physical = Json::object();
  physical.set("artifactLocation", std::move(artifact)).set("region", std::move(region));
  Json location = Json::object();
  location.set("physicalLocation", std::move(physical));
  return location;
}

// The rules that fired, each once, in the order of their first finding.
class FiredRules {
 public:
  std::size_t index_of(const Rule& rule) {
    const auto [at, is_new] = index_.emplace(rule.id, descriptors_.items().size());
    if (is_new) descriptors_.push_back(descriptor(rule));
    return at->second;
  }
  Json take() { return std::move(descriptors_); }

 private:
  std::map<std::string_view, std::size_t> index_;
  Json descriptors_ = Json::array();
};

Json driver(Json rules) {
  Json driver = Json::object();
  driver.set("name", "syncctl scan")
      .set("semanticVersion", STUDIOSYNC_VERSION)
      .set("rules", std::move(rules));
  Json tool = Json::object();
  tool.set("driver", std::move(driver));
  return tool;
}

Json result_of(const ScannedFile& file, const FileFinding& finding, FiredRules& rules) {
  Json result = Json::object();
  result.set("ruleId", finding.rule->id)
      .set("ruleIndex", rules.index_of(*finding.rule))
      .set("level", "error")
      .set("message", message(finding.rule->title))
      .set("locations", Json(Json::Array{location(file, finding)}));
  return result;
}

}  // namespace

Json findings_as_sarif(const std::vector<ScannedFile>& files) {
  FiredRules rules;
  Json results = Json::array();
  for (const ScannedFile& file : files) {
    for (const FileFinding& finding : file.findings) {
      results.push_back(result_of(file, finding, rules));
    }
  }
  Json run = Json::object();
  run.set("tool", driver(rules.take()))
      .set("columnKind", "unicodeCodePoints")
      .set("results", std::move(results));
  Json log = Json::object();
  log.set("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .set("version", "2.1.0")
      .set("runs", Json(Json::Array{std::move(run)}));
  return log;
}

}  // namespace studiosync::client
