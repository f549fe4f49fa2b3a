#include "tests/core/sanitizer/evaluate/fixture.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "core/base/json.hpp"

namespace studiosync::testing {
namespace {

constexpr std::array<std::string_view, 7> known_members = {"id",   "as",    "class", "dialect",
                                                           "text", "spans", "may"};

bool has_known_members_only(const Json& line) {
  return std::ranges::all_of(line.members(), [](const Json::Member& member) {
    return std::ranges::find(known_members, member.key) != known_members.end();
  });
}

Result<std::string> text_at(const Json& line, std::string_view key) {
  const Json* value = line.find(key);
  if (value == nullptr || !value->is_string()) {
    return fail(ErrorCode::bad_request, "no text at " + std::string(key));
  }
  return value->as_string();
}

Result<Span> to_span(const Json& pair, std::size_t text_bytes) {
  if (pair.is_array() && pair.items().size() == 2 && pair.items()[0].is_integer() &&
      pair.items()[1].is_integer()) {
    const Span span{pair.items()[0].as_uint(), pair.items()[1].as_uint()};
    if (span.begin < span.end && span.end <= text_bytes) return span;
  }
  return fail(ErrorCode::bad_request, "a span that is not within the text");
}

Result<std::vector<Span>> spans_at(const Json& line, std::string_view key, std::size_t text_bytes) {
  std::vector<Span> spans;
  const Json* list = line.find(key);
  if (list == nullptr) return spans;
  if (!list->is_array()) return fail(ErrorCode::bad_request, "no list at " + std::string(key));
  for (const Json& pair : list->items()) {
    SS_ASSIGN(const Span span, to_span(pair, text_bytes));
    spans.push_back(span);
  }
  return spans;
}

Result<SanitizerFixture> parse_fixture(std::string_view jsonl_line) {
  SS_ASSIGN(const Json line, parse_json(jsonl_line));
  if (!line.is_object() || !has_known_members_only(line)) {
    return fail(ErrorCode::bad_request, "an unknown member");
  }
  SanitizerFixture fixture;
  SS_ASSIGN(fixture.id, text_at(line, "id"));
  SS_ASSIGN(const std::string as, text_at(line, "as"));
  if (as != "sql" && as != "text") return fail(ErrorCode::bad_request, "as is sql or text");
  fixture.as = as == "sql" ? TextAs::sql : TextAs::text;
  SS_ASSIGN(fixture.group, text_at(line, "class"));
  SS_ASSIGN(fixture.dialect, text_at(line, "dialect"));
  SS_ASSIGN(fixture.text, text_at(line, "text"));
  SS_ASSIGN(fixture.spans, spans_at(line, "spans", fixture.text.size()));
  SS_ASSIGN(fixture.may, spans_at(line, "may", fixture.text.size()));
  return fixture;
}

}  // namespace

Result<std::vector<SanitizerFixture>> parse_fixtures(std::string_view jsonl) {
  std::vector<SanitizerFixture> fixtures;
  for (std::size_t number = 1; !jsonl.empty(); ++number) {
    const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
    Result<SanitizerFixture> fixture = parse_fixture(jsonl.substr(0, end));
    if (!fixture) {
      return fail(fixture.error().code,
                  "line " + std::to_string(number) + ": " + fixture.error().message);
    }
    fixtures.push_back(*std::move(fixture));
    jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
  }
  return fixtures;
}

Result<std::vector<SanitizerFixture>> read_fixtures(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "cannot read " + path);
  const std::string jsonl{std::istreambuf_iterator<char>(file), {}};
  Result<std::vector<SanitizerFixture>> fixtures = parse_fixtures(jsonl);
  if (!fixtures) return fail(fixtures.error().code, path + ": " + fixtures.error().message);
  return fixtures;
}

}  // namespace studiosync::testing
