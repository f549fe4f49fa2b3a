#include <algorithm>

#include "client/cli/comparison.hpp"
#include "client/cli/exit_code.hpp"
#include "client/cli/redaction_view.hpp"
#include "client/cli/reply_member.hpp"
#include "client/cli/verbs.hpp"
#include "client/cli/wait_for.hpp"

namespace studiosync::client {
namespace {

// A large account has more pages than a minute's allowance.
Result<HttpReply> ask_patiently(const Cli& cli, const std::string& path) {
  for (;;) {
    auto reply = ask_server(cli, "GET", path);
    if (reply || reply.error().code != ErrorCode::rate_limited) return reply;
    const Millis pause{std::max<std::int64_t>(reply.error().retry_after_ms, 1000)};
    cli.out.note("the server asks to wait " + std::to_string((pause.count + 999) / 1000) + " s");
    (void)wait_for(pause, [] { return false; });
  }
}

std::size_t records_at_server(const Cli& cli) {
  const auto status = ask_server(cli, "GET", "/api/sync/status");
  const Json* records = status ? status->body.find("records") : nullptr;
  return records != nullptr && records->is_integer() ? records->as_uint() : 0;
}

Result<> take_pages(const Cli& cli, const SetUp& ready, Comparison& comparison) {
  Progress progress("diff", cli.out.json());
  const std::size_t total = records_at_server(cli);
  std::string cursor = to_string(Cursor{});
  for (bool more = true; more;) {
    SS_ASSIGN(const HttpReply reply,
              ask_patiently(cli, "/api/sync/download?limit=1000&device_id=" +
                                     ready.login.device_id + "&cursor=" + cursor));
    comparison.take(reply.body);
    progress.show(comparison.records_there(), total);
    more = true_member(reply.body, "has_more");
    cursor = text_member(reply.body, "next_cursor");
    if (more && cursor.empty()) {
      return fail(ErrorCode::server_error, "the server's answer has no cursor to go on from");
    }
  }
  return {};
}

Json json_of(const RecordKey& key, const Difference& difference) {
  Json line = Json::object();
  line.set("difference", to_string(difference.kind)).set("type", to_string(key.type));
  line.set("id", key.id).set("local_version", difference.local_version);
  line.set("server_version", difference.server_version);
  if (!difference.state.empty()) line.set("state", difference.state);
  if (!difference.fields.empty()) line.set("fields", fields_json(difference.fields));
  return line;
}

std::string text_of(const std::map<RecordKey, Difference>& differences) {
  if (differences.empty()) return "This device and the server hold the same.";
  std::vector<std::vector<std::string>> rows{
      {"DIFFERENCE", "TYPE", "ID", "STATE", "HERE", "SERVER", "FIELDS"}};
  for (const auto& [key, difference] : differences) {
    rows.push_back({std::string(to_string(difference.kind)), std::string(to_string(key.type)),
                    key.id, difference.state, std::to_string(difference.local_version),
                    std::to_string(difference.server_version), fields_text(difference.fields)});
  }
  return table(rows) + "\nsyncctl why TYPE ID tells the reason of each";
}

}  // namespace

Result<int> run_diff(const Cli& cli) {
  SS_ASSIGN(const auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  Comparison comparison(*ready->store);
  SS_TRY(take_pages(cli, *ready, comparison));
  const auto differences = comparison.finish();
  SS_TRY(ready->store->take_error());
  if (cli.out.json()) {
    for (const auto& [key, difference] : differences) {
      cli.out.line(json_of(key, difference).dump());
    }
  } else {
    cli.out.line(text_of(differences));
  }
  return exit_fine;
}

}  // namespace studiosync::client
