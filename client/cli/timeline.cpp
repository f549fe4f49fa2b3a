#include "client/cli/timeline.hpp"

#include <algorithm>

#include "client/cli/reply_member.hpp"

namespace studiosync::client {
namespace {

void append(std::string& text, const std::string& part) {
  text += (text.empty() ? "" : ", ") + part;
}

struct Explanation {
  JournalEvent event;
  std::string_view detail;  // empty: any other
  std::string_view reason;
};

constexpr Explanation explanations[] = {
    {JournalEvent::edited, "retry", "you had it queued again"},
    {JournalEvent::edited, "", "you changed it here; queued for the server"},
    {JournalEvent::frozen, "", "uploaded from now on, until the server answers"},
    {JournalEvent::answered, "applied", "the server took it as it was sent"},
    {JournalEvent::answered, "merged", "the server had a newer version, and both went together"},
    {JournalEvent::answered, "conflict", "the server had a newer version: the policy decided"},
    {JournalEvent::answered, "unchanged", "the server had the same already"},
    {JournalEvent::answered, "duplicate", "the server had taken this very change before"},
    {JournalEvent::answered, "", "the server's answer"},
    {JournalEvent::applied, "", "the server's newer version is shown from now on"},
    {JournalEvent::merged, "", "the server has a newer version; your unsettled edit stays"},
    {JournalEvent::skipped, "older", "not newer than what was here"},
    {JournalEvent::skipped, "local_only", "the record here is private, and hides the server's"},
    {JournalEvent::skipped, "", "it changed nothing here"},
    {JournalEvent::rejected, "", "refused for good; syncctl rejected list"},
    {JournalEvent::held, "", "so many deletes wait for your confirmation"},
    {JournalEvent::resync, "missing", "the server's complete list does not have it"},
    {JournalEvent::resync, "recreated", "the server lacks it; your edit makes it anew"},
    {JournalEvent::resync, "", "read anew with everything else"},
};

std::string_view reason_of(const JournalEntry& entry) {
  const auto* found = std::ranges::find_if(explanations, [&](const Explanation& one) {
    return one.event == entry.event && (one.detail.empty() || one.detail == entry.detail);
  });
  return found == std::end(explanations) ? std::string_view() : found->reason;
}

TimelineStep step_of(const JournalEntry& entry) {
  TimelineStep step{.at = entry.at,
                    .where = "device",
                    .what = std::string(to_string(entry.event)),
                    .detail = entry.detail,
                    .reason = std::string(reason_of(entry))};
  if (entry.device_seq) append(step.detail, "change " + std::to_string(entry.device_seq.value));
  if (entry.rev.version) append(step.detail, "version " + std::to_string(entry.rev.version.value));
  // An answer tells how far the log had come with all changes of its push.
  const bool answer = entry.event == JournalEvent::answered;
  if (entry.seq)
    append(step.detail, (answer ? "seq up to " : "seq ") + std::to_string(entry.seq.value));
  return step;
}

// What the server is known to have done last.
TimelineStep committed(const Record& shadow, const DeviceId& here) {
  const bool own = shadow.device == here;
  TimelineStep step{.at = {shadow.committed.unix_us / 1000},
                    .where = "server",
                    .what = "committed",
                    .detail = shadow.deleted ? "delete" : "put"};
  append(step.detail, "version " + std::to_string(shadow.rev.version.value));
  if (shadow.seq)
    append(step.detail, (own ? "seq up to " : "seq ") + std::to_string(shadow.seq.value));
  append(step.detail, "by " + (own ? "this device" : shadow.device.value));
  step.reason = "stored, and pushed to every device that is connected";
  return step;
}

bool heard_from_server(const TimelineStep& step) {
  return step.where == "device" && step.what != to_string(JournalEvent::edited) &&
         step.what != to_string(JournalEvent::frozen);
}

// At the same moment before what the device heard of it.
void insert(TimelineStep step, std::vector<TimelineStep>& steps) {
  const auto place = std::ranges::find_if(steps, [&](const TimelineStep& other) {
    return step.at < other.at || (step.at == other.at && heard_from_server(other));
  });
  steps.insert(place, std::move(step));
}

void add_conflicts(const Json& reply, const DeviceRecord& record,
                   std::vector<TimelineStep>& steps) {
  for (const Json& conflict : list_member(reply, "conflicts")) {
    if (text_member(conflict, "item_id") != record.id) continue;
    if (text_member(conflict, "item_type") != to_string(record.type)) continue;
    const auto at = parse_rfc3339(text_member(conflict, "detected_at"));
    TimelineStep step{.where = "server",
                      .what = "conflict",
                      .detail = text_member(conflict, "id"),
                      .reason = "two devices changed the same"};
    if (at) step.at = {at->unix_us / 1000};
    append(step.detail, text_member(conflict, "strategy") + ", " + text_member(conflict, "status"));
    insert(std::move(step), steps);
  }
}

}  // namespace

std::vector<TimelineStep> timeline_of(DeviceStore& store, const DeviceRecord& record,
                                      const Json& conflicts) {
  std::vector<TimelineStep> steps;
  for (const JournalEntry& entry : store.journal_of(record.type, record.id)) {
    steps.push_back(step_of(entry));
  }
  std::ranges::stable_sort(steps, {}, &TimelineStep::at);
  if (record.shadow && record.shadow->committed.unix_us > 0) {
    insert(committed(*record.shadow, store.meta().device), steps);
  }
  add_conflicts(conflicts, record, steps);
  return steps;
}

}  // namespace studiosync::client
