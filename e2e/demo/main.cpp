// The demo of ./dev demo: a fresh server, two devices, edits, a conflict, its resolution, a crash.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "e2e/demo/stage.hpp"

namespace studiosync::demo {
namespace {

namespace fs = std::filesystem;

// The folder of this program: syncd lies beside it.
fs::path own_folder() {
  return fs::read_symlink("/proc/self/exe").parent_path();
}

Result<std::string> fresh_folder() {
  std::string name = (fs::temp_directory_path() / "studiosync-demo-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    return fail(ErrorCode::store_error, "cannot create " + name);
  return name;
}

int run() {
  const auto folder = fresh_folder();
  if (!folder) {
    std::fprintf(stderr, "studiosync_demo: %s\n", folder.error().message.c_str());
    return 1;
  }
  Story story;
  {
    Stage stage{
        *folder, story,
        e2e::ServerProcess((own_folder() / "syncd").string(), *folder, {"auth.bcrypt_cost=6"})};
    for (const auto act : {act_import, act_live, act_conflicts, act_crash}) {
      if (const auto played = act(stage); !played) {
        story.check(played, "the act came to its end");
        break;
      }
    }
    stage.laptop.reset();
    stage.desktop.reset();
  }
  const std::string report = (own_folder() / "demo-report.md").string();
  const bool written = story.finish(report).has_value();
  if (!story.held()) {
    std::printf("Data and server log are kept in %s\n", folder->c_str());
    return 1;
  }
  fs::remove_all(*folder);
  return written ? 0 : 1;
}

}  // namespace
}  // namespace studiosync::demo

int main(int argc, char** argv) {
  if (argc == 1) return studiosync::demo::run();
  const bool asked =
      argc == 2 && (argv[1] == std::string_view("--help") || argv[1] == std::string_view("-h"));
  std::fputs(
      "usage: studiosync_demo\n"
      "A fresh server, two devices, edits, a conflict, its resolution, a crash. Takes no options;\n"
      "writes demo-report.md beside this program. Exit codes: 0 every check held, 1 one did not.\n",
      asked ? stdout : stderr);
  return asked ? 0 : 2;
}
