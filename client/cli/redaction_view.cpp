#include "client/cli/redaction_view.hpp"

#include "core/sync/admission.hpp"

namespace studiosync::client {
namespace {

// The key that names a credential may hold one, too.
std::string path_of(const Finding& finding) {
  return without_credentials(finding.path);
}

}  // namespace

Json redactions_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json one = Json::object();
    one.set("rule", finding.rule).set("path", path_of(finding)).set("count", finding.count);
    list.push_back(std::move(one));
  }
  return list;
}

std::string redactions_text(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (!text.empty()) text += '\n';
    text += "redacted in the cloud: " + finding.rule + " at " + path_of(finding);
    if (finding.count > 1) text += " (" + std::to_string(finding.count) + " times)";
  }
  return text;
}

std::string fields_text(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) {
    text += (text.empty() ? "" : ", ") + without_credentials(field);
  }
  return text;
}

Json fields_json(const std::vector<std::string>& fields) {
  Json list = Json::array();
  for (const std::string& field : fields) list.push_back(without_credentials(field));
  return list;
}

}  // namespace studiosync::client
