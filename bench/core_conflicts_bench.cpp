// How fast one change is decided. The floor is 1,000 conflicts a second; the rate is in
// `items_per_second`.
#include <benchmark/benchmark.h>

#include <string>

#include "core/conflicts/hybrid_clock.hpp"
#include "core/conflicts/resolve.hpp"

namespace studiosync {
namespace {

ReplicaId replica(std::uint8_t byte) {
  ReplicaId id;
  id.bytes.fill(byte);
  return id;
}

Fields query_of(std::size_t query_bytes) {
  Fields fields;
  for (const char* name : {"name", "description", "connection_id", "folder", "query"}) {
    fields.set(name, '"' + std::string(name) + '"');
  }
  fields.set("tags", R"(["daily","reports"])");
  fields.set("metadata", R"({"limit":100,"view":{"chart":"bar","wrap":true}})");
  fields.set("favorite", "false");
  fields.set("query", '"' + std::string(query_bytes, 'x') + '"');
  return fields;
}

Record stored_query(const Fields& content) {
  Record record;
  record.type = EntityType::saved_query;
  record.id = "q";
  record.rev.version = Version{2};
  record.origin = {replica(1), DeviceSeq{2}, Stamp::at(WallTime{2000})};
  record.device = DeviceId{"desk"};
  record.content = content.content();
  return record;
}

Incoming edit_of(Version base, const Fields& content, std::vector<std::string> changed) {
  Incoming incoming;
  incoming.type = EntityType::saved_query;
  incoming.id = "q";
  incoming.base = base;
  incoming.fields = content;
  incoming.changed = std::move(changed);
  incoming.origin = {replica(2), DeviceSeq{1}, Stamp::at(WallTime{3000})};
  incoming.device = DeviceId{"laptop"};
  incoming.device_name = "laptop";
  return incoming;
}

void run(benchmark::State& state, const Record& stored, const Incoming& incoming,
         Strategy strategy) {
  for (auto unused : state) benchmark::DoNotOptimize(resolve(&stored, incoming, strategy));
  state.SetItemsProcessed(state.iterations());
}

std::size_t query_bytes(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(0));
}

void fast_forward(benchmark::State& state) {
  Fields content = query_of(query_bytes(state));
  const Record stored = stored_query(content);
  content.set("folder", R"("archive")");
  run(state, stored, edit_of(Version{2}, content, {"folder"}), Strategy::keep_both);
}
BENCHMARK(fast_forward)->Arg(300)->Arg(10'000);

void disjoint_fields(benchmark::State& state) {
  Fields content = query_of(query_bytes(state));
  Record stored = stored_query(content);
  stored.field_versions = {
      {"folder", Version{1}, {replica(1), DeviceSeq{1}, Stamp::at(WallTime{1000})}}};
  content.set("folder", R"("archive")");
  run(state, stored, edit_of(Version{1}, content, {"folder"}), Strategy::keep_both);
}
BENCHMARK(disjoint_fields)->Arg(300)->Arg(10'000);

// Three fields that both sides changed; the argument is the strategy.
void conflict(benchmark::State& state) {
  Fields content = query_of(300);
  const Record stored = stored_query(content);
  content.set("name", R"("other")");
  content.set("tags", R"(["weekly"])");
  content.set("metadata", R"({"limit":50,"view":{"chart":"line"}})");
  run(state, stored, edit_of(Version{1}, content, {"name", "tags", "metadata"}),
      static_cast<Strategy>(state.range(0)));
}
BENCHMARK(conflict)
    ->Arg(static_cast<int>(Strategy::last_write_wins))
    ->Arg(static_cast<int>(Strategy::keep_both))
    ->Arg(static_cast<int>(Strategy::merge))
    ->Arg(static_cast<int>(Strategy::user_choice));

void delete_against_edit(benchmark::State& state) {
  const Record stored = stored_query(query_of(300));
  Incoming incoming = edit_of(Version{1}, {}, {});
  incoming.action = Action::remove;
  run(state, stored, incoming, Strategy::keep_both);
}
BENCHMARK(delete_against_edit);

void mint(benchmark::State& state) {
  HybridClock clock;
  WallTime now{1'000'000};
  for (auto unused : state) {
    benchmark::DoNotOptimize(clock.mint(now));
    now.unix_ms ^= 1;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(mint);

}  // namespace
}  // namespace studiosync
