#include "e2e/checkers/explain.hpp"

#include <algorithm>

#include "core/base/time.hpp"
#include "e2e/checkers/content.hpp"
#include "e2e/history/history_file.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t value_bytes_max = 40;

bool same(const Violation& violation, const auto& about) {
  return about.type == violation.type && about.id == violation.id;
}

bool concerns(const Violation& violation, const Edited& what) {
  return same(violation, what) && what.user == violation.user;
}
bool concerns(const Violation& violation, const FrozenEdit& what) {
  return same(violation, what);
}
bool concerns(const Violation& violation, const Committed& what) {
  return what.user == violation.user &&
         (same(violation, what.row) ||
          (what.row.type == EntityType::conflict &&
           judging::unquoted(judging::member_of(what.row.content, "item_id")) == violation.id));
}
bool concerns(const Violation& violation, const Acknowledged& what) {
  return same(violation, what) && what.user == violation.user;
}
bool concerns(const Violation& violation, const Decided& what) {
  return same(violation, what) && what.user == violation.user;
}
bool concerns(const Violation& violation, const Moved& what) {
  return what.user == violation.user &&
         std::ranges::any_of(what.rows, [&](const auto& row) { return same(violation, row); });
}
bool concerns(const Violation&, const Turned& what) {
  return what.what == Turned::What::restored || what.what == Turned::What::reset;
}
bool concerns(const Violation&, const auto&) {
  return false;
}

std::string cut(std::string_view value) {
  if (value.empty()) return "nothing";
  if (value.size() <= value_bytes_max) return std::string(value);
  std::size_t end = value_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
  return std::string(value.substr(0, end)) + "…";
}

void add_difference(std::string_view before, std::string_view after, bool added,
                    std::string& text) {
  for (const judging::MemberText& member : judging::members_of(added ? after : before)) {
    const std::string_view old = judging::member_of(before, member.name);
    const std::string_view now = judging::member_of(after, member.name);
    if (old == now || (added && !old.empty())) continue;
    text += " " + std::string(member.name) + ": " + cut(old) + " -> " + cut(now) + ";";
  }
}

std::string details(const Edited& what) {
  if (what.action == Action::remove) return " delete";
  std::string text = what.local_only ? " (stays here)" : "";
  add_difference(what.before, what.after, false, text);
  add_difference(what.before, what.after, true, text);
  return text;
}
std::string details(const Decided& what) {
  std::string text = " " + std::string(to_string(what.what)) + " change " + to_string(what.change);
  add_difference(what.before, what.after, false, text);
  add_difference(what.before, what.after, true, text);
  return text;
}
std::string version(const Rev& rev) {
  return " version " + std::to_string(rev.version.value) + " of epoch " +
         std::to_string(rev.epoch.value);
}
std::string details(const FrozenEdit& what) {
  return " as number " + std::to_string(what.seq.value) + ", seen:" + version(what.base);
}
std::string details(const Committed& what) {
  std::string text = version(what.row.rev) + " at " + std::to_string(what.row.seq.value);
  if (what.row.deleted) return text + ", a tombstone " + what.row.reason;
  if (what.row.type == EntityType::conflict) return text + ", its conflict";
  add_difference({}, what.row.content, true, text);
  return text;
}
std::string details(const Acknowledged& what) {
  return " " + std::string(to_string(what.status)) + "," + version(what.rev);
}
std::string details(const Moved& what) {
  return " from " + std::to_string(what.from.seq.value) + " to " +
         std::to_string(what.to.seq.value);
}
std::string details(const Turned& what) {
  return " " + std::string(to_string(what.what)) + " " + what.user;
}
std::string details(const auto&) {
  return {};
}

std::string line(const Event& event, bool marked) {
  const std::string details_text =
      std::visit([](const auto& what) { return details(what); }, event.what);
  return std::string(marked ? "> " : "  ") + "#" + std::to_string(event.number) + " " +
         to_rfc3339(event.at).substr(11, 12) + " " + event.lane + " " +
         std::string(kind_name(event.what)) + details_text;
}

}  // namespace

std::vector<std::string> explain(const History& history, const Violation& violation,
                                 std::size_t lines_max) {
  std::vector<const Event*> events;
  for (const Event& event : history) {
    const bool about =
        !violation.id.empty() &&
        std::visit([&](const auto& what) { return concerns(violation, what); }, event.what);
    if (about || event.number == violation.event) events.push_back(&event);
  }
  const auto distance = [&](const Event* event) {
    return event->number > violation.event ? event->number - violation.event
                                           : violation.event - event->number;
  };
  std::ranges::stable_sort(events, {}, distance);
  events.resize(std::min(events.size(), lines_max));
  std::ranges::sort(events, {}, &Event::number);
  std::vector<std::string> lines;
  for (const Event* event : events) lines.push_back(line(*event, event->number == violation.event));
  return lines;
}

}  // namespace studiosync::e2e
