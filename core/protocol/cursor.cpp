#include "core/protocol/cursor.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/protocol/object_reader.hpp"

namespace studiosync {
namespace {

std::string hex(std::uint64_t value) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return {digits.data(), end};
}

// Takes the hexadecimal number before `end` (or the end of the text) from the front.
std::optional<std::uint64_t> take_hex(std::string_view& rest, char end) noexcept {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value, 16);
  if (error != std::errc{}) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
  if (end == '\0') return rest.empty() ? std::optional(value) : std::nullopt;
  if (rest.empty() || rest[0] != end) return std::nullopt;
  rest.remove_prefix(1);
  return value;
}

using Mark = Epochs::const_reverse_iterator;

// The newest mark whose epoch `known` has too.
Mark newest_common(const Epochs& epochs, const Epochs& known) noexcept {
  return std::find_if(epochs.rbegin(), epochs.rend(), [&](const EpochMark& mark) {
    return std::any_of(known.begin(), known.end(),
                       [&](const EpochMark& other) { return other.epoch == mark.epoch; });
  });
}

// The last seq before the epoch that follows `mark`; unbounded when none does.
Seq last_of(const Epochs& epochs, Mark mark) noexcept {
  if (mark == epochs.rbegin()) return {std::numeric_limits<std::uint64_t>::max()};
  const Seq next = std::prev(mark)->first_seq;
  return {next.value == 0 ? 0 : next.value - 1};
}

}  // namespace

std::string to_string(const Cursor& cursor) {
  return "e" + hex(cursor.epoch.value) + "-" + hex(cursor.seq.value) + "-" +
         hex(cursor.generation.value);
}

std::optional<Cursor> parse_cursor(std::string_view text) noexcept {
  if (text.empty() || text[0] != 'e') return std::nullopt;
  text.remove_prefix(1);
  const auto epoch = take_hex(text, '-');
  const auto seq = epoch ? take_hex(text, '-') : std::nullopt;
  const auto generation = seq ? take_hex(text, '\0') : std::nullopt;
  if (!generation || *epoch > integer_max || *seq > limits::seq_max || *generation > integer_max) {
    return std::nullopt;
  }
  return Cursor{{*epoch}, {*seq}, {*generation}};
}

Epoch epoch_at(const Epochs& epochs, Seq seq) noexcept {
  Epoch epoch;
  for (const EpochMark& mark : epochs) {
    if (mark.first_seq <= seq) epoch = mark.epoch;
  }
  return epoch;
}

bool cursor_valid(const Cursor& cursor, const Epochs& epochs, Seq head) noexcept {
  if (!cursor.seq) return true;
  if (SS_ZOO(restore_is_seen_by_the_head_only)) return cursor.seq <= head;
  const auto own = std::find_if(epochs.begin(), epochs.end(),
                                [&](const EpochMark& mark) { return mark.epoch == cursor.epoch; });
  if (own == epochs.end() || cursor.seq > head) return false;
  return std::none_of(std::next(own), epochs.end(),
                      [&](const EpochMark& later) { return later.first_seq <= cursor.seq; });
}

Seq fork_point(const Epochs& theirs, const Epochs& ours, Seq head) noexcept {
  if (SS_ZOO(fork_is_the_head)) return head;
  const Mark mine = newest_common(ours, theirs);
  if (mine == ours.rend()) return {};
  const Mark yours = newest_common(theirs, ours);
  return std::min({last_of(ours, mine), last_of(theirs, yours), head});
}

Epochs with_epoch_of(const Cursor& cursor, Epochs epochs) {
  const bool listed = std::ranges::any_of(
      epochs, [&](const EpochMark& mark) { return mark.epoch == cursor.epoch; });
  if (!cursor.seq || listed) return epochs;
  const auto behind = std::ranges::upper_bound(epochs, cursor.seq, {}, &EpochMark::first_seq);
  epochs.insert(behind, {cursor.epoch, cursor.seq});
  return epochs;
}

}  // namespace studiosync
