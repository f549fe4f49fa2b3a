#include "client/scan/scan_lines.hpp"

#include "client/scan/scan_input.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync::client {
namespace {

Json findings_of(const Hits& hits) {
  Json findings = Json::array();
  for (const Hit& hit : hits) {
    Json one = Json::object();
    one.set("rule", hit.rule->id).set("start", std::size_t{hit.begin}).set("end", hit.end());
    findings.push_back(std::move(one));
  }
  return findings;
}

std::optional<TextAs> kind_of(const Json& request) {
  const Json* as = request.find("as");
  if (as == nullptr) return TextAs::text;
  return as->is_string() ? parse_text_as(as->as_string()) : std::nullopt;
}

}  // namespace

Result<LineAnswer> answer_line(std::string_view line) {
  SS_ASSIGN(const Json request, parse_json(line));
  const Json* text = request.find("text");
  const auto as = kind_of(request);
  if (text == nullptr || !text->is_string() || !as) {
    return fail(ErrorCode::bad_request, R"(a line is {"id":…,"text":"…","as":"sql" or "text"})");
  }
  const auto cleaned = clean_text(text->as_string(), *as);
  const Json redacted(cleaned ? cleaned->text : text->as_string());
  const Json* id = request.find("id");
  Json json = Json::object();
  json.set("id", id == nullptr ? Json() : *id)
      .set("redacted", redacted)
      .set("findings", findings_of(cleaned ? cleaned->hits : Hits{}))
      .set("accepted", check_clean(redacted.canonical()).has_value());
  return LineAnswer{.json = std::move(json), .found = cleaned.has_value()};
}

}  // namespace studiosync::client
