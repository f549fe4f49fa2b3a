#include "tests/core/sanitizer/evaluate/report.hpp"

#include <array>
#include <cmath>
#include <iomanip>
#include <ostream>
#include <sstream>

namespace studiosync::testing {
namespace {

constexpr std::size_t excerpt_bytes_max = 160;
constexpr std::size_t excerpt_before = 60;  // so much of the text before the place in question

constexpr std::array<const char*, 8> columns = {"positives", "recall",    "exact",     "validator",
                                                "negatives", "with hits", "precision", "unstable"};

// Control characters and bytes beyond ASCII as \xhh: one line, whatever a terminal makes of it.
std::string printable(std::string_view text) {
  std::ostringstream out;
  for (const char c : text) {
    if (c >= ' ' && c <= '~') {
      out << c;
    } else {
      out << "\\x" << std::hex << std::setw(2) << std::setfill('0')
          << static_cast<int>(static_cast<unsigned char>(c));
    }
  }
  return out.str();
}

std::string excerpt(std::string_view text, std::size_t around) {
  const std::size_t begin = around > excerpt_before ? around - excerpt_before : 0;
  return printable(text.substr(begin, excerpt_bytes_max));
}

std::string rate_of(std::size_t count, double rate) {
  return count == 0 ? "-" : percent(rate);
}

void print_header(std::ostream& out, std::string_view title) {
  out << "\n" << std::left << std::setw(20) << title << std::right;
  for (const char* column : columns) out << std::setw(11) << column;
  out << "\n";
}

void print_row(std::ostream& out, const std::string& name, const Tally& tally) {
  out << std::left << std::setw(20) << name << std::right << std::setw(11) << tally.positives
      << std::setw(11) << rate_of(tally.positives, tally.recall()) << std::setw(11)
      << rate_of(tally.positives, tally.exactness()) << std::setw(11)
      << rate_of(tally.positives, tally.refusal()) << std::setw(11) << tally.negatives
      << std::setw(11) << tally.negatives - tally.clean_negatives << std::setw(11)
      << rate_of(tally.right_hits + tally.wrong_hits, tally.precision()) << std::setw(11)
      << tally.not_idempotent + tally.not_accepted << "\n";
}

void print_table(std::ostream& out, std::string_view title,
                 const std::map<std::string, Tally>& rows) {
  print_header(out, title);
  for (const auto& [name, tally] : rows) print_row(out, name, tally);
}

Json to_json(const Tally& tally) {
  return Json::object()
      .set("positives", std::uint64_t{tally.positives})
      .set("recalled", std::uint64_t{tally.recalled})
      .set("exact", std::uint64_t{tally.exact})
      .set("refused_by_validator", std::uint64_t{tally.refused_raw})
      .set("negatives", std::uint64_t{tally.negatives})
      .set("clean_negatives", std::uint64_t{tally.clean_negatives})
      .set("right_hits", std::uint64_t{tally.right_hits})
      .set("wrong_hits", std::uint64_t{tally.wrong_hits})
      .set("not_idempotent", std::uint64_t{tally.not_idempotent})
      .set("not_accepted", std::uint64_t{tally.not_accepted})
      .set("recall", tally.recall())
      .set("precision", tally.precision());
}

Json to_json(const std::map<std::string, Tally>& rows) {
  Json object = Json::object();
  for (const auto& [name, tally] : rows) object.set(name, to_json(tally));
  return object;
}

void print_line(std::ostream& out, std::string_view what, const SanitizerFixture& fixture,
                std::size_t around) {
  out << what << " " << fixture.id << ": " << excerpt(fixture.text, around) << "\n";
}

}  // namespace

std::string percent(double rate) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(2) << std::floor(rate * 10'000) / 100 << " %";
  return out.str();
}

void print_tables(std::ostream& out, const Tallies& tallies) {
  print_table(out, "class", tallies.by_class);
  print_table(out, "dialect", tallies.by_dialect);
  print_header(out, "all");
  print_row(out, "SQL negatives", tallies.sql_negatives);
  print_row(out, "all", tallies.all);
}

Json to_json(const Tallies& tallies) {
  return Json::object()
      .set("all", to_json(tallies.all))
      .set("sql_negatives", to_json(tallies.sql_negatives))
      .set("by_class", to_json(tallies.by_class))
      .set("by_dialect", to_json(tallies.by_dialect));
}

void print_misses(std::ostream& out, const SanitizerFixture& fixture, const Verdict& verdict) {
  if (!verdict.recalled) print_line(out, "missed", fixture, fixture.spans.front().begin);
  for (const Hit& hit : verdict.wrong_hits) {
    print_line(out, "wrong (" + std::string(hit.rule->id) + ")", fixture, hit.begin);
  }
  if (!verdict.idempotent) print_line(out, "not idempotent", fixture, 0);
  if (!verdict.accepted) print_line(out, "not accepted", fixture, 0);
}

}  // namespace studiosync::testing
