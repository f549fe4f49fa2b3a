#include "core/sanitizer/text/anchor_matcher.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/check.hpp"
#include "core/sanitizer/text/token_text.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/trigger_word.hpp"

namespace studiosync {
namespace {

constexpr std::uint64_t case_bit = 0x20;
constexpr std::size_t pair_bytes = 2;

std::uint64_t load(std::string_view text) noexcept {
  std::uint64_t bytes = 0;
  if (text.size() >= sizeof bytes) {
    std::memcpy(&bytes, text.data(), sizeof bytes);  // of constant size: one instruction
  } else {
    std::memcpy(&bytes, text.data(), text.size());
  }
  return bytes;
}

bool same_in_any_case(std::string_view text, std::string_view literal) noexcept {
  return text.size() >= literal.size() &&
         std::equal(literal.begin(), literal.end(), text.begin(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

}  // namespace

AnchorMatcher::AnchorMatcher(std::vector<Anchor> anchors)
    : anchors_(std::move(anchors)),
      path_(TrigramFilter::runs_here(Path::avx2) ? Path::avx2 : Path::portable) {
  SS_CHECK(anchors_.size() <= UINT16_MAX);
  std::vector<std::pair<std::size_t, Entry>> slotted;
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    filter_.add(anchors_[i].literal);
    const Entry entry = entry_of(anchors_[i], i);
    for (const std::size_t slot : slots_of(anchors_[i].literal)) slotted.emplace_back(slot, entry);
  }
  std::stable_sort(slotted.begin(), slotted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  SS_CHECK(slotted.size() <= UINT16_MAX);
  for (const auto& [slot, entry] : slotted) {
    ++first_entry_[slot + 1];
    entries_.push_back(entry);
  }
  for (std::size_t i = 1; i < first_entry_.size(); ++i) first_entry_[i] += first_entry_[i - 1];
}

// Where the literal is looked for. What follows one of two bytes may be any.
std::set<std::size_t> AnchorMatcher::slots_of(std::string_view literal) {
  SS_CHECK(literal.size() >= pair_bytes);
  if (literal.size() > pair_bytes) return {hash({literal[0], literal[1], literal[2]})};
  std::set<std::size_t> slots;
  for (int third = 0; third <= UINT8_MAX; ++third) {
    slots.insert(hash({literal[0], literal[1], static_cast<char>(third)}));
  }
  return slots;
}

AnchorMatcher::Entry AnchorMatcher::entry_of(const Anchor& anchor, std::size_t index) noexcept {
  std::array<unsigned char, sizeof(std::uint64_t)> mask{};
  for (std::size_t i = 0; i < std::min(anchor.literal.size(), mask.size()); ++i) {
    mask[i] = is_letter(anchor.literal[i]) ? 0xff & ~case_bit : 0xff;
  }
  Entry entry{.anchor = static_cast<std::uint16_t>(index),
              .begins_word = anchor.begins_word,
              .ends_word = anchor.ends_word};
  std::memcpy(&entry.mask, mask.data(), mask.size());
  entry.bytes = load(anchor.literal) & entry.mask;
  return entry;
}

// The same for letters in both cases, and for some other pairs of bytes.
std::size_t AnchorMatcher::hash(const std::array<char, 3>& trigram) noexcept {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(trigram[i]) | case_bit);
  };
  return ((byte(0) | (byte(1) << 8U) | (byte(2) << 16U)) * 0x9e3779b1U) >> (32U - hash_bits);
}

void AnchorMatcher::visit(TextScan& scan, std::size_t at) const {
  // Behind a text's end the filter saw zeros.
  if (at + pair_bytes > scan.text.size()) return;
  const std::string_view rest = scan.text.substr(at);
  const bool is_pair = rest.size() == pair_bytes;
  const std::size_t slot =
      is_pair ? hash({rest[0], rest[1], '\0'}) : hash({rest[0], rest[1], rest[2]});
  if (first_entry_[slot] == first_entry_[slot + 1]) return;
  const std::uint64_t bytes = load(rest);
  for (std::size_t i = first_entry_[slot]; i < first_entry_[slot + 1]; ++i) {
    const Entry& entry = entries_[i];
    if ((bytes & entry.mask) != entry.bytes) continue;
    if (entry.begins_word && !starts_token(scan.text, at)) continue;
    const Anchor& anchor = anchors_[entry.anchor];
    if (anchor.literal.size() > sizeof bytes && !same_in_any_case(rest, anchor.literal)) continue;
    if (entry.ends_word && !ends_word(scan.text, at + anchor.literal.size())) continue;
    anchor.recognize(scan, at);
  }
}

void AnchorMatcher::run(TextScan& scan) const {
  run(scan, path_);
}

void AnchorMatcher::run(TextScan& scan, Path path) const {
  constexpr std::size_t step = TrigramFilter::step_bytes;
  constexpr std::size_t overhang = TrigramFilter::overhang;
  const std::string_view text = scan.text;
  if (text.size() < pair_bytes) return;
  TrigramFilter::Places places;
  const auto look = [&](const char* bytes, std::size_t at, std::size_t steps) {
    filter_.look(bytes, steps, places, path);
    for (std::size_t i = 0; i < places.count; ++i) visit(scan, at + places.at[i]);
  };

  std::size_t at = 0;
  while (text.size() - at >= step + overhang) {
    const std::size_t steps =
        std::min((text.size() - at - overhang) / step, TrigramFilter::steps_max);
    look(text.data() + at, at, steps);
    at += steps * step;
  }
  std::array<char, step + overhang> last{};
  std::memcpy(last.data(), text.data() + at, text.size() - at);
  look(last.data(), at, 1);
}

}  // namespace studiosync
