// Takes apart JSON text of a form that is known in advance: what our own writers produce in great
// numbers need not become a tree first.
#pragma once

#include <cstdint>
#include <string_view>

namespace studiosync {

// The first piece that is not as expected ends the reading: reads after it answer defaults, and a
// caller reads everything straight and asks once. It does not say what is wrong: the text may be
// good in another form, which a parser has to judge. Views into the text, which must be UTF-8 and
// outlive them. Not thread-safe; lives on the stack.
class ExpectedText {
 public:
  explicit ExpectedText(std::string_view text) noexcept : rest_(text) {}

  // Whether all was as expected so far.
  bool good() const noexcept { return good_; }
  // The same, with nothing left.
  bool complete() const noexcept { return good_ && rest_.empty(); }

  void expect(std::string_view piece) noexcept;
  // Takes the piece if it stands next.
  bool take(std::string_view piece) noexcept;

  // A string in which nothing is escaped, without its quotes.
  std::string_view plain_string() noexcept;
  // 0 to 10^15 - 1.
  std::uint64_t number() noexcept;
  bool flag() noexcept;
  // Canonical already (canonical_text.hpp).
  std::string_view canonical_object() noexcept;

  // A plain string as `parse(string)` understands it.
  template <class Parse>
  auto parsed(Parse parse) {
    auto value = parse(plain_string());
    if (!value) good_ = false;
    return std::move(value).value_or(typename decltype(value)::value_type{});
  }

 private:
  std::string_view cut(std::size_t length) noexcept;

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace studiosync
