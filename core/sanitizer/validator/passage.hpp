// A text under examination, with what its recognizers remember, so that a text full of triggers is
// still read once. Not thread-safe; views the text.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync::validator {

class Passage {
 public:
  explicit Passage(std::string_view text) : text_(text) {}

  std::string_view text() const noexcept { return text_; }

  // Whether a statement that hands out credentials (CREATE USER, ALTER ROLE, CHANGE MASTER, …,
  // not CREATE TABLE) has begun shortly before `at`. `at` must not decrease.
  bool within_definition(std::size_t at) noexcept;

  // Names in front of this are settled.
  std::size_t names_end = 0;

 private:
  void read_word(std::size_t begin, std::size_t end) noexcept;

  std::string_view text_;
  std::size_t read_to_ = 0;
  std::size_t definition_at_ = std::string_view::npos;
};

}  // namespace studiosync::validator
