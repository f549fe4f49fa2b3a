// One pass over the tokens of a statement: keeps track of it, finds the values, asks the rules
// about each. Constant memory, a few dozen kilobytes: one scanner reads many statements. Not
// thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "core/sanitizer/sql/copy_data.hpp"
#include "core/sanitizer/sql/derived_rows.hpp"
#include "core/sanitizer/sql/key_memo.hpp"
#include "core/sanitizer/sql/setting_pair.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/sql/value_chain.hpp"
#include "core/sanitizer/sql/value_position.hpp"
#include "core/sanitizer/sql/view.hpp"
#include "core/sanitizer/sql/wrapped_values.hpp"

namespace studiosync {

class SqlScanner {
 public:
  enum class Mode : std::uint8_t {
    code,
    prose,  // texts were looked into as prose already
  };

  SqlScanner(Mode mode, SqlSink& sink) : mode_(mode), sink_(sink) {}

  // Before a text, of that many bytes, is read.
  void make_room(std::size_t text_bytes) {
    offered_.make_room(text_bytes);
    joined_.make_room(text_bytes / 4);
  }

  // Before the first token of a statement. What ends up to `known_end` was reported as `inner`
  // before and is not reported again.
  void begin(std::string_view text, std::size_t known_end);
  // The next token of the text's; returns whether the statement ends with it.
  bool take(const SqlToken& token);
  // Where SQL goes on behind the rows of data that follow the statement; 0: there are none.
  std::size_t data_end() const noexcept { return data_end_; }

  // Whether a text or comment had no end since the last question, or began inside of a word as in
  // `it's`: what stands inside of quotes and what outside is in doubt.
  bool take_doubt() noexcept { return std::exchange(in_doubt_, false); }

 private:
  void read(const SqlToken& token);
  void take_text(const SqlToken& token);
  void take_bare(const SqlToken& token, Term term);
  void take_command(const SqlToken& token);
  void take_punctuation(const SqlToken& token);
  void take_word(const SqlToken& token, Term term);
  void take_parameter(const SqlToken& token);
  void take_copied_rows(std::size_t at);
  void report_named_behind(const SqlToken& token, Term term);
  void report_derived(const SqlToken& token, Term term);
  void report_wrapped(const SqlToken& token, Term term);
  void end_statement();

  void finish_chain(const SqlToken& next);
  Position position_of_text(const SqlToken& token) const;
  Position position_of_chain(const SqlToken& next) const;
  void report_chain(const Position& position);
  void offer_joined();
  void offer(const SqlToken& token);
  void report_body(const SqlToken& token, const Position& position);
  void report_text(const SqlToken& token, const Position& position);
  void report_bare(const SqlToken& token, Term term, const Position& position);

  Mode mode_;
  SqlSink& sink_;
  std::string_view text_;
  StatementState state_;
  ValueChain chain_;
  SettingPair setting_;
  DerivedRows derived_;
  WrappedValues wrapped_;
  CopyData copy_;
  std::size_t data_end_ = 0;
  std::size_t known_end_ = 0;
  View view_;                        // of what is reported as `inner`
  KeyMemo offered_;                  // insides of tokens
  KeyMemo joined_;                   // values of several pieces
  std::optional<Position> carried_;  // of a chain that was too long, to what goes on behind it
  bool statement_ended_ = true;
  bool in_doubt_ = false;
};

}  // namespace studiosync
