#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "client/cli/output_file.hpp"
#include "client/cli/record_view.hpp"
#include "client/cli/verbs.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t import_bytes_max = 1U << 30;
constexpr std::size_t lines_a_transaction = 500;

struct Tally {
  std::size_t lines = 0;
  std::size_t records = 0;
  std::size_t local_only = 0;
  std::size_t redacted = 0;  // with text that others get redacted
  std::size_t refused = 0;
};

// One line `{"type","id","data"}`.
Result<EditOutcome> import_line(SqliteDeviceStore& store, std::string_view line, WallTime now) {
  SS_ASSIGN(Json json, parse_json(line));
  const Json* type_name = json.find("type");
  const Json* id = json.find("id");
  Json* data = json.find("data");
  if (type_name == nullptr || !type_name->is_string() || id == nullptr || !id->is_string() ||
      data == nullptr) {
    return fail(ErrorCode::validation_error, R"(a line is {"type":…,"id":…,"data":{…}})");
  }
  SS_ASSIGN(const EntityType type, entity_type_argument(type_name->as_string()));
  return put_record(store, type, id->as_string(), std::move(*data), now);
}

void count(const Cli& cli, const Result<EditOutcome>& outcome, Tally& tally) {
  if (outcome) {
    ++tally.records;
    if (outcome->local_only) ++tally.local_only;
    if (!outcome->redacted.empty()) ++tally.redacted;
    return;
  }
  ++tally.refused;
  Error error = outcome.error();
  error.message = "line " + std::to_string(tally.lines) + ": " + error.message;
  cli.out.error(error);
}

// All that can be read of a type, and how much it is; `read` tells whether that is all there is.
std::size_t export_type(SqliteDeviceStore& store, const EntitySpec& spec, OutputFile& out,
                        Result<>& read) {
  std::size_t records = 0;
  std::string after;
  for (auto page = store.list(spec.type, after, 500); !page.empty();
       page = store.list(spec.type, after, 500)) {
    after = page.back().id;
    for (const DeviceRecord& record : page) {
      Json line = Json::object();
      line.set("type", spec.wire_name).set("id", record.id).set("data", Json::raw(record.content));
      out.line(line.dump());
    }
    records += page.size();
  }
  read = store.take_error();
  return records;
}

}  // namespace

Result<int> run_import(const Cli& cli, const std::string& file) {
  SS_ASSIGN(const std::string text, read_input(file, import_bytes_max));
  SS_ASSIGN(auto store, open_device(cli));
  Progress progress("import", cli.out.json());
  Tally tally;
  std::string_view rest = text;
  while (!rest.empty()) {
    SS_TRY(store->begin());
    for (std::size_t n = 0; n < lines_a_transaction && !rest.empty(); ++n) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      ++tally.lines;
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      count(cli, import_line(*store, line, os::wall_now()), tally);
    }
    SS_TRY(store->commit());
    progress.show(text.size() - rest.size(), text.size());
  }
  Json answer = Json::object();
  answer.set("records", tally.records)
      .set("local_only", tally.local_only)
      .set("redacted", tally.redacted)
      .set("refused", tally.refused);
  cli.out.result(answer, counted(tally.records, "record") + " imported, " +
                             std::to_string(tally.local_only) + " of them stay on this device, " +
                             std::to_string(tally.redacted) + " are redacted in the cloud, " +
                             counted(tally.refused, "line") + " refused");
  return tally.refused == 0 ? exit_fine : exit_rejected;
}

// What is exported is the user's own text, unredacted. A part that cannot be read does not keep the
// others back: this is how a damaged database is left.
Result<int> run_export(const Cli& cli, const std::string& file) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(OutputFile out, OutputFile::open(file));
  std::size_t records = 0;
  bool whole = true;
  for (const EntitySpec& spec : registry()) {
    Result<> read;
    records += export_type(*store, spec, out, read);
    if (read) continue;
    whole = false;
    read.error().message =
        "cannot read all of " + std::string(spec.wire_name) + ": " + read.error().message;
    cli.out.error(read.error());
  }
  SS_ASSIGN(const std::string written, out.finish(whole));
  const std::string text = counted(records, "record") + " exported";
  cli.out.note(whole ? text : text + ", which is not all, into " + written);
  return whole ? exit_fine : exit_store;
}

}  // namespace studiosync::client
