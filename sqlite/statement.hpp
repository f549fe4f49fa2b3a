// One use of a compiled statement: bind, step through the rows, read the columns.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3_stmt;

namespace studiosync::sqlite {

class Database;

using Blob = std::span<const std::uint8_t>;

// Made by Database::prepare; must not outlive it. Its end resets the statement, so that no lock or
// snapshot stays behind. After an error (see Database) every call does nothing and step() answers
// false.
//
//   Statement rows = db.prepare("SELECT id, size FROM file WHERE owner = ? AND size > ?");
//   for (rows.bind(owner, 1000); rows.step();) use(rows.text(0), rows.integer(1));
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Binds all parameters in order: integers, bool, text, Blob, nullptr and optionals of these. Text
  // and bytes are copied. A statement that was stepped is reset first, so that it can be used
  // again.
  template <class... Values>
  Statement& bind(const Values&... values) {
    rewind();
    holds_copies_ = holds_copies_ || copies_;
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }

  // Binds all parameters and steps to the end, for statements whose rows do not matter. Nothing is
  // copied: the values need to live for the call only, and another step needs another bind. False
  // on an error.
  template <class... Values>
  bool execute(const Values&... values) {
    copies_ = false;
    bind(values...);
    const bool ended = run();
    copies_ = true;
    return ended;
  }

  // To the next row; false at the end and on an error.
  bool step();
  // Steps to the end, for statements whose rows do not matter. False on an error.
  bool run();

  // Columns of the current row, from 0. A NULL is 0, or empty. Views hold until the next step. Text
  // and blobs can fail for lack of memory: they are empty then, and the error is set.
  std::int64_t integer(int column) const;
  std::uint64_t unsigned_integer(int column) const {
    return static_cast<std::uint64_t>(integer(column));
  }
  double real(int column) const;
  std::string_view text(int column) const;
  Blob blob(int column) const;
  bool is_null(int column) const;
  int columns() const;  // of the statement; 0 after an error of its compilation
  std::string string(int column) const { return std::string(text(column)); }

 private:
  friend class Database;
  Statement(Database& db, sqlite3_stmt* statement, bool* busy) noexcept
      : db_(db), statement_(statement), busy_(busy) {}

  void rewind();
  void check(int code);
  void check_memory() const;

  void bind_integer(int index, std::int64_t value);
  void bind_real(int index, double value);
  void bind_text(int index, std::string_view value);
  void bind_blob(int index, Blob value);
  void bind_null(int index);

  // Unsigned 64-bit values are stored as the signed ones with the same bits.
  template <std::integral Value>
  void bind_one(int index, Value value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  void bind_one(int index, double value) { bind_real(index, value); }
  void bind_one(int index, std::string_view value) { bind_text(index, value); }
  void bind_one(int index, Blob value) { bind_blob(index, value); }
  void bind_one(int index, std::nullptr_t) { bind_null(index); }
  template <class Value>
  void bind_one(int index, const std::optional<Value>& value) {
    value ? bind_one(index, *value) : bind_null(index);
  }

  Database& db_;
  sqlite3_stmt* statement_;  // null after an error of the compilation
  bool copies_ = true;       // what is bound
  bool stepped_ = false;     // since it was reset
  bool holds_copies_ = false;
  bool* busy_;  // of the cache's entry; null when the statement is ours to finalize
};

}  // namespace studiosync::sqlite
