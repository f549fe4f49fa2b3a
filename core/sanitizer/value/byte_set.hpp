// Sets of bytes that are written as a text: `",;)"_bytes.has(c)`. Looking a byte up takes no call
// and no loop, and all is made at compile time. Values; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

class ByteSet {
 public:
  explicit constexpr ByteSet(std::string_view members) {
    for (const char c : members) words_[index(c)] |= bit(c);
  }

  constexpr bool has(char c) const noexcept { return (words_[index(c)] & bit(c)) != 0; }

 private:
  static constexpr std::size_t index(char c) { return static_cast<unsigned char>(c) >> 6U; }
  static constexpr std::uint64_t bit(char c) {
    return std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  }

  std::array<std::uint64_t, 4> words_{};
};

template <std::size_t n>
struct ByteSetText {
  std::array<char, n> bytes{};

  // NOLINTNEXTLINE(google-explicit-constructor): a literal becomes one without saying so
  constexpr ByteSetText(const char (&text)[n]) { std::copy_n(text, n, bytes.begin()); }
  constexpr std::string_view view() const { return {bytes.data(), n - 1}; }
};

template <ByteSetText text>
inline constexpr ByteSet byte_set_of{text.view()};

template <ByteSetText text>
constexpr const ByteSet& operator""_bytes() {
  return byte_set_of<text>;
}

// As the members of string_view with these names, npos included.
constexpr std::size_t find_first_of(std::string_view text, const ByteSet& set,
                                    std::size_t at = 0) noexcept {
  while (at < text.size() && !set.has(text[at])) ++at;
  return at < text.size() ? at : std::string_view::npos;
}
constexpr std::size_t find_first_not_of(std::string_view text, const ByteSet& set,
                                        std::size_t at = 0) noexcept {
  while (at < text.size() && set.has(text[at])) ++at;
  return at < text.size() ? at : std::string_view::npos;
}
constexpr std::size_t find_last_of(std::string_view text, const ByteSet& set) noexcept {
  std::size_t end = text.size();
  while (end > 0 && !set.has(text[end - 1])) --end;
  return end > 0 ? end - 1 : std::string_view::npos;
}
constexpr std::size_t find_last_not_of(std::string_view text, const ByteSet& set) noexcept {
  std::size_t end = text.size();
  while (end > 0 && set.has(text[end - 1])) --end;
  return end > 0 ? end - 1 : std::string_view::npos;
}

}  // namespace studiosync
