// Several readings that go along with one, until the text makes them part. Not thread-safe.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_marks.hpp"

namespace studiosync {

// Readings that have so far read the text like a leader.
class Followers {
 public:
  // The readings of all dialects but the standard.
  static Followers dialects() {
    Followers followers;
    for (const auto dialect :
         {&SqlReading::mysql, &SqlReading::sql_server, &SqlReading::oracle, &SqlReading::sqlite,
          &SqlReading::snowflake, &SqlReading::clickhouse, &SqlReading::bigquery}) {
      followers.add(dialect());
    }
    return followers;
  }

  void add(const SqlReading& reading) { entries_[size_++].reading = &reading; }
  bool empty() const noexcept { return size_ == 0; }
  std::size_t size() const noexcept { return size_; }
  const SqlReading& operator[](std::size_t index) const noexcept {
    return *entries_[index].reading;
  }
  const SqlReading& first() const noexcept { return *entries_[0].reading; }

  void follow(const SqlReading& leader) noexcept {
    for (Entry& entry : entries()) entry.marks = marks_between(leader, *entry.reading);
  }

  // Where any of them may part from the leader.
  SqlMarks marks() noexcept {
    SqlMarks marks = 0;
    for (const Entry& entry : entries()) marks = static_cast<SqlMarks>(marks | entry.marks);
    return marks;
  }

  // Moves to `parted` those that read the leader's token differently for one of these marks.
  bool part(const SqlLexer& before, const SqlToken& token, SqlMarks marks, Followers& parted) {
    const std::size_t followed = size_;
    size_ = 0;
    for (std::size_t at = 0; at < followed; ++at) {
      const Entry entry = entries_[at];
      const bool same =
          (entry.marks & marks) == 0 || before.read_as(*entry.reading).next() == token;
      if (same) {
        entries_[size_++] = entry;
      } else {
        parted.add(*entry.reading);
      }
    }
    return size_ < followed;
  }

 private:
  struct Entry {
    const SqlReading* reading = nullptr;
    SqlMarks marks = 0;
  };

  std::span<Entry> entries() noexcept { return std::span(entries_).first(size_); }

  std::array<Entry, sql_readings_max> entries_{};
  std::size_t size_ = 0;
};

// The marks near a token, as the lexer passes them by.
class NearMarks {
 public:
  NearMarks(std::string_view text, std::size_t begin, SqlMarks wanted) noexcept
      : end_(text.size()), scanner_(text, begin, wanted), ahead_(scanner_.next()) {}

  // None is left that a token after `token` could be near to.
  bool passed(const SqlToken& token) const noexcept {
    return ahead_.at == end_ && token.end >= near_end_;
  }

  SqlMarks near(const SqlToken& token) noexcept {
    if (token.begin >= near_end_) near_ = 0;
    while (ahead_.at < std::min(end_, token.end + SqlMarkScanner::reach)) {
      near_ = static_cast<SqlMarks>(near_ | ahead_.marks);
      near_end_ = ahead_.at + SqlMarkScanner::reach;
      ahead_ = scanner_.next();
    }
    return near_;
  }

  void want(SqlMarks wanted) noexcept { scanner_.want(wanted); }

 private:
  std::size_t end_;
  SqlMarkScanner scanner_;
  SqlMarkAt ahead_;
  SqlMarks near_ = 0;
  std::size_t near_end_ = 0;
};

// Of these readings each one that takes `text`, from `begin` on, apart differently from the others.
SqlReadings different_readings(std::string_view text, std::size_t begin, Followers unread);

}  // namespace studiosync
