#include "core/sanitizer/validator/trigger_index.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/base/check.hpp"
#include "core/sanitizer/validator/shape.hpp"

namespace studiosync::validator {
namespace {

constexpr std::uint64_t fold = 0x2020202020202020U;
constexpr std::size_t gram_bytes = 4;

// Multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
constexpr std::uint32_t multiplier = 0x9e3779b1U;
constexpr std::uint32_t hash(std::uint32_t value, std::size_t bits) noexcept {
  return value * multiplier >> (32 - bits);
}
// Of the three low bytes: the fourth is multiplied out of the word.
constexpr std::uint32_t window_hash(std::uint64_t bytes, std::size_t bits) noexcept {
  return static_cast<std::uint32_t>(bytes) * (multiplier << 8) >> (32 - bits);
}

// Little-endian on every machine. Written as one expression, it is one load where the machine is.
template <std::size_t... index>
std::uint64_t load_bytes(const char* bytes, std::index_sequence<index...>) noexcept {
  return ((std::uint64_t{static_cast<unsigned char>(bytes[index])} << (8 * index)) | ...);
}
template <std::size_t size>
std::uint64_t load(const char* bytes) noexcept {
  return load_bytes(bytes, std::make_index_sequence<size>());
}

std::uint32_t gram_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<std::uint32_t>(load<gram_bytes>(text.data() + at) | fold);
}

// Every gram that four cells allow. Bytes that differ in the bit of the case alone are one.
std::vector<std::uint32_t> grams_of(std::string_view shape, std::size_t anchor) {
  std::vector<std::uint32_t> grams{0};
  for (std::size_t i = 0; i < gram_bytes; ++i) {
    const Cell cell = cell_of(shape, anchor + i);
    std::vector<std::uint32_t> longer;
    for (const std::uint32_t gram : grams) {
      for (std::uint32_t c = 0; c < 128; ++c) {
        if (cell.accepts(static_cast<char>(c))) longer.push_back(gram | (c | 0x20U) << (8 * i));
      }
    }
    std::sort(longer.begin(), longer.end());
    longer.erase(std::unique(longer.begin(), longer.end()), longer.end());
    grams = std::move(longer);
  }
  return grams;
}

// Whether the literal text that the shape begins with stands there, in any case: most grams stand
// in other words.
bool begins_alike(std::string_view text, std::size_t at, const Trigger& trigger) noexcept {
  const std::string_view literal = trigger.shape.substr(0, trigger.shape.find('{'));
  if (text.size() - at < literal.size()) return false;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if ((text[at + i] | 0x20) != (literal[i] | 0x20)) return false;
  }
  return true;
}

}  // namespace

TriggerIndex::TriggerIndex(std::span<const Trigger> triggers) {
  for (const Trigger& trigger : triggers) {
    for (const std::uint32_t gram : grams_of(trigger.shape, trigger.anchor)) {
      entries_.push_back({gram, &trigger});
    }
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& left, const Entry& right) { return left.gram < right.gram; });
  SS_CHECK(entries_.size() < slots_.size() / 2);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i == 0 || entries_[i - 1].gram != entries_[i].gram) add_gram(i);
  }
  entries_.push_back({.gram = 0, .trigger = nullptr});
}

void TriggerIndex::add_gram(std::size_t first_entry) {
  const std::uint32_t gram = entries_[first_entry].gram;
  windows_[window_hash(gram, window_bits)] = 1;
  windows_[window_hash(gram >> 8, window_bits)] = 1;
  std::size_t slot = hash(gram, slot_bits);
  while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
  slots_[slot] = static_cast<std::uint16_t>(first_entry + 1);
}

// At the gram's first entry, or at the one behind all.
const TriggerIndex::Entry* TriggerIndex::first_entry(std::uint32_t gram) const noexcept {
  for (std::size_t slot = hash(gram, slot_bits);; slot = (slot + 1) % slots_.size()) {
    if (slots_[slot] == 0) return &entries_.back();
    const Entry& entry = entries_[slots_[slot] - 1U];
    if (entry.gram == gram) return &entry;
  }
}

inline std::uint8_t TriggerIndex::window_hit(std::uint64_t bytes) const noexcept {
  return windows_[window_hash(bytes, window_bits)];
}

bool TriggerIndex::may_begin_at(std::string_view text, std::size_t at) const noexcept {
  const std::uint32_t gram = gram_at(text, at);
  for (const Entry* entry = first_entry(gram); is_of(*entry, gram); ++entry) {
    const Trigger& trigger = *entry->trigger;
    if (trigger.anchor <= at && begins_alike(text, at - trigger.anchor, trigger)) return true;
  }
  return false;
}

// A bit for each of the windows at 1, 3 and 5 that is in the table: each window lies in the two
// grams that begin at it and right before it.
inline unsigned TriggerIndex::windows_in(const char* bytes) const noexcept {
  const std::uint64_t folded = load<8>(bytes) | fold;
  return window_hit(folded >> 8) | unsigned{window_hit(folded >> 24)} << 1 |
         unsigned{window_hit(folded >> 40)} << 2;
}

std::size_t TriggerIndex::next(std::string_view text, std::size_t from) const noexcept {
  constexpr std::size_t step = 12;
  std::size_t at = from;
  for (; at + step + gram_bytes - 1 <= text.size(); at += step) {
    const char* bytes = text.data() + at;
    unsigned windows = windows_in(bytes) | windows_in(bytes + step / 2) << 3;
    for (; windows != 0; windows &= windows - 1) {
      const std::size_t first = at + 2 * static_cast<std::size_t>(std::countr_zero(windows));
      if (may_begin_at(text, first)) return first;
      if (may_begin_at(text, first + 1)) return first + 1;
    }
  }
  for (; at + gram_bytes <= text.size(); ++at) {
    if (may_begin_at(text, at)) return at;
  }
  return std::string_view::npos;
}

std::string_view TriggerIndex::examine(Passage& passage, std::size_t at) const noexcept {
  const std::uint32_t gram = gram_at(passage.text(), at);
  for (const Entry* entry = first_entry(gram); is_of(*entry, gram); ++entry) {
    const Trigger& trigger = *entry->trigger;
    if (trigger.anchor > at) continue;
    const std::size_t begin = at - trigger.anchor;
    if (trigger.recognize == nullptr) {
      if (has_shape(passage.text(), begin, trigger.shape)) return trigger.rule;
    } else if (const Rule* rule = trigger.recognize(passage, begin)) {
      return rule->id;
    }
  }
  return {};
}

}  // namespace studiosync::validator
