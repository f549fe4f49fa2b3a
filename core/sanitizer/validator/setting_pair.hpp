// name=value as it stands in connection strings, query strings and .env files, without quotes.
// The same bytes also stand in SQL (`SET password=new_password`), so the surroundings decide.
// Pure; any thread; reads a bounded number of bytes around the pair.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync::validator {

struct NamedSetting {
  std::string_view text;
  std::size_t name_begin = 0;
  std::size_t value_begin = 0;
};

// Where the value ends: at a separator, a quote, a bracket or a bound.
std::size_t value_end(const NamedSetting& pair) noexcept;

// Whether what ends the value there also ends settings: ; & a blank, a quote or the text's end.
bool ends_as_setting(const NamedSetting& pair, std::size_t value_end) noexcept;

// Whether another setting stands directly in front of the pair or behind it.
bool stands_among_settings(const NamedSetting& pair, std::size_t value_end) noexcept;

// Among settings: no reference to another name, no expression.
bool is_bare_password(std::string_view value) noexcept;
// Without: nobody names a column or a variable like this.
bool is_unmistakable_password(std::string_view value) noexcept;

}  // namespace studiosync::validator
