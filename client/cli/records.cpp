#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "client/cli/record_view.hpp"
#include "client/cli/redaction_view.hpp"
#include "client/cli/transaction.hpp"
#include "client/cli/verbs.hpp"
#include "core/base/check.hpp"
#include "core/base/limits.hpp"
#include "core/base/merge_patch.hpp"
#include "core/sync/admission.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

Result<Json> data_of(const PutOptions& options) {
  if (options.json.empty() == options.file.empty()) {
    return fail(ErrorCode::bad_request,
                "give the record's data by --json or by --file (- for standard input)");
  }
  if (!options.json.empty()) return parse_json(options.json);
  SS_ASSIGN(const std::string text, read_input(options.file, limits::record_bytes_max + 1));
  return parse_json(text);
}

// Within the transaction that stores it: another process may just have stored what others wrote.
Json merged(DeviceStore& store, const RecordKey& key, Json patch) {
  if (!patch.is_object()) return patch;
  const auto record = store.find(key.type, key.id);
  if (!record || record->content.empty()) return merge_patch(Json::object(), patch);
  auto target = parse_json(record->content);
  SS_CHECK(target.has_value());  // we wrote it
  return merge_patch(*std::move(target), patch);
}

Unexpected no_such_record(const RecordOptions& options) {
  return fail(ErrorCode::not_found, "no " + options.type + " with id " + options.id);
}

}  // namespace

Result<int> run_put(const Cli& cli, const PutOptions& given) {
  PutOptions options = given;
  if (options.id == "-") {  // `put TYPE -`: a new id, data from standard input
    options.file = std::exchange(options.id, {});
  }
  SS_ASSIGN(const EntityType type, entity_type_argument(options.type));
  SS_ASSIGN(Json data, data_of(options));
  const std::string id = options.id.empty() ? os::random_uuid() : options.id;
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(const EditOutcome outcome, in_transaction(*store, [&] {
              if (options.merge) data = merged(*store, {type, id}, std::move(data));
              return put_record(*store, type, id, std::move(data), os::wall_now());
            }));
  Json answer = Json::object();
  answer.set("type", to_string(type)).set("id", outcome.id);
  answer.set("queued", outcome.queued).set("local_only", outcome.local_only);
  answer.set("redacted", redactions_json(outcome.redacted));
  std::string text = std::string(to_string(type)) + " " + outcome.id;
  text += outcome.local_only
              ? ": saved, stays on this device"
              : (outcome.queued ? ": saved, waits for the next sync" : ": no change");
  cli.out.result(answer, text);
  if (!outcome.redacted.empty()) cli.out.note(redactions_text(outcome.redacted));
  return exit_fine;
}

Result<int> run_get(const Cli& cli, const RecordOptions& options) {
  SS_ASSIGN(const EntityType type, entity_type_argument(options.type));
  SS_ASSIGN(auto store, open_device(cli));
  const auto record = store->find(type, options.id);
  SS_TRY(store->take_error());
  if (!record || record->content.empty()) return no_such_record(options);
  const Json view = record_view(*record);
  cli.out.result(view, view.pretty());
  for (const std::string& field : record->redacted) {
    cli.out.note(without_credentials(field) +
                 ": its text is redacted in the cloud, and stays as it is here");
  }
  return exit_fine;
}

Result<int> run_delete(const Cli& cli, const RecordOptions& options) {
  SS_ASSIGN(const EntityType type, entity_type_argument(options.type));
  SS_ASSIGN(auto store, open_device(cli));
  const auto outcome = in_transaction(
      *store, [&] { return delete_record(*store, type, options.id, os::wall_now()); });
  if (!outcome) {
    if (outcome.error().code == ErrorCode::not_found) return no_such_record(options);
    return Unexpected(outcome.error());
  }
  Json answer = Json::object();
  answer.set("type", to_string(type)).set("id", outcome->id).set("queued", outcome->queued);
  cli.out.result(answer, std::string(to_string(type)) + " " + outcome->id + ": deleted");
  return exit_fine;
}

Result<int> run_list(const Cli& cli, const std::string& type_text) {
  SS_ASSIGN(const EntityType type, entity_type_argument(type_text));
  SS_ASSIGN(auto store, open_device(cli));
  std::vector<std::vector<std::string>> rows{{"ID", "NAME", "VERSION", "STATE"}};
  std::string after;
  for (auto page = store->list(type, after, 500); !page.empty();
       page = store->list(type, after, 500)) {
    after = page.back().id;
    for (const DeviceRecord& record : page) {
      if (cli.out.json()) {
        cli.out.line(record_view(record).dump());
      } else {
        rows.push_back(
            {record.id, record_title(record), record_version(record), record_state(record)});
      }
    }
  }
  SS_TRY(store->take_error());
  if (!cli.out.json()) cli.out.line(table(rows));
  return exit_fine;
}

Result<int> run_search(const Cli& cli, const std::string& text, std::size_t limit) {
  SS_ASSIGN(auto store, open_device(cli));
  const auto hits = store->search(text, limit);
  SS_TRY(store->take_error());
  std::vector<std::vector<std::string>> rows{{"TYPE", "ID", "TEXT"}};
  for (const SearchHit& hit : hits) {
    Json row = Json::object();
    row.set("type", to_string(hit.type)).set("id", hit.id).set("snippet", hit.snippet);
    if (cli.out.json()) cli.out.line(row.dump());
    rows.push_back({std::string(to_string(hit.type)), hit.id, hit.snippet});
  }
  if (!cli.out.json()) cli.out.line(hits.empty() ? "nothing found" : table(rows));
  return exit_fine;
}

}  // namespace studiosync::client
