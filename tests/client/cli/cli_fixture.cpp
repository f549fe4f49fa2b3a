#include "tests/client/cli/cli_fixture.hpp"

#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <iterator>

namespace studiosync::client {
namespace {

constexpr Millis patience{30'000};

std::string content_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::vector<std::string> Ran::lines() const {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < out.size(); at = out.find('\n', at) + 1) {
    found.push_back(out.substr(at, out.find('\n', at) - at));
  }
  return found;
}

Json Ran::json() const {
  auto value = parse_json(out);
  EXPECT_TRUE(value) << "out: " << out << "errors: " << errors;
  return value ? std::move(*value) : Json();
}

std::vector<Json> Ran::objects() const {
  std::vector<Json> found;
  for (const std::string& line : lines()) {
    auto value = parse_json(line);
    EXPECT_TRUE(value && value->is_object()) << line;
    if (value) found.push_back(std::move(*value));
  }
  return found;
}

std::string text(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr) return {};
  return value->is_string() ? value->as_string() : value->dump();
}

os::ChildProcess CliDevice::start(const std::vector<std::string>& arguments,
                                  const std::string& input) const {
  const std::string in = file("input", input);
  const std::string errors = file("errors", "");
  std::vector<std::string> command{"env", "-i", "PATH=/usr/bin:/bin", "HOME=" + home_};
  command.insert(command.end(), environment.begin(), environment.end());
  command.insert(command.end(), {"sh", "-c", "exec \"$0\" \"$@\" < '" + in + "'",
                                 STUDIOSYNC_BIN "/syncctl", "--data", data()});
  command.insert(command.end(), arguments.begin(), arguments.end());
  return os::ChildProcess::start(command, errors).value();
}

Ran CliDevice::run(const std::vector<std::string>& arguments, const std::string& input) const {
  os::ChildProcess process = start(arguments, input);
  Ran ran;
  for (auto line = process.read_line(patience); line; line = process.read_line(patience)) {
    ran.out += *line + '\n';
  }
  ran.code = process.wait(patience).value_or(-1);
  ran.errors = content_of(home_ + "/errors");
  return ran;
}

Ran CliDevice::json(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.begin(), "--json");
  return run(arguments, input);
}

std::string CliDevice::file(const std::string& name, const std::string& content) const {
  const std::string path = home_ + "/" + name;
  std::ofstream(path, std::ios::trunc) << content;
  return path;
}

void SyncctlTest::start_server(const std::vector<std::string>& settings) {
  std::vector<std::string> command{
      STUDIOSYNC_BIN "/syncd", "serve", "--data", folder_.file("server"), "--port", port_,
      "--metrics-port",        "0",     "--set",  "auth.bcrypt_cost=4"};
  for (const std::string& setting : settings) command.insert(command.end(), {"--set", setting});
  server_.emplace(os::ChildProcess::start(command, folder_.file("server.log")).value());
  const auto line = parse_json(server_->read_line(patience).value_or("null"));
  ASSERT_TRUE(line && line->is_object());
  url_ = text(*line, "http");
  port_ = url_.substr(url_.rfind(':') + 1);  // the same again after a restart
}

void SyncctlTest::stop_server() {
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(patience).value_or(-1), 0);
}

CliDevice SyncctlTest::folder(const std::string& name) {
  const std::string home = folder_.file(name);
  EXPECT_EQ(::mkdir(home.c_str(), 0700), 0);
  const CliDevice made(home);
  made.file("password", password + "\n");
  return made;
}

std::vector<std::string> SyncctlTest::setup_words(const std::string& url) {
  return {"setup", "--server", url, "--email", "ann@example.com"};
}

CliDevice SyncctlTest::device(const std::string& name) {
  const CliDevice made = folder(name);
  auto words = setup_words(url_);
  words.insert(words.end(), {"--password-file", made.home() + "/password", "--device-name", name});
  if (!registered_) words.insert(words.end(), {"--register", "--username", "ann"});
  registered_ = true;
  const Ran ran = made.run(words);
  EXPECT_EQ(ran.code, 0) << ran.errors;
  return made;
}

}  // namespace studiosync::client
