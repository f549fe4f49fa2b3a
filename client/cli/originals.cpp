#include "core/sync/originals.hpp"

#include "client/cli/exit_code.hpp"
#include "client/cli/redaction_view.hpp"
#include "client/cli/transaction.hpp"
#include "client/cli/verbs.hpp"
#include "core/sync/admission.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

// A map can be keyed by credentials.
std::string field_of(const Original& original) {
  return without_credentials(original.field);
}

// Without the text itself: a list must not show credentials.
Json summary(const Original& original) {
  Json row = Json::object();
  row.set("number", original.number).set("type", to_string(original.type));
  row.set("id", original.id).set("field", field_of(original));
  row.set("whole_record", !original.record.empty());
  row.set("replaced_by", original.replaced_by.version.value);
  row.set("at", to_rfc3339(original.at));
  return row;
}

Result<Original> find_original(SqliteDeviceStore& store, std::uint64_t number) {
  for (Original& original : store.originals()) {
    if (original.number == number) return std::move(original);
  }
  SS_TRY(store.take_error());
  return fail(ErrorCode::not_found, "no original with number " + std::to_string(number));
}

}  // namespace

Result<int> run_originals_list(const Cli& cli) {
  SS_ASSIGN(auto store, open_device(cli));
  std::vector<std::vector<std::string>> rows{
      {"NUMBER", "TYPE", "ID", "FIELD", "PUT ASIDE", "RECORD"}};
  const auto originals = store->originals();
  SS_TRY(store->take_error());
  for (const Original& original : originals) {
    if (cli.out.json()) cli.out.line(summary(original).dump());
    rows.push_back({std::to_string(original.number), std::string(to_string(original.type)),
                    original.id, field_of(original), to_rfc3339(original.at),
                    original.record.empty() ? "changed" : "deleted"});
  }
  if (!cli.out.json()) cli.out.line(rows.size() == 1 ? "nothing was put aside" : table(rows));
  return exit_fine;
}

Result<int> run_originals_show(const Cli& cli, std::uint64_t number) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(const Original original, find_original(*store, number));
  SS_ASSIGN(const Json value, parse_json(original.value));
  Json shown = summary(original);
  shown.set("value", value);
  if (!original.record.empty()) shown.set("record", Json::raw(original.record));
  cli.out.result(shown, value.is_string() ? value.as_string() : value.pretty());
  return exit_fine;
}

Result<int> run_originals_restore(const Cli& cli, std::uint64_t number) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(const Original original, find_original(*store, number));
  SS_ASSIGN(const EditOutcome outcome, in_transaction(*store, [&] {
              return restore_original(*store, number, os::wall_now());
            }));
  Json answer = Json::object();
  answer.set("restored", number).set("type", to_string(original.type)).set("id", outcome.id);
  answer.set("queued", outcome.queued).set("redacted", redactions_json(outcome.redacted));
  cli.out.result(answer, std::string(to_string(original.type)) + " " + outcome.id +
                             ": restored here; other devices get it redacted");
  return exit_fine;
}

Result<int> run_originals_discard(const Cli& cli, std::uint64_t number) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_TRY(in_transaction(*store, [&] { return discard_original(*store, number); }));
  cli.out.result(Json::object().set("discarded", number), "discarded");
  return exit_fine;
}

}  // namespace studiosync::client
