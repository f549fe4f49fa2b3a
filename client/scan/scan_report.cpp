#include "client/scan/scan_report.hpp"

#include "core/base/check.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/schema/registry.hpp"

namespace studiosync::client {
namespace {

template <class Use>
void for_each_finding(const std::vector<ScannedFile>& files, Use use) {
  for (const ScannedFile& file : files) {
    for (const FileFinding& finding : file.findings) use(file, finding);
  }
}

// What others get of it: a text, or the settings of a connection.
std::string redacted_example(const Rule& rule) {
  if (rule.id.starts_with("structural.")) {
    auto settings = parse_json(rule.example);
    SS_CHECK(settings.has_value());
    sanitize(spec_of(EntityType::connection), *settings);
    return settings->dump();
  }
  const auto cleaned = clean_text(rule.example, rule.example_is_sql ? TextAs::sql : TextAs::text);
  return cleaned ? cleaned->text : std::string(rule.example);
}

}  // namespace

std::string findings_as_text(const std::vector<ScannedFile>& files) {
  std::string text;
  for_each_finding(files, [&](const ScannedFile& file, const FileFinding& finding) {
    text.append(file.name).append(":").append(std::to_string(finding.line)).append(":");
    text.append(std::to_string(finding.column)).append(": ").append(finding.rule->id);
    text.append(": ").append(finding.rule->title).append("\n");
  });
  return text;
}

Json findings_as_json(const std::vector<ScannedFile>& files) {
  Json findings = Json::array();
  for_each_finding(files, [&](const ScannedFile& file, const FileFinding& finding) {
    Json one = Json::object();
    one.set("file", file.name)
        .set("rule", finding.rule->id)
        .set("title", finding.rule->title)
        .set("line", finding.line)
        .set("column", finding.column)
        .set("end_line", finding.end_line)
        .set("end_column", finding.end_column)
        .set("start", finding.start)
        .set("end", finding.end);
    findings.push_back(std::move(one));
  });
  Json report = Json::object();
  report.set("files", files.size()).set("findings", std::move(findings));
  return report;
}

std::string explain_rule(const Rule& rule) {
  std::string text;
  text.append(rule.id).append("\n\n  ").append(rule.title).append(".\n  ").append(rule.why);
  text.append("\n");
  if (rule.example.empty()) return text;
  text.append("\n  example   ").append(rule.example).append("\n");
  text.append("  becomes   ").append(redacted_example(rule)).append("\n");
  return text;
}

}  // namespace studiosync::client
