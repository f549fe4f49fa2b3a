#include "client/scan/finding.hpp"

namespace studiosync::client {
namespace {

// Walks forward through a text and counts as it goes; offsets are asked for in rising order.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {}

  void go_to(std::size_t offset) {
    for (; at_ < offset; ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if (!continues_character(text_[at_])) {
        ++column_;
      }
    }
  }
  std::size_t line() const { return line_; }
  std::size_t column() const { return column_; }

 private:
  static bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

}  // namespace

std::vector<FileFinding> place_findings(std::string_view text, const Hits& hits) {
  Places places(text);
  std::vector<FileFinding> findings;
  for (const Hit& hit : hits) {
    FileFinding finding{.rule = hit.rule, .start = hit.begin, .end = hit.end()};
    places.go_to(finding.start);
    finding.line = places.line();
    finding.column = places.column();
    places.go_to(finding.end);
    finding.end_line = places.line();
    finding.end_column = places.column();
    findings.push_back(finding);
  }
  return findings;
}

}  // namespace studiosync::client
