#include "server/ops/logging.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

#include "server/ops/log_line.hpp"

namespace studiosync::server {
namespace {

struct Logging {
  std::shared_ptr<spdlog::logger> logger;
  bool json = false;
};

// One for the process, as the standard error is: an event must be loggable from anywhere.
Logging& logging() {
  static Logging instance;
  return instance;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::shared_ptr<spdlog::sinks::sink> make_sink(std::ostream* out) {
  if (out == nullptr) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  return std::make_shared<spdlog::sinks::ostream_sink_mt>(*out, true);
}

constexpr const char* json_pattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";
constexpr const char* readable_pattern = "%H:%M:%S.%e %-7l %v";

}  // namespace

Level parse_level(std::string_view name) noexcept {
  if (name == "debug") return Level::debug;
  if (name == "warn") return Level::warn;
  if (name == "error") return Level::error;
  return Level::info;
}

void start_logging(const LogOptions& options) {
  auto logger = std::make_shared<spdlog::logger>("syncd", make_sink(options.out));
  logger->set_level(spdlog_level(options.level));
  logger->flush_on(spdlog::level::info);  // a crash must not take the last lines along
  logger->set_pattern(
      options.json ? json_pattern : readable_pattern,
      options.json ? spdlog::pattern_time_type::utc : spdlog::pattern_time_type::local);
  logging() = {std::move(logger), options.json};
}

void stop_logging() {
  if (logging().logger) logging().logger->flush();
  logging() = {};
}

void log_event(Level level, std::string_view event, std::initializer_list<LogField> fields) {
  const Logging& log = logging();
  if (!log.logger || !log.logger->should_log(spdlog_level(level))) return;
  const std::span<const LogField> all(fields.begin(), fields.size());
  // As an argument, never as the format: a field may hold braces.
  log.logger->log(spdlog_level(level), spdlog::string_view_t(log.json ? json_members(event, all)
                                                                      : readable_line(event, all)));
}

}  // namespace studiosync::server
