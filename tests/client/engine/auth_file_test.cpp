#include "client/engine/auth_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

class AuthFileTest : public testing::Test {
 protected:
  static Login example() {
    return {.server = "http://127.0.0.1:8080",
            .user_id = "u-1",
            .email = "ann@example.com",
            .username = "ann",
            .device_id = "device-1",
            .device_name = "Ann's \"laptop\"",
            .ca_file = "/etc/ca.pem",
            .access_token = "access",
            .refresh_token = "refresh",
            .expires = {1'800'000'000'000}};
  }
  Result<> save(const Login& login) { return save_login(folder_.path(), login); }
  ErrorCode refusal() {
    const auto login = load_login(folder_.path());
    EXPECT_FALSE(login);
    return login ? ErrorCode::server_error : login.error().code;
  }
  void write(const std::string& text) {
    std::ofstream(path_) << text;
    ::chmod(path_.c_str(), 0600);
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.file("auth.json");
};

TEST_F(AuthFileTest, KeepsALogin) {
  ASSERT_TRUE(save(example()));
  const Login login = load_login(folder_.path()).value().value();
  EXPECT_EQ(login.server, "http://127.0.0.1:8080");
  EXPECT_EQ(login.user_id, "u-1");
  EXPECT_EQ(login.email, "ann@example.com");
  EXPECT_EQ(login.username, "ann");
  EXPECT_EQ(login.device_id, "device-1");
  EXPECT_EQ(login.device_name, "Ann's \"laptop\"");
  EXPECT_EQ(login.ca_file, "/etc/ca.pem");
  EXPECT_EQ(login.access_token, "access");
  EXPECT_EQ(login.refresh_token, "refresh");
  EXPECT_EQ(login.expires, WallTime{1'800'000'000'000});
}

TEST_F(AuthFileTest, AnswersNothingWhereThereIsNone) {
  const auto login = load_login(folder_.path());
  ASSERT_TRUE(login);
  EXPECT_FALSE(login->has_value());
}

TEST_F(AuthFileTest, IsReadableByItsOwnerOnly) {
  const mode_t before = ::umask(0);  // nothing but the mode that was asked for protects it
  ASSERT_TRUE(save(example()));
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(AuthFileTest, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(save(example()));
  for (const mode_t mode : {0640U, 0604U, 0644U, 0620U}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    EXPECT_EQ(refusal(), ErrorCode::forbidden) << std::oct << mode;
  }
  ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
  EXPECT_TRUE(load_login(folder_.path()));
}

TEST_F(AuthFileTest, IsPrivateAgainAfterTheNextLogin) {
  ASSERT_TRUE(save(example()));
  ASSERT_EQ(::chmod(path_.c_str(), 0644), 0);
  ASSERT_TRUE(save(example()));
  EXPECT_TRUE(load_login(folder_.path()));
}

// Who has the old file open reads the old login to its end: the new one is another file.
TEST_F(AuthFileTest, IsReplacedAsAWhole) {
  ASSERT_TRUE(save(example()));
  std::ifstream reader(path_);
  struct stat before {};
  ASSERT_EQ(::stat(path_.c_str(), &before), 0);
  Login next = example();
  next.access_token = "another";
  ASSERT_TRUE(save(next));
  struct stat after {};
  ASSERT_EQ(::stat(path_.c_str(), &after), 0);
  EXPECT_NE(before.st_ino, after.st_ino);
  const std::string old{std::istreambuf_iterator<char>(reader), {}};
  EXPECT_NE(old.find("\"access\""), std::string::npos);
  EXPECT_EQ(old.find("another"), std::string::npos);
}

TEST_F(AuthFileTest, LeavesNoOtherFileBehind) {
  ASSERT_TRUE(save(example()));
  ASSERT_TRUE(save(example()));
  const std::filesystem::directory_iterator files(folder_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(AuthFileTest, CannotBeWrittenIntoAFolderThatIsMissing) {
  const auto saved = save_login(folder_.file("missing"), example());
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, ErrorCode::store_error);
}

TEST_F(AuthFileTest, IsRefusedWhenDamaged) {
  for (const char* text : {"", "{", "[]", "\"token\"", "{\"server\":\"http://x\"} {}"}) {
    write(text);
    EXPECT_EQ(refusal(), ErrorCode::validation_error) << text;
  }
}

TEST_F(AuthFileTest, IsRefusedWhenItIsFarTooLarge) {
  write("{\"server\":\"" + std::string(1'000'000, 'x') + "\"}");
  EXPECT_EQ(refusal(), ErrorCode::validation_error);
}

TEST_F(AuthFileTest, ReadsWhatANewerProgramWrote) {
  write(R"({"server":"http://x","access_token":"a","future":{"more":1}})");
  const Login login = load_login(folder_.path()).value().value();
  EXPECT_EQ(login.server, "http://x");
  EXPECT_EQ(login.access_token, "a");
  EXPECT_EQ(login.refresh_token, "");
}

}  // namespace
}  // namespace studiosync::client
