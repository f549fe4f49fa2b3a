#include "core/sanitizer/text/pairs.hpp"

#include <algorithm>

#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t window_bytes = 512;

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + name_bytes_max);
  while (at < limit && is_space(text[at])) ++at;
  return at;
}

// The content of an element up to its closing tag, CDATA unwrapped; nothing when it is not closed
// or holds other elements.
std::optional<Extent> content_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, window_bytes);
  constexpr std::string_view cdata = "<![CDATA[";
  if (rest.starts_with(cdata)) {
    const std::size_t close = rest.find("]]>");
    if (close == npos) return {};
    return Extent{at + cdata.size(), at + close};
  }
  if (rest.starts_with("<value>")) return content_at(text, at + "<value>"sv.size());
  const std::size_t close = rest.find('<');
  if (close == npos || !rest.substr(close).starts_with("</")) return {};
  return Extent{at, at + close};
}

bool opens_tag(std::string_view text, std::size_t name_begin) {
  std::size_t at = name_begin;
  while (at > 0 && name_begin - at < name_bytes_max &&
         (is_word_char(text[at - 1]) || text[at - 1] == ':'))
    --at;
  return at > 0 && text[at - 1] == '<';
}

// Where the content of the tag in which `at` stands begins; npos when the tag ends itself.
std::size_t behind_tag(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, window_bytes);
  const std::size_t close = find_first_of(rest, "<>"_bytes);
  if (close == npos || rest[close] != '>' || (close > 0 && rest[close - 1] == '/')) return npos;
  return at + close + 1;
}

// <key>Password</key><string>…</string> and <name>password</name><value>…</value>
std::optional<Extent> sibling_value(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("</")) return {};
  std::size_t open = behind_tag(text, at + 1);
  if (open == npos) return {};
  open = skip_spaces(text, open);
  for (const std::string_view tag : {"<string>"sv, "<value>"sv, "<val>"sv, "<Value>"sv}) {
    if (text.substr(open).starts_with(tag)) return content_at(text, open + tag.size());
  }
  return {};
}

// The attribute or member `value` behind a pair's name, with what separates the two.
std::size_t behind_value_word(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + name_bytes_max);
  while (at < limit && (is_space(text[at]) || ",;\"'\\-"_bytes.has(text[at]))) ++at;
  const std::string_view rest = text.substr(at);
  for (const std::string_view word : {"parametervalue"sv, "default_value"sv, "value"sv, "val"sv}) {
    if (!starts_folded(rest, word)) continue;
    std::size_t end = at + word.size();
    end += quote_bytes(text, end);
    end = skip_spaces(text, end);
    if (end < text.size() && (text[end] == '=' || text[end] == ':'))
      return skip_spaces(text, end + 1);
  }
  return npos;
}

// Whether the credential's name is itself the value of `name`, `key`, …: name="password".
bool is_named_by_pair(std::string_view text, const CredentialName& name) {
  std::size_t at = name.begin;
  const std::size_t limit = at > name_bytes_max ? at - name_bytes_max : 0;
  while (at > limit && (is_blank(text[at - 1]) || "\"'\\:="_bytes.has(text[at - 1]))) --at;
  // What the words end with.
  if (at == name.begin || at == 0 || !"eymndrgEYMNDRG"_bytes.has(text[at - 1])) return false;
  for (const std::string_view word :
       {"name"sv, "key"sv, "property"sv, "option"sv, "param"sv, "field"sv, "parameter"sv,
        "variable"sv, "setting"sv, "id"sv}) {
    if (ends_folded(text.substr(0, at), word)) return true;
  }
  return false;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t end = find_first_of(text.substr(at, window_bytes), "\r\n"_bytes);
  return end == npos ? std::min(text.size(), at + window_bytes) : at + end;
}

}  // namespace

std::optional<Extent> element_value(std::string_view text, const CredentialName& name) noexcept {
  if (const auto sibling = sibling_value(text, name.end)) return sibling;
  const bool element = opens_tag(text, name.begin);
  const bool attribute = quote_bytes(text, name.end) > 0 && is_named_by_pair(text, name);
  if (!element && !attribute) return {};
  const std::size_t content = behind_tag(text, name.end);
  if (content == npos) return {};
  return content_at(text, content);
}

std::optional<Extent> pair_value(std::string_view text, const CredentialName& name) noexcept {
  if (!is_named_by_pair(text, name)) return {};
  const std::size_t value = behind_value_word(text, name.end);
  if (value == npos || value >= text.size()) return {};
  if (const auto quoted = read_quoted(text, value)) return Extent{quoted->begin, quoted->end};
  const std::string_view line = text.substr(value, line_end(text, value) - value);
  return Extent{value, value + std::min(line.size(), find_first_of(line, " \t,}>#"_bytes))};
}

std::optional<Extent> nested_value(std::string_view text, const CredentialName& name) noexcept {
  std::size_t at = skip_spaces(text, name.end + quote_bytes(text, name.end));
  if (at < text.size() && (text[at] == ':' || text[at] == '=')) at = skip_spaces(text, at + 1);
  if (text.substr(std::min(at, text.size()), 1) != "{") return {};
  constexpr std::size_t body_bytes_max = 200;
  const std::string_view body = text.substr(at, body_bytes_max);
  const std::size_t size = std::min(find_first_of(body, "}"_bytes, 1), body.find('{', 1));
  for (std::size_t i = 1; i < std::min(size, body.size()); ++i) {
    if (is_word_char(body[i - 1]) || !"pvd"_bytes.has(body[i])) continue;
    const std::string_view rest = body.substr(i);
    for (const std::string_view member : {"plaintext"sv, "value"sv, "default"sv}) {
      if (!rest.starts_with(member)) continue;
      const std::size_t end = at + i + member.size();
      const std::size_t sign = skip_spaces(text, end + quote_bytes(text, end));
      if (sign >= text.size() || (text[sign] != ':' && text[sign] != '=')) continue;
      const auto quoted = read_quoted(text, skip_spaces(text, sign + 1));
      if (quoted) return Extent{quoted->begin, quoted->end};
    }
  }
  return {};
}

std::optional<Extent> tuple_value(std::string_view text, const CredentialName& name,
                                  std::size_t at) noexcept {
  if (at >= text.size() || (text[at] != '(' && text[at] != '[')) return {};
  const std::string_view heading = name.in(text);
  if (ends_folded(heading, "oauth")) return {};
  if (!ends_folded(heading, "auth") && !ends_folded(heading, "credentials")) return {};
  const auto user = read_quoted(text, at + 1);
  if (!user || !user->closed) return {};
  const std::size_t comma = skip_spaces(text, user->after);
  if (text.substr(std::min(comma, text.size()), 1) != ",") return {};
  const auto password = read_quoted(text, skip_spaces(text, comma + 1));
  if (!password) return {};
  return Extent{password->begin, password->end};
}

std::optional<Extent> block_value(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size() || (text[at] != '|' && text[at] != '>')) return {};
  const std::size_t header_end = line_end(text, at);
  if (header_end - at > 3) return {};
  std::size_t end = header_end;
  std::size_t begin = npos;
  for (int lines = 0; lines < 8 && end < text.size(); ++lines) {
    const std::size_t line = std::min(text.size(), text.find('\n', end) + 1);
    if (line == 0 || line >= text.size() || !is_blank(text[line])) break;
    if (begin == npos) begin = skip_spaces(text, line);
    end = line_end(text, line);
  }
  if (begin == npos || begin >= end) return {};
  return Extent{begin, end};
}

}  // namespace studiosync
