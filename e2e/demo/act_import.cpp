#include <fstream>

#include "e2e/demo/stage.hpp"

namespace studiosync::demo {
namespace {

struct Imported {
  std::size_t records = 0;
  std::size_t local_only = 0;
};

Result<Imported> import_file(DemoDevice& device, Story& story, const std::string& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  Imported imported;
  for (const std::string& line : lines) {
    SS_ASSIGN(Json record, parse_json(line));
    const auto type = parse_entity_type(record.find("type")->as_string());
    SS_ASSIGN(const EditOutcome outcome,
              device.host().put(*type, record.find("id")->as_string(), *record.find("data")));
    ++imported.records;
    imported.local_only += outcome.local_only ? 1U : 0U;
    story.progress("import", imported.records, lines.size());
  }
  return imported;
}

std::size_t visible(DemoDevice& device) {
  std::size_t count = 0;
  for (const EntitySpec& spec : registry()) count += device.all(spec.type).size();
  return count;
}

std::string seconds_since(Moment start) {
  char text[32];
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::snprintf(text, sizeof text, "%.2f s", took.count());
  return text;
}

// A bar over what is left to send or to fetch.
void show_progress(DemoDevice& device, Story& story, const char* title, std::size_t total) {
  device.listen([&story, title, total](const Notice& notice, const EngineStatus& status) {
    if (notice.kind != Notice::Kind::progress) return;
    const std::size_t unsent = status.counts.pending + status.counts.frozen;
    const auto behind =
        status.head.seq.value - std::min(status.head.seq.value, status.cursor.seq.value);
    const std::size_t left = std::max(unsent, static_cast<std::size_t>(behind));
    story.progress(title, total - std::min(total, left), total);
  });
}

Result<> sync_first_time(DemoDevice& device, Story& story, const char* title, std::size_t total) {
  const Moment start = std::chrono::steady_clock::now();
  show_progress(device, story, title, total);
  device.host().go_online();
  SS_TRY(device.host().wait_synced(patience));
  device.listen({});
  story.say(device.name() + ": first sync of " + std::to_string(total) + " records in " +
            seconds_since(start));
  return {};
}

}  // namespace

Result<> act_import(Stage& stage) {
  stage.story.act("A laptop with data, and its first sync");
  SS_TRY(stage.server.start());
  stage.story.say("syncd serves at " + stage.server.url());
  SS_ASSIGN(stage.laptop, stage.join("laptop", true));
  const std::string file = STUDIOSYNC_FIXTURES "/data/plausible_user.jsonl";
  SS_ASSIGN(const Imported imported, import_file(*stage.laptop, stage.story, file));
  stage.story.say("laptop: " + std::to_string(imported.records) + " records imported offline, " +
                  std::to_string(imported.local_only) +
                  " of them private: they stay on the laptop");
  const std::size_t synced = imported.records - imported.local_only;
  SS_TRY(sync_first_time(*stage.laptop, stage.story, "laptop sends", synced));

  SS_ASSIGN(stage.desktop, stage.join("desktop", false));
  SS_TRY(sync_first_time(*stage.desktop, stage.story, "desktop fetches", synced));
  stage.story.check(
      visible(*stage.desktop) == synced,
      "the desktop has all " + std::to_string(synced) + " records, and no private one");
  return show_equality(stage);
}

}  // namespace studiosync::demo
