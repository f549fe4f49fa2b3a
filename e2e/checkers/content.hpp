// Contents taken apart once: numbers for field names and values, so that rules compare integers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace studiosync::e2e::judging {

enum class FieldNo : std::uint32_t {};
// Equal numbers are equal canonical values.
enum class ValueNo : std::uint32_t { absent = 0 };

struct Field {
  FieldNo name;
  ValueNo value;
};

// The top-level members of one content; of no record there are none.
class Content {
 public:
  explicit Content(std::vector<Field> fields) : fields_(std::move(fields)) {}

  ValueNo value(FieldNo name) const noexcept;
  // Whether it says that the field is absent.
  bool names(FieldNo absent) const noexcept;
  const std::vector<Field>& fields() const noexcept { return fields_; }
  bool empty() const noexcept { return fields_.empty(); }

 private:
  std::vector<Field> fields_;
};

// One member of an object, as it stands in the text; the name without its quotes.
struct MemberText {
  std::string_view name;
  std::string_view value;
};
// The members of an object without white space. Text that is none has no members.
std::vector<MemberText> members_of(std::string_view object);
// The value of one member; empty where there is none.
std::string_view member_of(std::string_view object, std::string_view name);
// What stands between the quotes of a JSON text; as it is where it is none.
std::string_view unquoted(std::string_view value);

// Owns what it hands out, by reference, for its own lifetime. The texts given must live as long.
class Contents {
 public:
  Contents();

  const Content& of(std::string_view canonical);
  const Content& made_of(std::vector<Field> fields);
  // Nothing for a value that no content has.
  std::optional<ValueNo> find_value(std::string_view text) const;
  FieldNo field(std::string_view name);
  ValueNo value(std::string_view text);
  std::string_view name(FieldNo field) const { return names_[static_cast<std::size_t>(field)]; }
  std::string_view text(ValueNo value) const { return texts_[static_cast<std::size_t>(value)]; }
  std::size_t values() const noexcept { return texts_.size(); }

 private:
  std::deque<Content> contents_;
  std::unordered_map<std::string_view, const Content*> content_numbers_;
  std::unordered_map<std::string_view, FieldNo> field_numbers_;
  std::unordered_map<std::string_view, ValueNo> value_numbers_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> texts_;
};

}  // namespace studiosync::e2e::judging
