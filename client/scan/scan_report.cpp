#include "client/scan/scan_report.hpp"

namespace studiosync::client {
namespace {

template <class Use>
void for_each_finding(const std::vector<ScannedFile>& files, Use use) {
  for (const ScannedFile& file : files) {
    for (const FileFinding& finding : file.findings) use(file, finding);
  }
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
  const TextAs as = rule.example_is_sql ? TextAs::sql : TextAs::text;
  const auto cleaned = clean_text(rule.example, as);
  text.append("\n  example   ").append(rule.example).append("\n");
  if (cleaned) text.append("  becomes   ").append(cleaned->text).append("\n");
  return text;
}

}  // namespace studiosync::client
