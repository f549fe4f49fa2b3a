#include "client/cli/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/sync/admission.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t cell_bytes_max = 60;

void print(std::FILE* out, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), out);
  std::fputc('\n', out);
  std::fflush(out);
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
}

// One line, cut at a character's boundary; nothing in it that a terminal would obey.
std::string cell_text(const std::string& text) {
  std::string cell = text.substr(0, text.find('\n'));
  std::replace_if(cell.begin(), cell.end(), is_control, '?');
  if (cell.size() == text.size() && cell.size() <= cell_bytes_max) return cell;
  std::size_t end = std::min(cell.size(), cell_bytes_max);
  while (end > 0 && end < cell.size() && (static_cast<unsigned char>(cell[end]) & 0xC0U) == 0x80U)
    --end;
  return cell.substr(0, end) + "…";
}

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

void Output::result(const Json& value, const std::string& text) const {
  if (json_) {
    print(stdout, value.dump());
  } else if (!text.empty()) {
    print(stdout, text);
  }
}

void Output::line(std::string_view text) const {
  print(stdout, text);
}

void Output::note(std::string_view text) const {
  if (!json_) print(stderr, text);
}

// Errors end in the logs of pipelines, and some repeat what was typed.
void Output::error(const Error& error) const {
  const std::string message = without_credentials(error.message);
  const std::string path = without_credentials(error.path);
  if (json_) {
    Json value = Json::object();
    value.set("error", true).set("code", to_string(error.code)).set("message", message);
    if (!path.empty()) value.set("path", path);
    if (!error.rule.empty()) value.set("rule", error.rule);
    print(stderr, value.dump());
    return;
  }
  std::string text = "syncctl: " + message;
  if (!path.empty()) text += " (at " + path + ")";
  if (!error.rule.empty()) text += "; syncctl scan --explain " + error.rule + " tells why";
  print(stderr, text);
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], width(cell_text(row[i])));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = cell_text(row[i]);
      line += cell;
      if (i + 1 < row.size()) line.append(widths[i] - width(cell) + 2, ' ');
    }
    text += line + '\n';
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

Progress::Progress(std::string title, bool quiet)
    : title_(std::move(title)), active_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (drawn_) std::fputc('\n', stderr);
}

void Progress::show(std::size_t done, std::size_t total) {
  if (!active_) return;
  const int percent = total == 0 ? 0 : static_cast<int>(std::min(done, total) * 100 / total);
  if (percent == last_percent_ && total != 0) return;
  last_percent_ = percent;
  drawn_ = true;
  constexpr std::size_t bar = 30;
  const std::size_t full = total == 0 ? 0 : bar * static_cast<std::size_t>(percent) / 100;
  std::string line =
      "\r" + title_ + " [" + std::string(full, '#') + std::string(bar - full, '.') + "] ";
  line += std::to_string(done);
  if (total != 0) line += " of " + std::to_string(total);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace studiosync::client
