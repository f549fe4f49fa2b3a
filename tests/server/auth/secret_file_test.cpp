#include "server/auth/secret_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::server {
namespace {

class SecretFile : public testing::Test {
 protected:
  mode_t mode() const {
    struct stat status {};
    EXPECT_EQ(::stat(path_.c_str(), &status), 0);
    return status.st_mode & 07777;
  }
  void write(const std::string& text) {
    std::ofstream(path_) << text;
    ::chmod(path_.c_str(), 0600);
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("jwt.key");
};

TEST_F(SecretFile, IsCreatedForItsOwnerOnlyAndKeptAfterwards) {
  const auto created = load_or_create_secret(path_);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->size(), 64U);
  EXPECT_EQ(mode(), 0600U);
  EXPECT_EQ(load_or_create_secret(path_).value(), *created);
}

TEST_F(SecretFile, DiffersFromFolderToFolder) {
  EXPECT_NE(load_or_create_secret(path_).value(), load_or_create_secret(path_ + "2").value());
}

TEST_F(SecretFile, IsRefusedWhenOthersCanReadIt) {
  ASSERT_TRUE(load_or_create_secret(path_));
  for (const mode_t open : {0640U, 0604U, 0660U}) {
    ::chmod(path_.c_str(), open);
    const auto loaded = load_or_create_secret(path_);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::forbidden);
  }
}

TEST_F(SecretFile, IsRefusedWhenItHoldsSomethingElseAndIsNotOverwritten) {
  for (const std::string& text : {std::string(), std::string("secret"), std::string(64, 'x'),
                                  std::string(65, 'a'), std::string(63, 'a')}) {
    write(text);
    EXPECT_FALSE(load_or_create_secret(path_)) << text;
    std::string kept;
    std::getline(std::ifstream(path_), kept);
    EXPECT_EQ(kept, text);
  }
}

TEST_F(SecretFile, IsAnErrorInAFolderThatDoesNotExist) {
  EXPECT_FALSE(load_or_create_secret(folder_.file("missing/jwt.key")));
}

}  // namespace
}  // namespace studiosync::server
