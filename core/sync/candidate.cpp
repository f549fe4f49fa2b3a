#include "core/sync/candidate.hpp"

namespace studiosync {
namespace {

bool deletes_what_is_stored(UserTxn& log, const Candidate& candidate) {
  return candidate.action == Action::remove && log.find(candidate.type, candidate.item_id);
}

Result<> take_names(UserTxn& log, Candidate& candidate, const std::string& path) {
  SS_ASSIGN(candidate.type, admit_type(candidate.type_text, path + ".item_type"));
  if (deletes_what_is_stored(log, candidate)) return {};
  return admit_id(candidate.item_id, path + ".item_id");
}

Result<> take_data(Candidate& candidate, Json data, const std::string& path) {
  if (candidate.action == Action::remove) return {};
  SS_ASSIGN(candidate.data,
            RedactedData::from(spec_of(candidate.type), std::move(data), path + ".data"));
  candidate.sent = candidate.data->json().canonical();
  candidate.redacted = !candidate.data->findings().empty();
  return {};
}

// The first reason for a refusal stays.
void take(UserTxn& log, Candidate& candidate, Json data, const std::string& path) {
  if (!candidate.invalid) {
    auto taken = take_names(log, candidate, path);
    if (taken) taken = take_data(candidate, std::move(data), path);
    if (taken) return;
    candidate.invalid = std::move(taken).error();
  }
  screen_name(candidate.type_text, candidate.invalid, path + ".item_type");
  screen_name(candidate.item_id, candidate.invalid, path + ".item_id");
}

// A plain change's identity is bound to its device; where it has no id, to all that it says. Of
// what was redacted it says nothing: a weak password could be guessed from a hash.
std::string payload_text(const PlainChange& change, const Candidate& candidate) {
  std::string text = candidate.type_text + '\n' + candidate.item_id + '\n';
  text += std::to_string(static_cast<int>(change.action)) + '\n' + candidate.sent + '\n';
  text += std::to_string(change.base.value) + '\n' + to_string(change.stamp) + '\n';
  for (const auto& field : change.changed_fields.value_or(std::vector<std::string>{}))
    text += without_credentials(field) + '\n';
  return text;
}

void identify(Candidate& candidate, const PlainChange& change, const Author& author) {
  const std::string payload = payload_text(change, candidate);
  candidate.payload = hash128(payload);
  const std::string& id = candidate.change_text.empty() ? payload : candidate.change_text;
  candidate.change.bytes = hash128("plain\n" + author.device.value + '\n' + id);
  if (candidate.change_text.empty()) candidate.change_text = to_string(candidate.change);
}

}  // namespace

std::string change_path(std::size_t index) {
  return "$.changes[" + std::to_string(index) + "]";
}

Candidate candidate_from(UserTxn& log, PushChange& change, std::size_t index, const Author& author,
                         Stamp stamp) {
  Candidate candidate{.change_text = to_string(change.change),
                      .change = change.change,
                      .type_text = std::move(change.type_text),
                      .item_id = std::move(change.item_id),
                      .action = change.action,
                      .reason = std::move(change.reason),
                      .base = change.base.version,
                      .base_epoch = change.base.epoch,
                      .changed = std::move(change.changed_fields),
                      .origin = {author.replica, change.device_seq, stamp},
                      .invalid = std::move(change.invalid),
                      .confirmed = change.confirm_mass_delete};
  take(log, candidate, std::move(change.data), change_path(index));
  return candidate;
}

Candidate candidate_from(UserTxn& log, const PlainChange& change, std::size_t index,
                         const Author& author, Stamp stamp) {
  Candidate candidate{.change_text = change.id,
                      .type_text = change.type_text,
                      .item_id = change.item_id,
                      .action = change.action,
                      .reason = change.reason,
                      .base = change.base,
                      .changed = change.changed_fields,
                      .origin = {{}, {}, stamp},
                      .invalid = change.invalid,
                      .partial = change.action == Action::upsert && change.base.value > 0};
  const std::string path = change_path(index);
  screen_name(candidate.change_text, candidate.invalid, path + ".id");
  take(log, candidate, change.data, path);
  identify(candidate, change, author);
  return candidate;
}

}  // namespace studiosync
