#include "e2e/checkers/content.hpp"

#include "core/base/json_text.hpp"

namespace studiosync::e2e::judging {
namespace {

// Past the text that begins at `at` with its opening quote; npos where it has no end.
std::size_t end_of_text(std::string_view json, std::size_t at) {
  for (at = find_escaped(json, at + 1); at < json.size(); at = find_escaped(json, at)) {
    if (json[at] == '"') return at + 1;
    at += json[at] == '\\' ? 2 : 1;
  }
  return std::string_view::npos;
}

// Past the value that begins at `at`: before the comma or bracket of what holds it.
std::size_t end_of_value(std::string_view json, std::size_t at) {
  std::size_t depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = end_of_text(json, at);
      continue;
    }
    const bool closes = c == '}' || c == ']';
    if (depth == 0 && (closes || c == ',')) return at;
    if (c == '{' || c == '[') ++depth;
    if (closes) --depth;
    ++at;
  }
  return std::string_view::npos;
}

template <class Number>
Number number_of(std::unordered_map<std::string_view, Number>& numbers,
                 std::vector<std::string_view>& texts, std::string_view text) {
  const auto [at, fresh] = numbers.try_emplace(text, static_cast<Number>(texts.size()));
  if (fresh) texts.push_back(text);
  return at->second;
}

}  // namespace

std::vector<MemberText> members_of(std::string_view object) {
  std::vector<MemberText> members;
  if (!object.starts_with('{')) return members;
  for (std::size_t at = 1; at < object.size() && object[at] == '"';) {
    const std::size_t colon = end_of_text(object, at);
    if (colon >= object.size() || object[colon] != ':') return {};
    const std::size_t end = end_of_value(object, colon + 1);
    if (end >= object.size()) return {};
    members.push_back(
        {object.substr(at + 1, colon - at - 2), object.substr(colon + 1, end - colon - 1)});
    at = end + 1;
  }
  return members;
}

std::string_view member_of(std::string_view object, std::string_view name) {
  for (const MemberText& member : members_of(object)) {
    if (member.name == name) return member.value;
  }
  return {};
}

std::string_view unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"') return value;
  return value.substr(1, value.size() - 2);
}

// A record has a score of fields: a linear search is the fastest.
ValueNo Content::value(FieldNo name) const noexcept {
  for (const Field& field : fields_) {
    if (field.name == name) return field.value;
  }
  return ValueNo::absent;
}

bool Content::names(FieldNo absent) const noexcept {
  return std::ranges::any_of(fields_, [&](const Field& field) {
    return field.name == absent && field.value == ValueNo::absent;
  });
}

Contents::Contents() : texts_{{}} {}

const Content& Contents::of(std::string_view canonical) {
  const auto [at, fresh] = content_numbers_.try_emplace(canonical, nullptr);
  if (!fresh) return *at->second;
  std::vector<Field> fields;
  for (const MemberText& member : members_of(canonical)) {
    fields.push_back({field(member.name), value(member.value)});
  }
  at->second = &made_of(std::move(fields));
  return *at->second;
}

const Content& Contents::made_of(std::vector<Field> fields) {
  return contents_.emplace_back(std::move(fields));
}

std::optional<ValueNo> Contents::find_value(std::string_view text) const {
  const auto at = value_numbers_.find(text);
  return at == value_numbers_.end() ? std::nullopt : std::optional(at->second);
}

FieldNo Contents::field(std::string_view name) {
  return number_of(field_numbers_, names_, name);
}

ValueNo Contents::value(std::string_view text) {
  return number_of(value_numbers_, texts_, text);
}

}  // namespace studiosync::e2e::judging
