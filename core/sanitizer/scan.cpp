#include "core/sanitizer/scan.hpp"

#include <array>
#include <optional>

#include "core/base/check.hpp"

#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/text/text_rules.hpp"
#include "core/sanitizer/unescaped.hpp"

namespace studiosync {
namespace {

// A literal in a literal in a literal …: dynamic SQL that runs dblink that runs SQL is at three.
constexpr int depth_max = 5;

const TextRules& text_layer() {
  static const TextRules rules(sql_trigger_words());
  return rules;
}

// What is found in the literals of each depth, kept for the next literal there: a text may have a
// hundred thousand of them, and an empty list of hits takes two allocations.
using HitsByDepth = std::array<std::optional<Hits>, depth_max + 1>;

// One text at one depth; what is found inside of its literals comes back in its own offsets.
class Level final : public SqlSink {
 public:
  Level(std::string_view text, TextAs as, int depth, Hits& hits, HitsByDepth& kept)
      : text_(text), as_(as), depth_(depth), hits_(hits), kept_(kept) {}

  // Whether words of the rules stand there.
  bool look(Quotes& quotes) {
    const TextKind kind = as_ == TextAs::sql ? TextKind::code : TextKind::prose;
    const TextFacts facts = text_layer().find(text_, kind, hits_);
    if (facts.has_escaped_letters && depth_ == 0) find_unescaped();
    const bool suspect = !facts.sql_places.empty() || !hits_.empty();
    if (!facts.sql_places.empty()) quotes = find_sql(facts.sql_places, quotes);
    return suspect;
  }

  // The whole text once more, as it reads without its escapes.
  void find_unescaped() {
    const Unescaped unescaped(text_);
    Hits found;
    Quotes quotes = Quotes::unknown;
    Level(unescaped.text(), as_, depth_ + 1, found, kept_).look(quotes);
    join_hits(found);
    unescaped.map_back(found, hits_);
  }

  Quotes find_sql(const SqlPlaces& places, Quotes expected) {
    if (as_ == TextAs::text) {
      find_sql_in_prose(text_, *this);
      return Quotes::unknown;
    }
    return places.are_everywhere() ? find_in_sql(text_, *this, expected)
                                   : find_in_sql(text_, places.offsets(), *this, expected);
  }

  void hit(const Rule& rule, std::size_t begin, std::size_t end, Replace replace) override {
    add_hit(hits_, rule, begin, end, replace);
  }

  void inner(const View& view) override {
    if (depth_ == depth_max) return;
    auto& kept = kept_[static_cast<std::size_t>(depth_) + 1];
    Hits& found = kept ? *kept : kept.emplace();
    Quotes quotes = Quotes::unknown;
    Level(view.text(), TextAs::text, depth_ + 1, found, kept_).look(quotes);
    if (found.empty()) return;
    join_hits(found);
    view.map_back(found, hits_);
    found.clear();
  }

 private:
  std::string_view text_;
  TextAs as_;
  int depth_;
  Hits& hits_;
  HitsByDepth& kept_;
};

}  // namespace

Scanned scan_all(std::string_view text, TextAs as, Quotes expected) {
  SS_CHECK(text.size() <= scan_bytes_max);
  HitsByDepth kept;
  Scanned scanned{.hits = {}, .quotes = expected};
  scanned.is_suspect = Level(text, as, 0, scanned.hits, kept).look(scanned.quotes);
  join_hits(scanned.hits);
  return scanned;
}

Hits scan(std::string_view text, TextAs as) {
  return scan_all(text, as).hits;
}

}  // namespace studiosync
