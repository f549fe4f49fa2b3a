// The words of a name or a short value: `dbPassword`, `db-password` and `DB_PASSWORD` are all
// {db, password}. Pure; any thread; no allocation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

class Words {
 public:
  static constexpr std::size_t bytes_max = 96;
  static constexpr std::size_t words_max = 24;

  // Of a longer text the last `bytes_max` bytes count: what a name means stands at its end.
  explicit Words(std::string_view text) noexcept;

  // All words in lower case, without anything between them.
  std::string_view flat() const noexcept { return {flat_.data(), size_}; }

  std::size_t count() const noexcept { return count_; }
  std::string_view operator[](std::size_t i) const noexcept;
  // Counted from the end: 0 is the last one; empty when there are fewer.
  std::string_view from_end(std::size_t i) const noexcept;

  void drop_last() noexcept;
  // Cuts bytes off the end, as the digits of `password2`.
  void shorten(std::size_t bytes) noexcept;

 private:
  void add(char c, bool starts_word) noexcept;

  std::array<char, bytes_max> flat_{};
  std::array<std::uint8_t, words_max> starts_{};
  std::size_t size_ = 0;
  std::size_t count_ = 0;
};

}  // namespace studiosync
