#include <algorithm>

#include "client/cli/check.hpp"
#include "client/cli/verbs.hpp"

namespace studiosync::client {
namespace {

std::vector<Check> database_checks(const Cli& cli) {
  const auto store = open_device(cli);
  if (!store) return {unopened_store(store.error())};
  return {check_store(**store), check_queue(**store)};
}

std::vector<Check> all_checks(const Cli& cli) {
  std::vector<Check> checks{check_modes(cli), check_login(cli)};
  const auto add = [&checks](std::vector<Check> more) {
    std::ranges::move(more, std::back_inserter(checks));
  };
  add(database_checks(cli));
  checks.push_back(check_lock(cli));
  const auto login = current_login(cli);
  if (!login || !*login) return checks;
  add(server_checks(cli, **login));
  // As the file is now: the session's check may have renewed the token.
  const auto fresh = current_login(cli);
  const bool all_well = std::ranges::none_of(
      checks, [](const Check& check) { return check.level == Check::Level::fail; });
  if (all_well && fresh && *fresh) checks.push_back(check_digest(cli, **fresh));
  return checks;
}

Json json_of(const std::vector<Check>& checks) {
  Json list = Json::array();
  for (const Check& check : checks) {
    Json one = Json::object();
    one.set("check", check.name).set("level", to_string(check.level)).set("text", check.text);
    if (!check.next.empty()) one.set("next", check.next);
    list.push_back(std::move(one));
  }
  return list;
}

std::string text_of(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks) {
    std::string head(to_string(check.level));
    head.resize(6, ' ');
    std::string name = check.name;
    name.resize(9, ' ');
    text += (text.empty() ? "" : "\n") + head + name + check.text;
    if (!check.next.empty()) text += "\n               next: " + check.next;
  }
  return text;
}

}  // namespace

Result<int> run_doctor(const Cli& cli) {
  const std::vector<Check> checks = all_checks(cli);
  const auto failed = std::ranges::find(checks, Check::Level::fail, &Check::level);
  const bool well = failed == checks.end();
  cli.out.result(Json::object().set("well", well).set("checks", json_of(checks)), text_of(checks));
  return well ? exit_fine : failed->code;
}

}  // namespace studiosync::client
