#include "core/sanitizer/text/table.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {

const Rule table_rule{
    .id = "text.table_cell",
    .title = "Credential in a table",
    .why =
        "The header of its column, in Markdown, CSV or the output of a client, names a "
        "password, secret or token.",
    .example = "| user | password |\n|------|----------|\n| app  | Wq7-hT2p |"};

namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t line_bytes_max = 1024;
constexpr std::size_t rows_max = 1000;
constexpr std::size_t columns_max = 32;
constexpr std::size_t heading_bytes_max = 40;

// Columns beside which a plain word may be a password.
constexpr WordTable logins{"user"sv,  "username"sv, "login"sv, "account"sv,  "name"sv,
                           "email"sv, "role"sv,     "host"sv,  "benutzer"sv, "usuario"sv};

struct Cell {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

struct Row {
  std::array<Cell, columns_max> cells;
  std::size_t count = 0;
};

// The line that begins at `at`, without its end.
std::string_view line_at(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(std::min(at, text.size()), line_bytes_max);
  return window.substr(0, find_first_of(window, "\r\n"_bytes));
}

// Behind the end of the line; the text's size when it is the last one.
std::size_t next_line(std::string_view text, std::size_t line_end) {
  const std::size_t newline = text.find('\n', line_end);
  return newline == npos || newline > line_end + 1 ? text.size() : newline + 1;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t limit = at > line_bytes_max ? at - line_bytes_max : 0;
  while (at > limit && text[at - 1] != '\n') --at;
  return at;
}

// Without blanks, quotes and the stars of Markdown around it.
Cell trimmed(std::string_view text, Cell cell, std::string_view around) {
  while (cell.begin < cell.end && around.find(text[cell.begin]) != npos) ++cell.begin;
  while (cell.begin < cell.end && around.find(text[cell.end - 1]) != npos) --cell.end;
  return cell;
}

// Cells between separators; those in double quotes may hold one.
Row split(std::string_view text, std::size_t begin, std::size_t end, char separator) {
  Row row;
  if (separator == '|') {
    const Cell inner = trimmed(text, {begin, end}, " \t");
    begin = inner.begin + (inner.in(text).starts_with('|') ? 1 : 0);
    end = std::max(begin, inner.end - (inner.in(text).ends_with('|') ? 1 : 0));
  }
  bool quoted = false;
  std::size_t cell = begin;
  for (std::size_t i = begin; i <= end && row.count < columns_max; ++i) {
    if (i < end && text[i] == '"') quoted = !quoted;
    if (i < end && (quoted || text[i] != separator)) continue;
    row.cells[row.count++] = {cell, i};
    cell = i + 1;
  }
  return row;
}

bool is_heading(std::string_view heading, char separator) {
  const bool blanks = separator != ',' && separator != ';';
  return !heading.empty() && heading.size() <= heading_bytes_max &&
         std::all_of(heading.begin(), heading.end(), [&](char c) {
           return is_word_char(c) || is_beyond_ascii(c) || ".-"_bytes.has(c) ||
                  (blanks && (c == ' ' || c == '/'));
         });
}

// |---|:--:|, -----+-----, +-----+
bool is_rule(std::string_view line) {
  return line.find("--") != npos && find_first_not_of(line, "-|+: \t"_bytes) == npos;
}

class Table {
 public:
  Table(TextScan& scan, std::size_t begin, char separator)
      : scan_(scan), text_(scan.text), separator_(separator), at_(begin) {}

  bool read() {
    if (!read_header()) return false;
    bool any = false;
    for (std::size_t rows = 0; rows < rows_max && at_ < text_.size(); ++rows) {
      if (!read_row()) break;
      any = true;
    }
    if (any) scan_.table_end = at_;
    return any;
  }

 private:
  bool read_header() {
    const std::size_t end = at_ + line_at(text_, at_).size();
    const Row header = split(text_, at_, end, separator_);
    columns_ = header.count;
    if (columns_ < 2) return false;
    for (std::size_t i = 0; i < columns_; ++i) {
      const std::string_view heading = trimmed(text_, header.cells[i], " \t\"'*`").in(text_);
      if (!is_heading(heading, separator_)) return false;
      claims_[i] = claim_of_name(heading);
      has_login_ = has_login_ || logins.has_folded(heading);
    }
    at_ = next_line(text_, end);
    const std::string_view rule = line_at(text_, at_);
    if (separator_ != '|') return true;
    if (!is_rule(rule)) return false;
    at_ = next_line(text_, at_ + rule.size());
    return true;
  }

  bool read_row() {
    const std::string_view line = line_at(text_, at_);
    const std::size_t end = at_ + line.size();
    if (line.empty()) return false;
    const Row row = split(text_, at_, end, separator_);
    if (row.count != columns_) return false;
    for (std::size_t i = 0; i < columns_; ++i) {
      if (claims_[i]) judge(trimmed(text_, row.cells[i], " \t\"'*`\r"), *claims_[i]);
    }
    at_ = next_line(text_, end);
    return true;
  }

  void judge(const Cell& cell, Claim claim) {
    constexpr std::size_t word_bytes_min = 4;
    const std::string_view value = cell.in(text_);
    if (value.empty() || !is_secret(value, claim)) return;
    if (claim == Claim::named && !stands_out(value)) {
      const bool word = has_login_ && value.size() >= word_bytes_min &&
                        std::none_of(value.begin(), value.end(), is_space) &&
                        !claim_of_name(value) && value.find('(') == npos;
      if (!word) return;
    }
    add_hit(scan_.hits, table_rule, cell.begin, cell.end);
  }

  TextScan& scan_;
  std::string_view text_;
  char separator_;
  std::size_t at_;
  std::size_t columns_ = 0;
  std::array<std::optional<Claim>, columns_max> claims_{};
  bool has_login_ = false;
};

// psql's expanded output, a line for each column: the name, a bar and the value below the line
// -[ RECORD 1 ]---. Looks back over a bounded window.
bool is_in_record(std::string_view text, std::size_t begin) {
  constexpr std::size_t window_bytes = 4096;
  const std::size_t limit = begin > window_bytes ? begin - window_bytes : 0;
  while (begin > limit) {
    std::size_t above = begin - 1;
    while (above > limit && text[above - 1] != '\n') --above;
    const Cell line = trimmed(text, {above, begin - 1}, " \t\r>");
    if (line.in(text).starts_with("-[ RECORD ")) return true;
    if (line.in(text).find('|') == npos) return false;
    begin = above;
  }
  return false;
}

bool find_in_record(TextScan& scan, const CredentialName& name, std::size_t begin) {
  const std::string_view text = scan.text;
  const std::size_t end = begin + line_at(text, begin).size();
  const std::size_t bar = text.find('|', name.end);
  if (bar == npos || bar >= end) return false;
  if (trimmed(text, {begin, name.begin}, " \t>").in(text) != "" || !is_in_record(text, begin))
    return false;
  const Cell value = trimmed(text, {bar + 1, end}, " \t");
  if (value.begin < value.end && is_secret(value.in(text), name.claim))
    add_hit(scan.hits, table_rule, value.begin, value.end);
  return true;
}

// A column of its own: the name alone on its line, and a value alone on the next.
bool find_below(TextScan& scan, const CredentialName& name, std::size_t begin) {
  const std::string_view text = scan.text;
  const Cell heading = trimmed(text, {begin, begin + line_at(text, begin).size()}, " \t\"'*`#:");
  if (heading.begin != name.begin || heading.end != name.end) return false;
  const std::size_t below = next_line(text, begin + line_at(text, begin).size());
  const Cell value = trimmed(text, {below, below + line_at(text, below).size()}, " \t\"'*`");
  if (!stands_out(value.in(text)) || !is_secret(value.in(text), name.claim)) return false;
  if (value.in(text).find(' ') != npos || is_composed_of_words(value.in(text))) return false;
  add_hit(scan.hits, table_rule, value.begin, value.end);
  return true;
}

// The separator of the cell that the name fills; NUL when it fills none. A line's end is '\n'.
char separator_behind(std::string_view text, const CredentialName& name) {
  constexpr std::size_t blanks_max = 64;
  const std::size_t limit = std::min(text.size(), name.end + blanks_max);
  std::size_t after = name.end;
  while (after < limit && " \"'*`:"_bytes.has(text[after])) ++after;
  if (after >= text.size() || text[after] == '\r') return '\n';
  return "|\t,;\n"_bytes.has(text[after]) ? text[after] : '\0';
}

// The same for the last cell of a line.
char separator_before(std::string_view text, const CredentialName& name, std::size_t begin) {
  std::size_t before = name.begin;
  while (before > begin && " \"'*`"_bytes.has(text[before - 1])) --before;
  const char last = before > begin ? text[before - 1] : '\0';
  return "|\t,;"_bytes.has(last) ? last : '\0';
}

}  // namespace

bool find_in_table(TextScan& scan, const CredentialName& name) {
  if (name.begin < scan.table_end) return false;
  char separator = separator_behind(scan.text, name);
  if (separator == '\0') return false;
  const std::size_t begin = line_begin(scan.text, name.begin);
  const std::size_t end = begin + line_at(scan.text, begin).size();
  // Whatever the answer, it is given once a line. A line that is longer than a table's is passed by
  // in strides.
  scan.table_end = end > name.begin ? end : name.begin + line_bytes_max;
  if (end <= name.begin) return false;
  if (separator == '|' && find_in_record(scan, name, begin)) return true;
  if (end + 1 >= scan.text.size()) return false;
  if (separator == '\n') separator = separator_before(scan.text, name, begin);
  if (separator == '\0') return find_below(scan, name, begin);
  return Table(scan, begin, separator).read();
}

}  // namespace studiosync
