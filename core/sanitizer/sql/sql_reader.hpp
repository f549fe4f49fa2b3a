// Reads the statements of a text in every reading that differs for it. Readings that stand at the
// same place go along together and are scanned once, up to where the text makes them part; at the
// next statement that begins at one place for both they are together again. Each reading goes
// forward only: the work is linear in the text. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/sanitizer/sql/reading_set.hpp"
#include "core/sanitizer/sql/sql_scanner.hpp"
#include "core/sanitizer/sql/statement_memo.hpp"

namespace studiosync {

class SqlReader {
 public:
  SqlReader(SqlScanner::Mode mode, SqlSink& sink) : scanner_(mode, sink) {}

  // Whoever knows that the quotes of a text match knows that it will not be read a second time, and
  // saves the memory for what was read.
  void expect_no_doubt() noexcept { remembers_ = false; }

  // All of `text`, one statement behind the other.
  void read_all(std::string_view text);
  // The same for whoever knows where the trigger words stand (offsets, rising): statements without
  // one are only lexed, as long as no statement bears on later ones.
  void read_around(std::string_view text, std::span<const std::uint32_t> places);
  // From `begin` on, if it is not npos, and behind each statement from the next word that can begin
  // another. What was read before, in a text that begins at the same byte, is not read again.
  void read_statements(std::string_view text, std::size_t begin);

  // A text or comment had no end, or began inside of a word as in `it's`: what stands inside of
  // quotes and what outside is in doubt. Counts until `trust`.
  bool is_in_doubt() const noexcept { return in_doubt_; }
  void trust() noexcept { in_doubt_ = false; }

 private:
  // How far one reading is.
  struct Cursor {
    std::size_t at = std::string_view::npos;  // where its next statement begins; npos: at the end
    std::size_t known_end = 0;  // up to here it has the tokens that were scanned for another one
    bool executed = false;      // a MySQL conditional comment is open there
  };

  // Readings that go along together from one place.
  struct Group {
    std::size_t begin = 0;
    std::size_t leader = 0;
    ReadingSet readings;  // those that have not parted from the leader, and itself
    SqlLexer lexer;       // the leader's
    NearMarks marks;
    SqlToken token;  // the last one
  };

  void start(std::string_view text, std::size_t begin);
  void read();
  Group earliest() const noexcept;
  SqlLexer lexer_at(const Cursor& cursor) const noexcept;
  bool skip_known(const Group& group);
  void read_group(Group& group);
  bool pass(Group& group);
  std::size_t scan(Group& group);
  ReadingSet advance(Group& group);
  void go_on(const Group& group, std::size_t end);

  SqlScanner scanner_;
  StatementMemo memo_;
  std::string_view text_;
  std::span<const std::uint32_t> places_;
  bool at_words_ = false;   // statements begin at words
  bool selective_ = false;  // statements without a place are only lexed
  bool in_doubt_ = false;
  bool remembers_ = true;  // the statements that were read
  NearMarks marks_;        // at the place of the earliest reading
  std::array<Cursor, sql_readings_max> cursors_;
  // Of the group that was read last, where its statement ended: most go on from there.
  SqlLexer lexer_{{}, SqlReading::standard()};
  std::size_t lexer_at_ = std::string_view::npos;
};

}  // namespace studiosync
