#include "core/sanitizer/scan.hpp"

#include <utility>

#include "core/base/check.hpp"

#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"
#include "core/sanitizer/text/text_rules.hpp"

namespace studiosync {
namespace {

// A literal in a literal in a literal …: dynamic SQL that runs dblink that runs SQL is at three.
constexpr int depth_max = 5;

const TextRules& text_layer() {
  static const TextRules rules(sql_trigger_words());
  return rules;
}

// One text at one depth; what is found inside of its literals comes back in its own offsets.
class Level final : public SqlSink {
 public:
  Level(std::string_view text, TextAs as, int depth) : text_(text), as_(as), depth_(depth) {}

  Hits look() {
    const TextKind kind = as_ == TextAs::sql ? TextKind::code : TextKind::prose;
    const TextFacts facts = text_layer().find(text_, kind, hits_);
    is_suspect_ = !facts.sql_places.empty() || !hits_.empty();
    if (!facts.sql_places.empty()) find_sql(facts.sql_places);
    return std::move(hits_);
  }

  bool is_suspect() const noexcept { return is_suspect_; }

  void find_sql(const SqlPlaces& places) {
    if (as_ == TextAs::text) {
      find_sql_in_prose(text_, *this);
    } else if (places.are_everywhere()) {
      find_in_sql(text_, *this);
    } else {
      find_in_sql(text_, places.offsets(), *this);
    }
  }

  void hit(const Rule& rule, std::size_t begin, std::size_t end, Replace replace) override {
    add_hit(hits_, rule, begin, end, replace);
  }

  void inner(const View& view) override {
    if (depth_ == depth_max) return;
    Hits found = Level(view.text(), TextAs::text, depth_ + 1).look();
    join_hits(found);
    view.map_back(found, hits_);
  }

 private:
  std::string_view text_;
  TextAs as_;
  int depth_;
  Hits hits_;
  bool is_suspect_ = false;
};

}  // namespace

Scanned scan_all(std::string_view text, TextAs as) {
  SS_CHECK(text.size() <= scan_bytes_max);
  Level level(text, as, 0);
  Scanned scanned{.hits = level.look()};
  scanned.is_suspect = level.is_suspect();
  join_hits(scanned.hits);
  return scanned;
}

Hits scan(std::string_view text, TextAs as) {
  return scan_all(text, as).hits;
}

}  // namespace studiosync
