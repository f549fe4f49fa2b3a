// import, export.
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "tests/client/cli/cli_fixture.hpp"

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

class TransferVerbsTest : public SyncctlTest {
 protected:
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
  std::ifstream in(path);
  const std::string written{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(written, laptop_.run({"export", "-"}).out);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(laptop_.run({"export", "/no/such/folder/out.jsonl"}).code, 7);
}

}  // namespace
}  // namespace studiosync::client
