// Findings as a linter prints them; the secret itself is in none of them. Pure.
#pragma once

#include <string>
#include <vector>

#include "client/scan/finding.hpp"
#include "core/base/json.hpp"

namespace studiosync::client {

// `file:line:column: rule: title`, one a line.
std::string findings_as_text(const std::vector<ScannedFile>& files);

// {"files":N,"findings":[{"file","rule","title","line","column","end_line","end_column","start",
// "end"}]}; start and end are byte offsets.
Json findings_as_json(const std::vector<ScannedFile>& files);

// SARIF 2.1.0 (OASIS): one run, the rules that fired, columns in Unicode code points.
Json findings_as_sarif(const std::vector<ScannedFile>& files);

// The rule for a person: what, why, an example and what becomes of it.
std::string explain_rule(const Rule& rule);

}  // namespace studiosync::client
