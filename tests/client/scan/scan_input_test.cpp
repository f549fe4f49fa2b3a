#include "client/scan/scan_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace studiosync::client {
namespace {

using testing::ElementsAre;

void write(const std::string& path) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path) << "x";
}

TEST(KindOfFile, ReadsSqlFilesAsSqlAndAllOthersAsText) {
  EXPECT_EQ(kind_of_file("a/b.SQL"), TextAs::sql);
  EXPECT_EQ(kind_of_file("schema.ddl"), TextAs::sql);
  EXPECT_EQ(kind_of_file("sql"), TextAs::text);
  EXPECT_EQ(kind_of_file("-"), TextAs::text);
  EXPECT_EQ(kind_of_file("notes.md"), TextAs::text);
}

TEST(FilesBelow, ListsFoldersInOrderWithoutTheRepository) {
  const TemporaryFolder folder;
  for (const char* file : {"/b.sql", "/a/c.sql", "/.git/config"}) write(folder.path() + file);
  std::filesystem::create_symlink(folder.path() + "/b.sql", folder.path() + "/link.sql");
  const auto files = files_below({"-", folder.path()});
  ASSERT_TRUE(files.has_value());
  EXPECT_THAT(*files, ElementsAre("-", folder.path() + "/a/c.sql", folder.path() + "/b.sql"));
}

TEST(FilesBelow, NamesThePathThatDoesNotExist) {
  const auto files = files_below({"/no/such/file"});
  ASSERT_FALSE(files.has_value());
  EXPECT_NE(files.error().message.find("/no/such/file"), std::string::npos);
}

TEST(IsBinary, GoesByANulNearTheBeginning) {
  EXPECT_TRUE(
      is_binary(std::string_view("\x7f"
                                 "ELF\0",
                                 5)));
  EXPECT_FALSE(is_binary("SELECT 1"));
  EXPECT_FALSE(is_binary(""));
}

}  // namespace
}  // namespace studiosync::client
