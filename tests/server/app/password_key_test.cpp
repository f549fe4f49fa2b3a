// What passwords need besides accounts.db, and that they outlive the key of the tokens.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>

#include "core/base/hex.hpp"
#include "core/base/sha256.hpp"
#include "server/app/app.hpp"
#include "server/app/backup.hpp"
#include "server/app/check.hpp"
#include "server/auth/auth_service.hpp"
#include "server/ops/logging.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPassword = "correct horse";

class PasswordKey : public testing::Test {
 protected:
  PasswordKey() {
    config_.data.dir = folder_.file("data");
    config_.auth.bcrypt_cost = 4;
  }
  ~PasswordKey() override { stop_logging(); }

  static void sign_up(App& app, const std::string& name) {
    std::promise<bool> made;
    app.auth().register_account(name, name + "@example.com", kPassword,
                                [&](const Result<Grant>& grant) { made.set_value(bool{grant}); });
    ASSERT_TRUE(made.get_future().get());
  }
  static bool logs_in(App& app, const std::string& name) {
    std::promise<bool> granted;
    app.auth().login(name, kPassword, "192.0.2.1",
                     [&](const Result<Grant>& grant) { granted.set_value(bool{grant}); });
    return granted.get_future().get();
  }
  std::unique_ptr<App> open() { return App::open(config_).value(); }
  void sign_up(const std::string& name) { sign_up(*open(), name); }
  bool logs_in(const std::string& name) { return logs_in(*open(), name); }

  void back_up_and_restore() {
    ASSERT_TRUE(back_up_folder(config_.data.dir, copy_));
    EXPECT_THAT(check_folder(copy_).value(), testing::IsEmpty());
    config_.data.dir = folder_.file("restored");
    ASSERT_TRUE(restore_folder(copy_, config_.data.dir));
  }
  // As a folder was before passwords had a key of their own: all there is, is the tokens' key.
  void make_older() {
    config_.auth.jwt_secret = to_hex(sha256("the key of the tokens"));
    sign_up("ann");
    sign_up("bob");
    const std::string key = config_.data.dir + "/jwt.key";
    std::ofstream(key) << config_.auth.jwt_secret;
    fs::permissions(key, fs::perms{0600});
    config_.auth.jwt_secret.clear();
  }
  // What a start logs.
  std::string log_of_start() {
    std::ostringstream out;
    start_logging({.level = Level::warn, .out = &out});
    open().reset();
    stop_logging();
    return out.str();
  }

  TemporaryFolder folder_;
  const std::string copy_ = folder_.file("copy");
  Config config_;
};

TEST_F(PasswordKey, IsInACopyThatHasNoKeyOfTheTokens) {
  sign_up("ann");
  back_up_and_restore();
  EXPECT_FALSE(fs::exists(config_.data.dir + "/jwt.key"));
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, LetsPasswordsMoveFromAKeptToAConfiguredSecret) {
  sign_up("ann");
  config_.auth.jwt_secret = std::string(32, 's');
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, TakesOverWhatAnOlderFoldersKeyMade) {
  make_older();
  EXPECT_TRUE(logs_in("ann"));
  back_up_and_restore();
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, IsNotNeededToMoveAnOlderFolderToAConfiguredSecret) {
  make_older();
  config_.auth.jwt_secret = std::string(32, 's');
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, IsItsOwnersAloneAlsoInACopyWhoeverMakesIt) {
  sign_up("ann");
  // As where the copy lies on a share that gives every file one mode.
  fs::permissions(config_.data.dir + "/password.key", fs::perms{0644});
  back_up_and_restore();
  for (const std::string& folder : {copy_, config_.data.dir}) {
    struct stat info {};
    ASSERT_EQ(::stat((folder + "/password.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << folder;
  }
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, IsNotMadeWhereSomethingElseIsConfigured) {
  config_.auth.jwt_secret = std::string(32, 's');
  sign_up("ann");
  EXPECT_FALSE(fs::exists(config_.data.dir + "/password.key"));
  config_.auth.jwt_secret.clear();
  config_.auth.password_pepper = std::string(32, 'p');
  open();
  EXPECT_FALSE(fs::exists(config_.data.dir + "/password.key"));
}

// Those who only refresh their tokens while secrets rotate do not log in with their password.
TEST_F(PasswordKey, MakesARotationAMatterOfTokensAloneWhereItIsConfigured) {
  config_.auth.jwt_secret = std::string(32, 's');
  config_.auth.password_pepper = std::string(32, 'p');
  sign_up("ann");
  config_.auth.jwt_secret = std::string(32, 't');
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, OfASecretLastsUntilEachAccountHasLoggedIn) {
  config_.auth.jwt_secret = std::string(32, 's');
  sign_up("ann");
  sign_up("bob");
  config_.auth.previous_jwt_secret = config_.auth.jwt_secret;
  config_.auth.jwt_secret = std::string(32, 't');
  EXPECT_TRUE(logs_in("ann"));
  config_.auth.previous_jwt_secret.clear();
  EXPECT_TRUE(logs_in("ann"));
  EXPECT_FALSE(logs_in("bob"));
  EXPECT_THAT(log_of_start(), testing::HasSubstr("password_pepper_missing accounts=1"));
}

TEST_F(PasswordKey, MovesToAConfiguredPepperAtTheNextLogin) {
  sign_up("ann");
  config_.auth.password_pepper = std::string(32, 'p');
  EXPECT_TRUE(logs_in("ann"));
  fs::remove(config_.data.dir + "/password.key");
  fs::remove(config_.data.dir + "/jwt.key");
  EXPECT_TRUE(logs_in("ann"));
}

// A new one would make the hashes of whoever signs up meanwhile, and they need it when the old one
// is back.
TEST_F(PasswordKey, IsNotMadeAnewWhileAccountsNeedTheOneThatIsGone) {
  sign_up("ann");
  const std::string key = config_.data.dir + "/password.key";
  const std::string kept = folder_.file("kept");
  fs::rename(key, kept);
  const auto opened = App::open(config_);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, testing::AllOf(testing::HasSubstr("password.key"),
                                                     testing::HasSubstr(" 1 of the accounts")));
  EXPECT_FALSE(fs::exists(key));
  fs::rename(kept, key);
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, ThatIsLostForGoodIsReplacedByAConfiguredOne) {
  sign_up("ann");
  fs::remove(config_.data.dir + "/password.key");
  config_.auth.password_pepper = std::string(32, 'p');
  sign_up("bob");
  EXPECT_TRUE(logs_in("bob"));
  EXPECT_FALSE(logs_in("ann"));
}

TEST_F(PasswordKey, IsMadeBesideAccountsThatHaveADifferentOne) {
  make_older();
  open();
  EXPECT_TRUE(fs::exists(config_.data.dir + "/password.key"));
}

// A former start may have made a second one: with both, everybody can log in.
TEST_F(PasswordKey, OfThoseWhoCameMeanwhileIsConfiguredBesideTheOldOne) {
  sign_up("ann");
  const std::string key = config_.data.dir + "/password.key";
  const std::string kept = folder_.file("kept");
  fs::rename(key, kept);
  config_.auth.password_pepper = to_hex(sha256("made meanwhile"));
  sign_up("bob");
  fs::rename(kept, key);
  EXPECT_TRUE(logs_in("bob"));
  EXPECT_TRUE(logs_in("ann"));
}

TEST_F(PasswordKey, ThatHoldsSomethingElseIsFoundByACheck) {
  sign_up("ann");
  ASSERT_TRUE(back_up_folder(config_.data.dir, copy_));
  const std::string key = copy_ + "/password.key";
  fs::resize_file(key, 0);
  std::ofstream(key) << "x";
  EXPECT_THAT(check_folder(copy_).value(),
              testing::ElementsAre(testing::HasSubstr("password.key")));
  const auto restored = restore_folder(copy_, folder_.file("restored"));
  ASSERT_FALSE(restored);
  EXPECT_THAT(restored.error().message, testing::HasSubstr("password.key"));
}

TEST_F(PasswordKey, WhoseLossIsToldAtTheStart) {
  make_older();
  EXPECT_TRUE(logs_in("ann"));
  EXPECT_THAT(log_of_start(), testing::Not(testing::HasSubstr("password_pepper_missing")));
  fs::remove(config_.data.dir + "/jwt.key");  // bob has not logged in since
  EXPECT_THAT(log_of_start(), testing::HasSubstr("password_pepper_missing accounts=1"));
}

}  // namespace
}  // namespace studiosync::server
