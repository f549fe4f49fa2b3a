// Bytes a second of each layer of the sanitizer and of all together, beside what memchr does over
// the same bytes right after; `ratio` is the share of it. And the memory that a scan takes beside
// its input.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "bench/sanitizer_texts.hpp"
#include "core/base/json.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/text/text_rules.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "os/cpu_time.hpp"

namespace {

std::atomic<std::size_t> live_bytes{0};
std::atomic<std::size_t> peak_bytes{0};

}  // namespace

// Counts what the C++ heap holds at most. The two replace the library's as a pair.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t live = live_bytes += malloc_usable_size(memory);
  if (live > peak_bytes) peak_bytes = live;
  return memory;
}
void operator delete(void* memory) noexcept {
  live_bytes -= malloc_usable_size(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace studiosync::bench {
namespace {

constexpr std::size_t text_bytes = 4U << 20;

using Stage = void (*)(const std::string& text);

void run_memchr(const std::string& text) {
  benchmark::DoNotOptimize(std::memchr(text.data(), 1, text.size()));
}

void run_lexer(const std::string& text) {
  SqlLexer lexer(text, SqlReading::standard());
  std::size_t tokens = 0;
  while (lexer.next().kind != SqlTokenKind::end) ++tokens;
  benchmark::DoNotOptimize(tokens);
}

void run_text_rules(const std::string& text) {
  static const TextRules rules(sql_trigger_words());
  Hits hits;
  benchmark::DoNotOptimize(rules.find(text, TextKind::code, hits));
}

void run_sanitizer(const std::string& text) {
  benchmark::DoNotOptimize(clean_text(text, TextAs::sql));
}

void run_sanitizer_on_prose(const std::string& text) {
  benchmark::DoNotOptimize(clean_text(text, TextAs::text));
}

void run_validator(const std::string& content) {
  benchmark::DoNotOptimize(check_clean(content));
}

// What happens to a query on its way out: both layers, and the validator over what is sent.
void run_all(const std::string& text) {
  auto cleaned = clean_text(text, TextAs::sql);
  const Json sent(cleaned ? std::move(cleaned->text) : text);
  benchmark::DoNotOptimize(check_clean(sent.canonical()));
}

// The program has one thread.
double seconds_of(const auto& work) {
  const auto before = os::process_cpu_time();
  work();
  return std::chrono::duration<double>(os::process_cpu_time() - before).count();
}

double memchr_seconds(const std::string& text) {
  constexpr int rounds = 20;
  return seconds_of([&] {
           for (int i = 0; i < rounds; ++i) run_memchr(text);
         }) /
         rounds;
}

// `work` takes all of `text` once.
void measure_rate(benchmark::State& state, const std::string& text, const auto& work) {
  const double seconds = seconds_of([&] {
    for (auto _ : state) work();
  });
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  const double once = seconds / static_cast<double>(state.iterations());
  const double limit = memchr_seconds(text);
  state.counters["memchr_bytes_per_s"] = static_cast<double>(text.size()) / limit;
  state.counters["ratio"] = limit / once;
}

void measure(benchmark::State& state, Stage stage, const std::string& text) {
  const std::size_t before = live_bytes;
  peak_bytes = before;
  measure_rate(state, text, [&] { stage(text); });
  state.counters["memory_per_byte"] =
      static_cast<double>(peak_bytes - before) / static_cast<double>(text.size());
}

void add(const std::string& stage, const std::string& name, Stage run, const std::string& text) {
  benchmark::RegisterBenchmark((stage + "/" + name).c_str(), measure, run, text)
      ->Unit(benchmark::kMillisecond);
}

// What is stored of a query: the validator would be done at the first credential.
std::string content_of(const std::string& text) {
  auto cleaned = clean_text(text, TextAs::sql);
  return Json(cleaned ? std::move(cleaned->text) : text).canonical();
}

// The lexer, the text rules and the validator one after the other, per byte of the text.
void measure_layers(benchmark::State& state, const std::string& text) {
  const std::string content = content_of(text);
  measure_rate(state, text, [&] {
    run_lexer(text);
    run_text_rules(text);
    run_validator(content);
  });
}

void add_layers(const std::string& stage, const std::string& name, const std::string& text) {
  benchmark::RegisterBenchmark((stage + "/" + name).c_str(), measure_layers, text)
      ->Unit(benchmark::kMillisecond);
}

void add_ordinary(const std::string& name, const std::string& text) {
  add("lexer", name, run_lexer, text);
  add("text_rules", name, run_text_rules, text);
  add("validator", name, run_validator, Json(text).canonical());
  add_layers("layers", name, text);
  add("sanitizer", name, run_sanitizer, text);
  add("all", name, run_all, text);
}

void add_worst() {
  for (const NamedText& worst : worst_texts(text_bytes / 4)) {
    add_layers("worst_layers", worst.name, worst.text);
    add("worst_sanitizer", worst.name, run_sanitizer, worst.text);
    add("worst_prose", worst.name, run_sanitizer_on_prose, worst.text);
    add("worst_validator", worst.name, run_validator, content_of(worst.text));
  }
}

}  // namespace
}  // namespace studiosync::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  studiosync::bench::add_ordinary("ordinary_sql",
                                  studiosync::bench::ordinary_sql(studiosync::bench::text_bytes));
  studiosync::bench::add_ordinary("suspicious_sql",
                                  studiosync::bench::suspicious_sql(studiosync::bench::text_bytes));
  studiosync::bench::add_worst();
  benchmark::RunSpecifiedBenchmarks();
}
