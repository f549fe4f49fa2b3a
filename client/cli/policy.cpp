#include "client/cli/exit_code.hpp"
#include "client/cli/verbs.hpp"

namespace studiosync::client {
namespace {

std::string policy_table(const Json& policies) {
  std::vector<std::vector<std::string>> rows{{"TYPE", "STRATEGY", "CHOSEN BY"}};
  for (const EntitySpec& spec : registry()) {
    const Json* chosen = policies.find(spec.wire_name);
    const bool users =
        chosen != nullptr && chosen->is_string() && chosen->as_string() != to_string(spec.strategy);
    rows.push_back({std::string(spec.wire_name),
                    users ? chosen->as_string() : std::string(to_string(spec.strategy)),
                    users ? "you" : "default"});
  }
  return table(rows);
}

}  // namespace

Result<int> run_policy(const Cli& cli, const std::string& type_text, const std::string& strategy) {
  SS_ASSIGN(const auto login, current_login(cli));
  if (!login) {
    cli.out.error({.code = ErrorCode::not_found, .message = "not set up; run syncctl setup first"});
    return exit_not_set_up;
  }
  std::optional<EntityType> type;
  if (!type_text.empty()) {
    SS_ASSIGN(type, entity_type_argument(type_text));
  }
  Json body = Json::object();
  if (!strategy.empty()) {
    body.set("policies", Json::object().set(std::string(to_string(*type)), strategy));
  }
  SS_ASSIGN(const HttpReply reply, strategy.empty()
                                       ? ask_server(cli, "GET", "/api/sync/policies")
                                       : ask_server(cli, "PUT", "/api/sync/policies", &body));
  const Json* policies = reply.body.find("policies");
  cli.out.result(reply.body, policy_table(policies == nullptr ? Json() : *policies));
  return exit_fine;
}

}  // namespace studiosync::client
