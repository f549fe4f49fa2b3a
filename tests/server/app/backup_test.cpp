#include "server/app/backup.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/app/app.hpp"
#include "server/app/check.hpp"
#include "server/app/test_accounts.hpp"
#include "server/auth/auth_service.hpp"
#include "sqlite/database.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {
namespace {

namespace fs = std::filesystem;

constexpr uid_t nobody = 65'534;

class Backup : public testing::Test {
 protected:
  Backup() {
    config_.data.dir = folder_.file("data");
    config_.auth.bcrypt_cost = 4;
    EXPECT_TRUE(
        create_test_accounts(config_, {.count = 3, .out_file = folder_.file("users.jsonl")}));
  }
  std::vector<std::string> unfinished() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".unfinished")) names.push_back(name);
    }
    return names;
  }

  // From here on nobody may write to it but root.
  void make_read_only() const {
    for (const auto& entry : fs::directory_iterator(to_)) fs::permissions(entry, fs::perms{0444});
    fs::permissions(to_, fs::perms{0555});
    fs::permissions(folder_.path(), fs::perms{0777});
  }

  TemporaryFolder folder_;
  Config config_;
  const std::string to_ = folder_.file("copy");
};

TEST_F(Backup, HoldsEveryDatabaseOfAServedFolderAndTheKeyOfItsPasswords) {
  const auto app = App::open(config_).value();
  const auto made = back_up_folder(config_.data.dir, to_);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->files, 6U);
  std::uint64_t bytes = 0;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(to_)) {
    names.push_back(entry.path().filename().string());
    bytes += entry.file_size();
    if (names.back() == "password.key") continue;
    const auto db = sqlite::Database::open(entry.path().string(), {.create = false});
    ASSERT_TRUE(db);
    EXPECT_EQ((*db)->integrity().value(), "ok");
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre("accounts.db", "password.key", "shard-0.db",
                                                   "shard-1.db", "shard-2.db", "shard-3.db"));
  EXPECT_EQ(made->bytes, bytes);
}

TEST_F(Backup, IsItsOwnersAlone) {
  ASSERT_TRUE(back_up_folder(config_.data.dir, to_));
  struct stat info {};
  ASSERT_EQ(::stat(to_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
}

TEST_F(Backup, CanBeServedAndKnowsTheAccounts) {
  std::ifstream lines(folder_.file("users.jsonl"));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  ASSERT_TRUE(back_up_folder(config_.data.dir, to_));
  // The key of the tokens is a secret of its own and no part of the copy.
  ASSERT_FALSE(fs::exists(to_ + "/jwt.key"));
  fs::copy(config_.data.dir + "/jwt.key", to_ + "/jwt.key");
  config_.data.dir = to_;
  const auto app = App::open(config_).value();
  const auto account = parse_json(line).value();
  EXPECT_TRUE(app->auth().authenticate(account.find("token")->as_string()));
}

// As on a medium that cannot be written to, or a share of somebody else's.
TEST_F(Backup, CanBeCheckedAndRestoredWhereItCannotBeWrittenTo) {
  ASSERT_TRUE(back_up_folder(config_.data.dir, to_));
  make_read_only();
  const auto check_and_restore = [this] {
    if (::geteuid() == 0 && ::seteuid(nobody) != 0) return std::string("cannot become nobody");
    const auto findings = check_folder(to_);
    if (!findings) return findings.error().message;
    const auto restored = restore_folder(to_, folder_.file("restored"));
    return restored ? "" : restored.error().message;
  };
  // In a process of its own, which does not become root again.
  EXPECT_EXIT(
      {
        const std::string failure = check_and_restore();
        std::fputs(failure.c_str(), stderr);
        std::_Exit(failure.empty() ? 0 : 1);
      },
      testing::ExitedWithCode(0), "^$");
  fs::permissions(to_, fs::perms{0755});
  EXPECT_TRUE(fs::exists(folder_.file("restored") + "/accounts.db"));
}

TEST_F(Backup, OverwritesNothing) {
  fs::create_directory(to_);
  std::ofstream(to_ + "/precious") << "x";
  const auto made = back_up_folder(config_.data.dir, to_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::already_exists);
  EXPECT_TRUE(fs::exists(to_ + "/precious"));
  EXPECT_FALSE(fs::exists(to_ + "/accounts.db"));
}

TEST_F(Backup, FillsAnEmptyFolderAlsoUnderANameWithASlash) {
  fs::create_directory(to_);
  ASSERT_TRUE(back_up_folder(config_.data.dir, to_ + "/"));
  EXPECT_TRUE(fs::exists(to_ + "/accounts.db"));
}

TEST_F(Backup, LeavesNothingBehindWhenADatabaseIsDamaged) {
  std::ofstream(config_.data.dir + "/accounts.db", std::ios::trunc) << std::string(8192, 'x');
  const auto made = back_up_folder(config_.data.dir, to_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::store_error);
  EXPECT_FALSE(fs::exists(to_));
  EXPECT_THAT(unfinished(), testing::IsEmpty());
}

TEST_F(Backup, ReportsAFolderWithoutDatabases) {
  for (const char* name : {"none", "."}) {
    const auto made = back_up_folder(folder_.file(name), to_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::store_error);
  }
  EXPECT_FALSE(fs::exists(to_));
}

}  // namespace
}  // namespace studiosync::server
