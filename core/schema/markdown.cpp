#include "core/schema/ddl.hpp"
#include "core/schema/field_check.hpp"

namespace studiosync {
namespace {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::text:
      return "text";
    case Kind::integer:
      return "integer";
    case Kind::real:
      return "number";
    case Kind::boolean:
      return "boolean";
    case Kind::timestamp:
      return "timestamp";
    case Kind::json:
      return "any JSON";
    case Kind::object:
      return "object";
    case Kind::tags:
      return "texts";
    case Kind::enumeration:
      return "enumeration";
    case Kind::reference:
      return "id";
  }
  return "";
}

std::string_view name_of(MergeRule rule) {
  switch (rule) {
    case MergeRule::newest:
      return "newest";
    case MergeRule::set_union:
      return "union";
    case MergeRule::maximum:
      return "maximum";
    case MergeRule::longer_text:
      return "longer text";
    case MergeRule::deep_object:
      return "key by key";
  }
  return "";
}

std::string_view name_of(SanitizeRule rule) {
  switch (rule) {
    case SanitizeRule::plain:
      return "plain";
    case SanitizeRule::sql:
      return "SQL";
    case SanitizeRule::free_text:
      return "prose";
    case SanitizeRule::url:
      return "URL";
    case SanitizeRule::tree:
      return "tree";
  }
  return "";
}

void append_limit(std::string& text, std::string_view limit) {
  text.append(text.empty() ? "" : "; ").append(limit);
}

std::string limits_text(const FieldSpec& field) {
  std::string text = choices_text(field);
  if (field.minimum != INT64_MIN && field.kind == Kind::integer) {
    append_limit(text, "from " + std::to_string(field.minimum));
  }
  if (field.maximum != INT64_MAX) append_limit(text, "to " + std::to_string(field.maximum));
  if (field.minimum > 0 && field.kind == Kind::text) append_limit(text, "not empty");
  if (field.bytes_max != 0) append_limit(text, std::to_string(field.bytes_max) + " bytes");
  if (!field.default_value.empty()) {
    append_limit(text, "default `" + std::string(field.default_value) + "`");
  }
  return text;
}

std::string field_row(const FieldSpec& field) {
  std::string row = "| `" + std::string(field.name) + "`";
  if (!field.alias.empty()) row.append(" (or `").append(field.alias).append("`)");
  row.append(field.required ? " **required**" : "").append(" | ").append(name_of(field.kind));
  row.append(" | ").append(limits_text(field)).append(" | ").append(name_of(field.sanitize));
  row.append(" | ").append(name_of(field.merge)).append(" | ").append(field.meaning);
  return row.append(" |\n");
}

std::string facts_text(const EntitySpec& spec) {
  std::string text = "On a true conflict: `" + std::string(to_string(spec.strategy)) + "`.";
  if (spec.copies_allowed) text.append(" Conflicted copies are allowed.");
  if (spec.immutable) text.append(" Immutable: the union of both sides.");
  if (spec.append_only) text.append(" Append-only.");
  if (!spec.parent_field.empty()) {
    text.append(" Belongs to `").append(to_string(spec.parent)).append("` by `");
    text.append(spec.parent_field).append("`.");
  }
  return text;
}

std::string entity_section(const EntitySpec& spec) {
  std::string text = "\n## " + std::string(spec.wire_name) + "\n\n";
  text.append(spec.meaning).append("\n\nArray `").append(spec.plural);
  text.append("` of a download, table `").append(spec.table).append("`.\n");
  text.append(facts_text(spec)).append("\n\n");
  text.append(
      "| field | kind | limits | sanitizer | merge | meaning |\n|---|---|---|---|---|---|\n");
  for (const FieldSpec& field : spec.fields) text += field_row(field);
  return text;
}

}  // namespace

std::string registry_markdown() {
  std::string text =
      "# Entities\n\n"
      "Written from the registry in `core/schema`; a unit test holds the two together. Unknown\n"
      "fields are kept and synced. `merge` says what becomes of a field that both sides changed,\n"
      "where the strategy is `merge`; `sanitizer` says what the field is read as when credentials\n"
      "are looked for.\n";
  for (const EntitySpec& spec : registry()) text += entity_section(spec);
  return text;
}

}  // namespace studiosync
