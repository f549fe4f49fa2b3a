// Takes SQL apart into tokens, without a dialect's name: readings differ where dialects do.
// Never fails, never allocates; every byte belongs to one token or to white space between two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/byte_block.hpp"
#include "core/sanitizer/sql/plain_tokens.hpp"
#include "core/sanitizer/sql/sql_reading.hpp"
#include "core/sanitizer/sql/sql_token.hpp"

namespace studiosync {

class SqlLexer {
 public:
  // Both must outlive the lexer. `text` is at most scan_bytes_max; it is read from `begin` on,
  // where a MySQL conditional comment may be open.
  SqlLexer(std::string_view text, const SqlReading& reading, std::size_t begin = 0,
           bool executed = false) noexcept;

  // The one token that begins at `begin`, as a lexer comes to it.
  static SqlToken token_at(std::string_view text, std::size_t begin, const SqlReading& reading,
                           bool executed) noexcept;

  // The next token; kind `end` at the end, again and again.
  SqlToken next() noexcept {
    if (!block_.empty()) {
      const std::size_t begin = block_.run_begin();
      const std::size_t end = block_.run_end();
      const PlainToken& plain = plain_token_of(text_[begin]);
      const char behind = end < text_.size() ? text_[end] : '\0';
      if ((plain.enders & plain_token_of(behind).of_class) != 0) {
        block_.drop_run();
        return plain_token(plain.kind, begin, end);
      }
    }
    return next_of_any_kind();
  }

  // Whether the next token stands inside of a MySQL conditional comment.
  bool is_executed() const noexcept { return executed_; }

  // What another reading would make of the text from here on.
  SqlLexer read_as(const SqlReading& reading) const noexcept;

 private:
  const PlainToken& plain_token_of(char first) const noexcept {
    return (*plain_)[static_cast<unsigned char>(first)];
  }
  SqlToken next_of_any_kind() noexcept;
  SqlToken read_run() noexcept;
  bool find_run() noexcept;

  std::string_view text_;
  const SqlReading* reading_;
  const PlainTokens* plain_;
  ByteBlock block_;        // what comes next
  bool executed_ = false;  // between /*! and its */
};

}  // namespace studiosync
