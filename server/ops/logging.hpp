// Stable event names with fields: `push_applied device=d-1 changes=3`. Never contents, never
// tokens. Thread-safe. Before start_logging() events go nowhere.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>

namespace studiosync::server {

enum class Level : std::uint8_t { debug, info, warn, error };
// `info` for a name that is none.
Level parse_level(std::string_view name) noexcept;

// A field's value: a text, or a number or boolean as it is written.
class LogValue {
 public:
  LogValue(std::string_view text) : text_(text), quoted_(true) {}
  LogValue(const std::string& text) : LogValue(std::string_view(text)) {}
  LogValue(const char* text) : LogValue(std::string_view(text)) {}
  LogValue(bool value) : text_(value ? "true" : "false") {}
  template <std::integral Number>
  LogValue(Number value) : text_(std::to_string(value)) {}

  const std::string& text() const noexcept { return text_; }
  bool quoted() const noexcept { return quoted_; }

 private:
  std::string text_;
  bool quoted_ = false;
};

struct LogField {
  std::string_view key;
  LogValue value;
};

struct LogOptions {
  Level level = Level::info;
  bool json = false;            // one JSON object a line; else a readable line
  std::ostream* out = nullptr;  // null: standard error. Must outlive logging
};

// Starts, or starts anew with other options. Not at the same time as log_event().
void start_logging(const LogOptions& options);
// Writes what is buffered and stops.
void stop_logging();

void log_event(Level level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace studiosync::server
