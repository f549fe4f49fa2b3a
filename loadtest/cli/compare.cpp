#include "loadtest/compare.hpp"

#include <cmath>
#include <cstdio>

#include "client/cli/output.hpp"
#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/verbs.hpp"
#include "loadtest/results_file.hpp"

namespace studiosync::load {
namespace {

std::string ratio_text(double ratio) {
  if (!std::isfinite(ratio)) return "from nothing";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", ratio);
  return text;
}

std::string as_table(const Comparison& comparison) {
  std::vector<std::vector<std::string>> rows{{"", "before", "after", "ratio", ""}};
  for (const ComparedFigure& figure : comparison.figures) {
    rows.push_back({figure.name, figure.before, figure.after, ratio_text(figure.ratio),
                    figure.regressed ? "WORSE" : ""});
  }
  std::string text = client::table(rows) + "\n";
  for (const std::string& remark : comparison.remarks) text += "note: " + remark + "\n";
  return text;
}

Json as_json(const Comparison& comparison) {
  Json figures = Json::array();
  for (const ComparedFigure& figure : comparison.figures) {
    figures.push_back(Json::object()
                          .set("name", figure.name)
                          .set("before", figure.before)
                          .set("after", figure.after)
                          .set("ratio", std::isfinite(figure.ratio) ? Json(figure.ratio) : Json())
                          .set("regressed", figure.regressed));
  }
  Json remarks = Json::array();
  for (const std::string& remark : comparison.remarks) remarks.push_back(remark);
  return Json::object()
      .set("regressed", comparison.regressed)
      .set("valid", comparison.valid)
      .set("figures", std::move(figures))
      .set("remarks", std::move(remarks));
}

Result<Comparison> compare_files(const CompareVerb& verb) {
  SS_ASSIGN(const Results before, read_results(verb.before));
  SS_ASSIGN(const Results after, read_results(verb.after));
  return compare(before, after, verb.tolerance_percent / 100);
}

}  // namespace

int run_compare(const CompareVerb& verb) {
  const auto comparison = compare_files(verb);
  if (!comparison) {
    complain(comparison.error());
    return exit_usage;
  }
  const std::string text = verb.json ? as_json(*comparison).dump() + "\n" : as_table(*comparison);
  std::fputs(text.c_str(), stdout);
  return exit_code_of(*comparison);
}

}  // namespace studiosync::load
