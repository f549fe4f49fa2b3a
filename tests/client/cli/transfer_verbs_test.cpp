// import, export.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/client/cli/cli_fixture.hpp"
#include "tests/support/damage/damaged_page.hpp"
#include "tests/support/damage/full_disk.hpp"

namespace studiosync::client {
namespace {

constexpr const char* three_records =
    R"({"type":"connection","id":"c1","data":{"name":"Shop","type":"postgres","host":"db"}})"
    "\n\n"
    R"({"type":"saved_query","id":"q1","data":{"name":"Orders","query":"SELECT 1"}})"
    "\n"
    R"({"type":"query_history","id":"h1","data":{"query":"SELECT 2",)"
    R"("executed_at":"2026-01-01T00:00:00Z","privacy_mode":"private"}})"
    "\n";

std::string content_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

class TransferVerbsTest : public SyncctlTest {
 protected:
  // More than a buffer holds.
  void import_many() const {
    std::string lines;
    for (int i = 0; i < 100; ++i) {
      lines += R"({"type":"saved_query","id":"q)" + std::to_string(i) +
               R"(","data":{"name":"n","query":")" + std::string(2000, 'x') + "\"}}\n";
    }
    ASSERT_EQ(laptop_.run({"import", "-"}, lines).code, 0);
  }
  std::ptrdiff_t files_like(const std::string& beginning) const {
    const std::filesystem::directory_iterator files(laptop_.home());
    return std::count_if(begin(files), end(files), [&](const auto& entry) {
      return entry.path().filename().string().starts_with(beginning);
    });
  }

  CliDevice laptop_ = folder("laptop");
};

TEST_F(TransferVerbsTest, ImportsJsonLines) {
  const Ran ran = laptop_.json({"import", laptop_.file("in.jsonl", three_records)});
  ASSERT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(ran.json().dump(), R"({"local_only":1,"records":3,"redacted":0,"refused":0})");
  EXPECT_EQ(laptop_.run({"get", "connection", "c1"}).code, 0);
  EXPECT_EQ(laptop_.run({"get", "query_history", "h1"}).code, 0);
  EXPECT_EQ(laptop_.json({"queue"}).objects().size(), 2U);
}

TEST_F(TransferVerbsTest, ImportsTheGoodLinesAndNamesTheBadOnes) {
  const std::string lines =
      "{\n"
      R"({"type":"saved_query","id":"q1","data":{"name":"Orders","query":"SELECT 1"}})"
      "\n"
      R"({"type":"saved_query","id":"q2","data":{"name":7,"query":"SELECT 1"}})"
      "\n"
      R"({"type":"table","id":"t1","data":{}})"
      "\n"
      R"({"type":"saved_query","data":{}})"
      "\n"
      R"({"type":"saved_query","id":"q3","data":{"name":"Last","query":"SELECT 1"}})";
  const Ran ran = laptop_.json({"import", "-"}, lines);
  EXPECT_EQ(ran.code, 6);
  EXPECT_EQ(ran.json().dump(), R"({"local_only":0,"records":2,"redacted":0,"refused":4})");
  for (const char* line : {"line 1:", "line 3:", "line 4:", "line 5:"}) {
    EXPECT_NE(ran.errors.find(line), std::string::npos) << line;
  }
  EXPECT_EQ(laptop_.json({"list", "saved_query"}).objects().size(), 2U);
}

TEST_F(TransferVerbsTest, CountsTheRecordsThatOthersGetRedacted) {
  const Ran ran =
      laptop_.json({"import", "-"}, R"({"type":"saved_query","id":"q1","data":{"name":"a",)"
                                    R"("query":"ALTER ROLE a PASSWORD 'q7Zx'"}})");
  EXPECT_EQ(text(ran.json(), "redacted"), "1");
}

TEST_F(TransferVerbsTest, SaysThatTheFileIsMissing) {
  EXPECT_EQ(laptop_.run({"import", "/no/such/file"}).code, 8);
}

TEST_F(TransferVerbsTest, ExportsWhatAnotherFolderImports) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  const Ran exported = laptop_.run({"export", "-"});
  ASSERT_EQ(exported.code, 0);
  EXPECT_EQ(exported.objects().size(), 3U);

  const CliDevice copy = folder("copy");
  ASSERT_EQ(copy.run({"import", "-"}, exported.out).code, 0);
  EXPECT_EQ(copy.run({"export", "-"}).out, exported.out);
}

TEST_F(TransferVerbsTest, ExportsIntoAFile) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  const std::string path = laptop_.home() + "/out.jsonl";
  const Ran ran = laptop_.run({"export", path});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(content_of(path), laptop_.run({"export", "-"}).out);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(laptop_.run({"export", "/no/such/folder/out.jsonl"}).code, 7);
}

TEST_F(TransferVerbsTest, ExportsIntoAFileThatOthersCouldReadBefore) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  const std::string path = laptop_.file("out.jsonl", "old");
  ::chmod(path.c_str(), 0644);
  ASSERT_EQ(laptop_.run({"export", path}).code, 0);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(content_of(path), laptop_.run({"export", "-"}).out);
}

TEST_F(TransferVerbsTest, ExportsThroughALink) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  const std::string link = laptop_.home() + "/link.jsonl";
  const std::string path = laptop_.file("out.jsonl", "old");
  ASSERT_EQ(::symlink(path.c_str(), link.c_str()), 0);
  ASSERT_EQ(laptop_.run({"export", link}).code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(content_of(path), laptop_.run({"export", "-"}).out);
}

TEST_F(TransferVerbsTest, ExportsIntoWhatIsNoFile) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  EXPECT_EQ(laptop_.run({"export", "/dev/stdout"}).out, laptop_.run({"export", "-"}).out);
  EXPECT_EQ(laptop_.run({"export", "/dev/null"}).code, 0);
  EXPECT_EQ(laptop_.run({"export", laptop_.home()}).code, 7);
}

TEST_F(TransferVerbsTest, SaysThatAnExportDidNotFit) {
  import_many();
  const Ran ran = laptop_.run({"export", "/dev/full"});
  EXPECT_EQ(ran.code, 7);
  EXPECT_NE(ran.errors.find("/dev/full"), std::string::npos) << ran.errors;
  EXPECT_EQ(ran.errors.find("exported"), std::string::npos) << ran.errors;
}

TEST_F(TransferVerbsTest, AnExportThatDoesNotFitLeavesTheOneBefore) {
  import_many();
  const std::string path = laptop_.file("good.jsonl", "good");
  {
    const FullDisk full(64U << 10);
    EXPECT_EQ(laptop_.run({"export", path}).code, 7);
  }
  EXPECT_EQ(content_of(path), "good");
  EXPECT_EQ(files_like("good.jsonl"), 1) << "and nothing that is unfinished";
}

TEST_F(TransferVerbsTest, AnExportOfNothingReadableLeavesTheOneBefore) {
  std::filesystem::create_directory(laptop_.data());
  laptop_.file("data/local.db", "this is no database");
  const std::string path = laptop_.file("good.jsonl", "good");
  EXPECT_EQ(laptop_.run({"export", path}).code, 7);
  EXPECT_EQ(content_of(path), "good");
}

TEST_F(TransferVerbsTest, ExportsWhatCanBeReadAndNamesTheRest) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  damage(laptop_.data() + "/local.db", "connection_templates");
  const Ran ran = laptop_.run({"export", "-"});
  EXPECT_EQ(ran.code, 7);
  EXPECT_EQ(ran.objects().size(), 2U);
  EXPECT_NE(ran.errors.find("connection"), std::string::npos) << ran.errors;
}

TEST_F(TransferVerbsTest, AnIncompleteExportReplacesNone) {
  ASSERT_EQ(laptop_.run({"import", "-"}, three_records).code, 0);
  damage(laptop_.data() + "/local.db", "connection_templates");
  const std::string readable = laptop_.run({"export", "-"}).out;
  const std::string first = laptop_.home() + "/first.jsonl";
  EXPECT_EQ(laptop_.run({"export", first}).code, 7);
  EXPECT_EQ(content_of(first), readable);

  const std::string path = laptop_.file("good.jsonl", "good");
  const Ran ran = laptop_.run({"export", path});
  EXPECT_EQ(ran.code, 7);
  EXPECT_NE(ran.errors.find(path + ".incomplete"), std::string::npos) << ran.errors;
  EXPECT_EQ(content_of(path), "good");
  EXPECT_EQ(content_of(path + ".incomplete"), readable);
}

}  // namespace
}  // namespace studiosync::client
