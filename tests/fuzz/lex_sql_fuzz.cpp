#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/sanitizer/sql/view.hpp"
#include "tests/core/sanitizer/sql/lex_laws.hpp"

namespace {

void fail(std::string_view law) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(law.size()), law.data());
  std::abort();
}

// Views of all tokens, and the way back of all their bytes.
void view_everything(std::string_view text, const studiosync::SqlReading& reading) {
  static constexpr studiosync::Rule rule{};
  for (const studiosync::SqlToken& token : studiosync::lex(text, reading)) {
    studiosync::View view;
    view.append(text, token);
    if (view.text().empty()) continue;
    studiosync::Hits found;
    studiosync::add_hit(found, rule, 0, view.text().size());
    studiosync::Hits original;
    view.map_back(found, original);
    if (original.size() != 1) fail("one token is not one range");
    if (original[0].begin < token.body_begin || original[0].end() > token.body_end) {
      fail("a view leaves its token");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view broken = studiosync::broken_law(text);
  if (!broken.empty()) fail(broken);
  for (const studiosync::SqlReading* reading : studiosync::dialects()) {
    view_everything(text, *reading);
  }
  return 0;
}
