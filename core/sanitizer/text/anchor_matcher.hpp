// Finds all anchors of a text in one pass. Immutable; any thread; linear time, no allocation unless
// anchors are found.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/trigram_filter.hpp"

namespace studiosync {

class AnchorMatcher {
 public:
  using Path = TrigramFilter::Path;

  // The anchors' literals must outlive the matcher. At most 65,535 anchors.
  explicit AnchorMatcher(std::vector<Anchor> anchors);

  // Calls the recognizer of every anchor in `scan.text`, in rising order of offsets.
  void run(TextScan& scan) const;
  void run(TextScan& scan, Path path) const;

 private:
  // The first bytes of a literal, to be compared at once: case does not count where `mask` says so.
  struct Entry {
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0;
    std::uint16_t anchor = 0;
    bool begins_word = false;
    bool ends_word = false;
  };
  static constexpr unsigned hash_bits = 12;
  static std::size_t hash(const std::array<char, 3>& trigram) noexcept;
  static std::set<std::size_t> slots_of(std::string_view literal);
  static Entry entry_of(const Anchor& anchor, std::size_t index) noexcept;

  void visit(TextScan& scan, std::size_t at) const;

  std::vector<Anchor> anchors_;
  TrigramFilter filter_;
  Path path_ = Path::portable;
  std::vector<Entry> entries_;  // by the hash of their first three bytes
  // The entries with the hash h are those from first_entry_[h] to first_entry_[h + 1].
  std::array<std::uint16_t, (1U << hash_bits) + 1> first_entry_{};
};

}  // namespace studiosync
