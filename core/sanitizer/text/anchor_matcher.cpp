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
  const auto others = std::stable_partition(
      anchors_.begin(), anchors_.end(),
      [](const Anchor& anchor) { return anchor.literal.size() == pair_bytes; });
  std::stable_sort(others, anchors_.end(), [](const Anchor& a, const Anchor& b) {
    return hash(a.literal) < hash(b.literal);
  });
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    const Anchor& anchor = anchors_[i];
    SS_CHECK(anchor.literal.size() >= pair_bytes);
    filter_.add(anchor.literal);
    if (anchor.literal.size() == pair_bytes) {
      pairs_.push_back(entry_of(anchor, i));
    } else {
      ++first_entry_[hash(anchor.literal) + 1];
      entries_.push_back(entry_of(anchor, i));
    }
  }
  for (std::size_t i = 1; i < first_entry_.size(); ++i) first_entry_[i] += first_entry_[i - 1];
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
std::size_t AnchorMatcher::hash(std::string_view trigram) noexcept {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(trigram[i]) | case_bit);
  };
  return ((byte(0) | (byte(1) << 8U) | (byte(2) << 16U)) * 0x9e3779b1U) >> (32U - hash_bits);
}

void AnchorMatcher::visit(TextScan& scan, std::size_t at) const {
  // Behind a text's end the filter saw zeros.
  if (at + pair_bytes > scan.text.size()) return;
  const std::string_view rest = scan.text.substr(at);
  const std::uint64_t bytes = load(rest);
  for (const Entry& entry : pairs_) visit(scan, at, bytes, entry);
  if (rest.size() == pair_bytes) return;
  const std::size_t slot = hash(rest);
  for (std::size_t i = first_entry_[slot]; i < first_entry_[slot + 1]; ++i) {
    visit(scan, at, bytes, entries_[i]);
  }
}

void AnchorMatcher::visit(TextScan& scan, std::size_t at, std::uint64_t bytes,
                          const Entry& entry) const {
  if ((bytes & entry.mask) != entry.bytes) return;
  if (entry.begins_word && !starts_token(scan.text, at)) return;
  const Anchor& anchor = anchors_[entry.anchor];
  if (anchor.literal.size() > sizeof bytes &&
      !same_in_any_case(scan.text.substr(at), anchor.literal))
    return;
  if (entry.ends_word && !ends_word(scan.text, at + anchor.literal.size())) return;
  anchor.recognize(scan, at);
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
