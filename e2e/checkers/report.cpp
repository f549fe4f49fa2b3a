#include "e2e/checkers/report.hpp"

namespace studiosync::e2e::judging {
namespace {

constexpr std::size_t shown_bytes_max = 60;

}  // namespace

void Report::add(Index event, RecordNo record, std::string message) {
  const RecordFacts& about = facts_.record(record);
  found_.push_back({.rule = std::string(rule_),
                    .event = facts_.event(event).number,
                    .lane = facts_.event(event).lane,
                    .user = std::string(about.user),
                    .type = about.type,
                    .id = std::string(about.id),
                    .message = std::move(message)});
}

void Report::add(Index event, std::string_view user, std::string message) {
  found_.push_back({.rule = std::string(rule_),
                    .event = facts_.event(event).number,
                    .lane = facts_.event(event).lane,
                    .user = std::string(user),
                    .message = std::move(message)});
}

std::string shown(const Facts& facts, ValueNo value) {
  if (value == ValueNo::absent) return "nothing";
  const std::string_view text = facts.contents.text(value);
  if (text.size() <= shown_bytes_max) return std::string(text);
  std::size_t end = shown_bytes_max;
  // Not in the middle of a character (RFC 3629).
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string shown(const Rev& rev) {
  return "version " + std::to_string(rev.version.value) + " of epoch " +
         std::to_string(rev.epoch.value);
}

}  // namespace studiosync::e2e::judging
