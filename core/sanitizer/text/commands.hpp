// The words of a shell command. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace studiosync {

// A word without the quotes around it or around its tail (-p'it is').
struct CommandWord {
  std::size_t begin = 0;  // of the word, with its quotes
  std::size_t body = 0;   // behind an opening quote at its begin
  std::size_t end = 0;    // of its text
  std::size_t after = 0;  // of the word, with its quotes

  std::string_view in(std::string_view text) const { return text.substr(body, end - body); }
};

// Reads the words of one command: up to the line's end (\ and ^ continue it), |, ;, & or the
// quote that the command stands in; at most `command_bytes_max`. Or those of an array of texts,
// ["mysql", "-psecret"], when `at` is behind the first.
class CommandWords {
 public:
  static constexpr std::size_t command_bytes_max = 1024;

  CommandWords(std::string_view text, std::size_t at) noexcept
      : text_(text.substr(0, at + command_bytes_max)), at_(at), array_(is_array_at(text_, at)) {}

  // Whether the quote at `at` closes one of several texts.
  static bool is_array_at(std::string_view text, std::size_t at) noexcept;

  std::optional<CommandWord> next() noexcept;

 private:
  std::optional<CommandWord> next_element() noexcept;
  bool skip_blanks() noexcept;
  std::size_t word_end(char& quote) noexcept;
  bool ends_string(std::size_t at) const noexcept;
  bool closes_string(std::size_t quote) const noexcept;

  std::string_view text_;
  std::size_t at_;
  bool array_;
};

}  // namespace studiosync
