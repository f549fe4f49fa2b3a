// The stages that a record passes, each alone on one core: time and allocations a record. Records
// are saved queries of 300 bytes, 50 a frame. Sanitizing and deciding have programs of their own.
#include <benchmark/benchmark.h>

#include "bench/allocations.hpp"
#include "bench/stack/batches.hpp"
#include "bench/stack/records.hpp"
#include "core/base/check.hpp"
#include "core/protocol/codec.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "core/schema/validate.hpp"
#include "core/sync/apply.hpp"
#include "core/sync/pull.hpp"
#include "server/push/hub.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::bench {
namespace {

constexpr auto type = EntityType::saved_query;
constexpr std::size_t log_records = 1000;
constexpr server::UserRef user{0, UserId{1}};

// Runs `work`, which takes `records` through its stage; `prepare` before it is not measured.
template <class Prepare, class Work>
void measure(benchmark::State& state, std::size_t records, Prepare prepare, Work work) {
  std::uint64_t made = 0;
  for (auto unused : state) {
    state.PauseTiming();
    auto input = prepare();
    state.ResumeTiming();
    const std::uint64_t before = allocations();
    auto output = work(std::move(input));
    made += allocations() - before;
    benchmark::DoNotOptimize(output);
  }
  const auto all = static_cast<std::int64_t>(records) * state.iterations();
  state.SetItemsProcessed(all);
  state.counters["allocations"] = static_cast<double>(made) / static_cast<double>(all);
}

const auto nothing = [] { return 0; };

std::string content(std::size_t number) {
  return data_of(type, number).canonical();
}

std::vector<std::string> contents() {
  std::vector<std::string> all;
  for (std::size_t number = 0; number < batch_records; ++number) all.push_back(content(number));
  return all;
}

Frame decoded(const std::string& bytes) {
  auto frame = decode(bytes, Encoding::json);
  SS_CHECK(frame.has_value());
  return *std::move(frame);
}

// A server without a disk, and one replica that pushes to it.
class Server {
 public:
  Applied push(const Push& push) {
    Applied applied;
    store_.write(
        user,
        [&](UserTxn& log) {
          applied = apply_push(log, author_, push, {WallTime{push.now}, 1ULL << 40});
        },
        [](const Result<>&) {});
    SS_CHECK(!applied.error && applied.results.back().status == Status::applied);
    return applied;
  }

  void fill() {
    for (std::size_t done = 0; done < log_records; done += batch_records) push(next());
  }

  Push next() { return std::get<Push>(decoded(batches_.next()).body); }

  template <class Read>
  void read(Read read) {
    SS_CHECK(store_.read(user, read));
  }

 private:
  server::MemoryStore store_{
      {.clock = [] { return CommitTime{1}; }, .entropy = [] { return std::uint64_t{7}; }}};
  Author author_{ReplicaId{{1}}, {"laptop"}, "laptop"};
  Batches batches_{1};
};

void parse(benchmark::State& state) {
  const auto texts = contents();
  measure(state, texts.size(), nothing, [&](int) {
    for (const auto& text : texts) benchmark::DoNotOptimize(parse_json(text));
    return 0;
  });
}
BENCHMARK(parse);

void fields_of_stored_content(benchmark::State& state) {
  const auto texts = contents();
  measure(state, texts.size(), nothing, [&](int) {
    for (const auto& text : texts) benchmark::DoNotOptimize(Fields::from_content(text));
    return 0;
  });
}
BENCHMARK(fields_of_stored_content);

void validate_record(benchmark::State& state) {
  measure(
      state, 1, [] { return data_of(type, 1); },
      [](Json data) { return validate(spec_of(type), "q", std::move(data), Completeness::whole); });
}
BENCHMARK(validate_record);

void sanitize_record(benchmark::State& state) {
  measure(
      state, 1, [] { return data_of(type, 1); },
      [](Json data) { return sanitize(spec_of(type), data); });
}
BENCHMARK(sanitize_record);

void check_record_clean(benchmark::State& state) {
  const std::string text = content(1);
  measure(state, 1, nothing, [&](int) { return check_clean(text); });
}
BENCHMARK(check_record_clean);

void decode_push(benchmark::State& state) {
  const std::string bytes = Batches(1).next();
  measure(state, batch_records, nothing, [&](int) { return decode(bytes, Encoding::json); });
}
BENCHMARK(decode_push);

void encode_push(benchmark::State& state) {
  const Frame push = decoded(Batches(1).next());
  measure(state, batch_records, nothing, [&](int) { return encode(push, Encoding::json); });
}
BENCHMARK(encode_push);

void apply_push_in_memory(benchmark::State& state) {
  Server server;
  measure(
      state, batch_records, [&] { return server.next(); },
      [&](const Push& push) { return server.push(push); });
}
BENCHMARK(apply_push_in_memory);

void encode_pushed(benchmark::State& state) {
  Server server;
  const Applied applied = server.push(server.next());
  const Frame answer{"1", Pushed{applied.from, applied.to, applied.results, {}}};
  measure(state, batch_records, nothing, [&](int) { return encode(answer, Encoding::json); });
}
BENCHMARK(encode_pushed);

Changes page_of(Server& server) {
  Changes page;
  server.read([&](UserReader& log) { page = *read_page(log, Pull{{}, batch_records}); });
  return page;
}

void pull_page(benchmark::State& state) {
  Server server;
  server.fill();
  measure(state, batch_records, nothing, [&](int) { return page_of(server); });
}
BENCHMARK(pull_page);

void encode_page(benchmark::State& state) {
  Server server;
  server.fill();
  const Frame page{"1", page_of(server)};
  measure(state, batch_records, nothing, [&](int) { return encode(page, Encoding::json); });
}
BENCHMARK(encode_page);

void decode_page(benchmark::State& state) {
  Server server;
  server.fill();
  const std::string bytes = encode({"1", page_of(server)}, Encoding::json);
  measure(state, batch_records, nothing, [&](int) { return decode(bytes, Encoding::json); });
}
BENCHMARK(decode_page);

void digest_of_all(benchmark::State& state) {
  Server server;
  server.fill();
  measure(state, log_records, nothing, [&](int) {
    server.read([](UserReader& log) { benchmark::DoNotOptimize(read_digest(log, {})); });
    return 0;
  });
}
BENCHMARK(digest_of_all);

class Listener final : public server::Subscriber {
 public:
  void offer(const std::shared_ptr<const server::Broadcast>& broadcast) override {
    benchmark::DoNotOptimize(broadcast->bytes(Encoding::json));
  }
  void end(const Message&, std::uint16_t) override {}
  bool in_session(const std::string&) const override { return false; }
  const DeviceId& device() const override { return device_; }

 private:
  DeviceId device_;
};

// One changed record to a hundred devices: items are devices.
void publish(benchmark::State& state) {
  constexpr std::size_t devices = 100;
  Server server;
  server.fill();
  Changes one = page_of(server);
  one.changes.resize(1);
  server::Hub hub;
  for (std::size_t i = 0; i < devices; ++i) hub.subscribe(user, std::make_shared<Listener>());
  measure(
      state, devices, [&] { return one; },
      [&](Changes changes) {
        hub.publish(user, std::make_shared<const server::Broadcast>(std::move(changes)), nullptr);
        return 0;
      });
}
BENCHMARK(publish);

}  // namespace
}  // namespace studiosync::bench

BENCHMARK_MAIN();
