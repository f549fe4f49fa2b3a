// One pass over the tokens of one reading: keeps track of the statement, finds the values, asks the
// rules about each. Constant memory, a few dozen kilobytes: one scanner reads many statements.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "core/sanitizer/sql/copy_data.hpp"
#include "core/sanitizer/sql/derived_rows.hpp"
#include "core/sanitizer/sql/setting_pair.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/sql/value_chain.hpp"
#include "core/sanitizer/sql/value_position.hpp"
#include "core/sanitizer/sql/wrapped_values.hpp"

namespace studiosync {

// Walks along another reading of the same text, to see which tokens both have.
class TokenFollower {
 public:
  TokenFollower(std::string_view text, const SqlReading& reading, std::size_t begin)
      : lexer_(text, reading, begin) {}

  // Asked in rising order.
  bool has(const SqlToken& token);

 private:
  SqlLexer lexer_;
  SqlToken current_;
  bool started_ = false;
};

class SqlScanner {
 public:
  enum class Mode : std::uint8_t {
    sql,     // the whole text
    island,  // one statement in SQL whose quotes do not match
    prose,   // one statement; its texts were looked into as prose already
  };

  SqlScanner(Mode mode, SqlSink& sink) : mode_(mode), sink_(sink) {}

  // Reads from `begin` to the end of the text, or of the statement if the mode says so. Returns
  // where that is. What `earlier` readings reported as `inner` is not reported again.
  std::size_t read(std::string_view text, std::size_t begin, const SqlReading& reading,
                   std::span<TokenFollower> earlier);

  // A text or comment had no end, or began inside of a word as in `it's`: what stands inside of
  // quotes and what outside is in doubt. Counts until `trust`.
  bool is_in_doubt() const noexcept { return in_doubt_; }
  void trust() noexcept { in_doubt_ = false; }

 private:
  void take(const SqlToken& token);
  void take_text(const SqlToken& token);
  void take_bare(const SqlToken& token, Term term);
  void take_command(const SqlToken& token);
  void take_punctuation(const SqlToken& token);
  void take_word(const SqlToken& token, Term term);
  void take_parameter(const SqlToken& token);
  void take_copied_rows(std::size_t at);
  void report_named_behind(const SqlToken& token, Term term);
  void end_statement();

  void finish_chain(const SqlToken& next);
  Position position_of_text(const SqlToken& token) const;
  Position position_of_chain(const SqlToken& next) const;
  void report_chain(const Position& position);
  void offer_joined();
  void offer(const SqlToken& token);
  bool was_reported(const SqlToken& token);
  void report_body(const SqlToken& token, const Position& position);
  void report_text(const SqlToken& token, const Position& position);
  void report_bare(const SqlToken& token, Term term, const Position& position);

  Mode mode_;
  SqlSink& sink_;
  std::string_view text_;
  std::span<TokenFollower> earlier_;
  StatementState state_;
  ValueChain chain_;
  SettingPair setting_;
  DerivedRows derived_;
  WrappedValues wrapped_;
  CopyData copy_;
  std::size_t copied_end_ = 0;       // where SQL goes on behind rows of data; 0: there are none
  std::optional<Position> carried_;  // of a chain that was too long, to what goes on behind it
  bool chain_is_known_ = true;       // each of its texts was reported by an earlier reading
  bool statement_ended_ = false;
  bool in_doubt_ = false;
};

}  // namespace studiosync
