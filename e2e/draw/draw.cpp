#include "e2e/draw/draw.hpp"

#include <array>
#include <utility>

#include "core/base/check.hpp"
#include "e2e/draw/escape.hpp"
#include "e2e/draw/page_parts.hpp"
#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {
namespace {

std::string run_json(const Scenario& scenario, const History& history,
                     const std::vector<Violation>& violations) {
  Json run = Json::object();
  run.set("scenario", Json::raw(to_json_text(scenario)));
  Json events = Json::array();
  for (const Event& event : history) events.push_back(Json::raw(to_json_line(event)));
  run.set("events", std::move(events));
  Json broken = Json::array();
  for (const Violation& violation : violations) {
    broken.push_back(Json::object()
                         .set("rule", violation.rule)
                         .set("event", violation.event)
                         .set("message", violation.message));
  }
  run.set("violations", std::move(broken));
  return run.dump();
}

// Puts each part in the place of its mark. What a part says is not looked at again.
std::string filled(std::string_view page,
                   const std::array<std::pair<std::string_view, std::string>, 4>& parts) {
  std::string out;
  for (const auto& [mark, part] : parts) {
    const std::size_t at = page.find(mark);
    SS_CHECK(at != std::string_view::npos);
    out.append(page.substr(0, at)).append(part);
    page.remove_prefix(at + mark.size());
  }
  return out.append(page);
}

}  // namespace

std::string draw_html(const Scenario& scenario, const History& history,
                      const std::vector<Violation>& violations) {
  return filled(page_html(),
                {{{"@TITLE@", escape_html(scenario.name)},
                  {"@CSS@", std::string(page_css())},
                  {"@DATA@", escape_json_for_script(run_json(scenario, history, violations))},
                  {"@JS@", std::string(page_js())}}});
}

}  // namespace studiosync::e2e
