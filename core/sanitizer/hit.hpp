// Where a text holds a credential, and how it is replaced. Values; any thread.
#pragma once

#include <boost/container/deque.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

// One thing that the sanitizer looks for. Each layer has a table of its own; `rules.hpp` joins them
// for the documentation, `--explain` and SARIF. Rules have static storage and are told apart by
// address.
struct Rule {
  std::string_view id;       // `sql.password_clause`, `provider.github_token`
  std::string_view title;    // a noun phrase of one line: `Password in CREATE or ALTER USER`
  std::string_view why;      // what it matches and why that is a credential; one to three sentences
  std::string_view example;  // a text in which it fires exactly once (a test holds that)
  bool example_is_sql = false;
  bool catch_all = false;  // gives way to a rule that says more about the same secret
};

// What the replacement looks like. The text around it stays byte for byte.
enum class Replace : std::uint8_t {
  body,         // the bytes become [REDACTED]; quotes, if any, stand outside of the hit
  literal,      // a bare token (0x53…, a word) becomes '[REDACTED]'
  quoted_name,  // a bare token becomes "[REDACTED]" (Oracle: IDENTIFIED BY tiger)
};

inline constexpr std::string_view redaction_mark = "[REDACTED]";

// A text that is looked into is below 1 GiB.
inline constexpr std::size_t scan_bytes_max = (1U << 30) - 1;

// The half-open byte range of the secret alone. 16 bytes: a text may be full of them.
struct Hit {
  const Rule* rule = nullptr;
  std::uint32_t begin = 0;
  std::uint32_t size : 30 = 0;
  Replace replace : 2 = Replace::body;

  std::size_t end() const noexcept { return std::size_t{begin} + size; }
};
static_assert(sizeof(Hit) == 16);

// In the order of finding; ranges may overlap (two readings, two rules): redact.hpp joins them. In
// blocks: a vector that grows holds everything twice. An empty one of the standard library's has
// two blocks already, and most texts have no hit.
using Hits = boost::container::deque<Hit>;

inline void add_hit(Hits& hits, const Rule& rule, std::size_t begin, std::size_t end,
                    Replace replace = Replace::body) {
  Hit hit{.rule = &rule, .begin = static_cast<std::uint32_t>(begin)};
  hit.size = static_cast<std::uint32_t>(end - begin) & 0x3fffffffU;
  hit.replace = replace;
  hits.push_back(hit);
}

}  // namespace studiosync
