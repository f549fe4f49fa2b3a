#include "e2e/cli/real_judgement.hpp"

#include <cstdio>

#include "e2e/cli/exit_code.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view verdict_not_started = "not started";

std::uint64_t number_of(const Json& outcome, const char* member) {
  return outcome.find(member)->as_uint();
}

std::string text_of(const Json& outcome, const char* member) {
  return outcome.find(member)->as_string();
}

void print(std::uint64_t seed, const Json& outcome) {
  const auto number = static_cast<unsigned long long>(seed);
  if (outcome.find("edits") == nullptr) {
    std::printf("seed %llu: crashed\n", number);
    return;
  }
  std::printf(
      "seed %llu: %s, %llu edits, %.1f s; %s\n", number, text_of(outcome, "verdict").c_str(),
      static_cast<unsigned long long>(number_of(outcome, "edits")),
      static_cast<double>(number_of(outcome, "ms")) / 1000.0, text_of(outcome, "about").c_str());
  const Json* violations = outcome.find("violations");
  if (violations == nullptr) return;
  for (const Json& violation : violations->items()) {
    std::printf("  %s on %s: %s\n", text_of(violation, "rule").c_str(),
                text_of(violation, "lane").c_str(), text_of(violation, "message").c_str());
  }
}

}  // namespace

std::string_view RealJudgement::verdict() const noexcept {
  if (!run.began) return verdict_not_started;
  if (!fine()) return "violation";
  return unjudged() ? "unjudged" : "ok";
}

int RealJudgement::exit_code() const noexcept {
  if (!run.began) return exit_not_started;
  if (!fine()) return exit_violation;
  return unjudged() ? exit_unjudged : exit_fine;
}

RealJudgement judge_real(const Scenario& scenario, const RealOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  RealJudgement judgement{.run = run_real(scenario, options)};
  judgement.violations = judge(scenario, judgement.run.history, judgement.run.unmet);
  const History& history = judgement.run.history;
  for (const RealFailure& failure : judgement.run.failures) {
    judgement.violations.push_back({.rule = "process",
                                    .event = history.empty() ? 0 : history.size() - 1,
                                    .lane = failure.lane,
                                    .message = failure.message});
  }
  judgement.took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  return judgement;
}

Json to_json(std::uint64_t seed, const Scenario& scenario, const RealJudgement& judgement) {
  std::uint64_t edits = 0;
  for (const Event& event : judgement.run.history) {
    edits += std::holds_alternative<Edited>(event.what) ? 1U : 0U;
  }
  Json line = Json::object().set("seed", seed).set("name", scenario.name);
  line.set("verdict", judgement.verdict()).set("about", scenario.about);
  line.set("edits", edits).set("ms", static_cast<std::uint64_t>(judgement.took.count()));
  const LeftOut& left = judgement.run.left_out;
  line.set("expectations_judged", static_cast<std::uint64_t>(judgement.run.judged));
  line.set("expectations_left_out", static_cast<std::uint64_t>(left.expectations));
  Json left_out = Json::array();
  for (const std::string& what : left.what) left_out.push_back(what);
  if (!left_out.items().empty()) line.set("left_out", std::move(left_out));
  return with_violations(std::move(line), judgement.violations);
}

void RealReport::take(std::uint64_t seed, const std::optional<std::string>& line) {
  ++seeds_;
  const Json outcome =
      line ? parse_json(*line).value() : Json::object().set("seed", seed).set("verdict", "crashed");
  const std::string verdict = text_of(outcome, "verdict");
  if (verdict == verdict_not_started) {
    ++not_started_;
  } else if (verdict != "ok") {
    ++bad_;
  }
  if (json_) {
    std::printf("%s\n", outcome.dump().c_str());
  } else {
    print(seed, outcome);
  }
  std::fflush(stdout);
}

int RealReport::finish() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
  const std::string not_started =
      not_started_ == 0 ? "" : std::to_string(not_started_) + " not started, ";
  std::fprintf(json_ ? stderr : stdout,
               "%llu seeds, %llu with violations, %s%.1f s, %.2f seeds/s\n",
               static_cast<unsigned long long>(seeds_), static_cast<unsigned long long>(bad_),
               not_started.c_str(), seconds, static_cast<double>(seeds_) / seconds);
  if (bad_ != 0) return exit_violation;
  return not_started_ == 0 ? exit_fine : exit_not_started;
}

}  // namespace studiosync::e2e
