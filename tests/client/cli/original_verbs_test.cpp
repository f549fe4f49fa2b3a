// originals: text that the server has only redacted is never lost to its user.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include "tests/client/cli/cli_fixture.hpp"

namespace studiosync::client {
namespace {

constexpr const char* secret = "canary-4711";

// Takes one request on a port of this machine, answers nothing, and tells what it read.
std::future<std::string> overheard_on(const std::string& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(listener, 1), 0);
  return std::async(std::launch::async, [listener] {
    const int connection = ::accept(listener, nullptr, nullptr);
    std::string heard(1 << 16, '\0');
    std::size_t size = 0;
    while (heard.find("merged_data") >= size) {
      const ssize_t got = ::read(connection, heard.data() + size, heard.size() - size);
      if (got <= 0) break;
      size += static_cast<std::size_t>(got);
    }
    ::close(connection);
    ::close(listener);
    return heard.substr(0, size);
  });
}

class OriginalVerbsTest : public SyncctlTest {
 protected:
  OriginalVerbsTest() {
    start_server();
    laptop_.emplace(device("laptop"));
    phone_.emplace(device("phone"));
  }

  static std::string data(const std::string& metadata) {
    return R"({"name":"db","type":"mysql","metadata":)" + metadata + "}";
  }
  static void put(const CliDevice& device, const std::string& metadata) {
    ASSERT_EQ(device.run({"put", "connection", "c1", "--json", data(metadata)}).code, 0);
  }
  static std::string metadata_on(const CliDevice& device) {
    return text(*device.json({"get", "connection", "c1"}).json().find("data"), "metadata");
  }
  static void sync(const CliDevice& device, int code = 0) {
    const Ran ran = device.run({"sync"});
    EXPECT_EQ(ran.code, code) << ran.errors;
  }
  // The laptop has a secret; both devices have the record.
  void both_have_it() {
    put(*laptop_, with_secret);
    sync(*laptop_);
    sync(*phone_);
  }
  void phone_changes_it() {
    put(*phone_, R"({"note":2})");
    sync(*phone_);
    sync(*laptop_);
  }

  const std::string with_secret = R"({"note":1,"password":")" + std::string(secret) + R"("})";
  std::optional<CliDevice> laptop_;
  std::optional<CliDevice> phone_;
};

TEST_F(OriginalVerbsTest, ARecordShowsWhatTheCloudHasRedacted) {
  both_have_it();
  EXPECT_EQ(metadata_on(*laptop_), with_secret);
  EXPECT_EQ(metadata_on(*phone_), R"({"note":1})");
  EXPECT_EQ(text(laptop_->json({"get", "connection", "c1"}).json(), "redacted"), R"(["metadata"])");
  EXPECT_EQ(text(phone_->json({"get", "connection", "c1"}).json(), "redacted"), "[]");
  const Ran for_people = laptop_->run({"get", "connection", "c1"});
  EXPECT_NE(for_people.errors.find("metadata: its text is redacted in the cloud"),
            std::string::npos);
  EXPECT_EQ(text(laptop_->json({"status"}).json(), "redacted"), "1");
  EXPECT_NE(
      laptop_->run({"status"}).out.find("1 record keeps text here that is redacted in the cloud"),
      std::string::npos);
  EXPECT_EQ(text(phone_->json({"status"}).json(), "redacted"), "0");
}

TEST_F(OriginalVerbsTest, ListsWhatWasPutAsideWithoutTheSecret) {
  both_have_it();
  EXPECT_EQ(laptop_->run({"originals", "list"}).out, "nothing was put aside\n");
  phone_changes_it();
  EXPECT_EQ(metadata_on(*laptop_), R"({"note":2})");
  const Ran list = laptop_->json({"originals", "list"});
  EXPECT_EQ(list.code, 0);
  const auto rows = list.objects();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(text(rows[0], "number"), "1");
  EXPECT_EQ(text(rows[0], "type"), "connection");
  EXPECT_EQ(text(rows[0], "id"), "c1");
  EXPECT_EQ(text(rows[0], "field"), "metadata");
  EXPECT_EQ(text(rows[0], "whole_record"), "false");
  const Ran for_people = laptop_->run({"originals", "list"});
  EXPECT_NE(for_people.out.find("metadata"), std::string::npos);
  EXPECT_EQ((list.out + for_people.out).find(secret), std::string::npos);
  EXPECT_EQ(text(laptop_->json({"status"}).json(), "originals"), "1");
  EXPECT_TRUE(phone_->json({"originals", "list"}).objects().empty());
}

TEST_F(OriginalVerbsTest, ShowsOne) {
  both_have_it();
  phone_changes_it();
  const Ran shown = laptop_->json({"originals", "show", "1"});
  ASSERT_EQ(shown.code, 0) << shown.errors;
  EXPECT_EQ(text(shown.json(), "value"), with_secret);
  EXPECT_NE(laptop_->run({"originals", "show", "1"}).out.find(secret), std::string::npos);
}

TEST_F(OriginalVerbsTest, GivesOneBackHereAndRedactedElsewhere) {
  both_have_it();
  phone_changes_it();
  const Ran restored = laptop_->json({"originals", "restore", "1"});
  ASSERT_EQ(restored.code, 0) << restored.errors;
  EXPECT_EQ(text(restored.json(), "queued"), "true");
  EXPECT_EQ(metadata_on(*laptop_), with_secret);
  EXPECT_EQ(laptop_->run({"originals", "list"}).out, "nothing was put aside\n");
  sync(*laptop_);
  sync(*phone_);
  EXPECT_EQ(metadata_on(*laptop_), with_secret);
  EXPECT_EQ(metadata_on(*phone_), R"({"note":1})");
}

TEST_F(OriginalVerbsTest, GivesADeletedRecordBack) {
  both_have_it();
  ASSERT_EQ(phone_->run({"delete", "connection", "c1"}).code, 0);
  sync(*phone_);
  sync(*laptop_);
  EXPECT_EQ(laptop_->run({"get", "connection", "c1"}).code, 8);
  EXPECT_EQ(text(laptop_->json({"originals", "list"}).objects().at(0), "whole_record"), "true");
  EXPECT_EQ(laptop_->run({"originals", "restore", "1"}).code, 0);
  EXPECT_EQ(metadata_on(*laptop_), with_secret);
}

TEST_F(OriginalVerbsTest, ForgetsOne) {
  both_have_it();
  phone_changes_it();
  EXPECT_EQ(text(laptop_->json({"originals", "discard", "1"}).json(), "discarded"), "1");
  EXPECT_TRUE(laptop_->json({"originals", "list"}).objects().empty());
  EXPECT_EQ(metadata_on(*laptop_), R"({"note":2})");
}

TEST_F(OriginalVerbsTest, SaysThatThereIsNoSuchOriginal) {
  for (const char* verb : {"show", "restore", "discard"}) {
    EXPECT_EQ(laptop_->run({"originals", verb, "7"}).code, 8) << verb;
    EXPECT_EQ(laptop_->run({"originals", verb}).code, 1) << verb;
    EXPECT_EQ(laptop_->run({"originals", verb, "seven"}).code, 1) << verb;
  }
  EXPECT_EQ(laptop_->run({"originals"}).code, 1);
  EXPECT_NE(laptop_->run({"originals", "--help"}).out.find("Examples:"), std::string::npos);
}

TEST_F(OriginalVerbsTest, AreNotExported) {
  both_have_it();
  phone_changes_it();
  EXPECT_EQ(laptop_->run({"export", "-"}).out.find(secret), std::string::npos);
}

class MergedVersionTest : public OriginalVerbsTest {
 protected:
  // The phone's side waits for a decision; the conflict's id.
  std::string open_conflict() {
    EXPECT_EQ(laptop_->run({"policy", "connection", "user_choice"}).code, 0);
    put(*laptop_, R"({"note":0})");
    sync(*laptop_);
    sync(*phone_);
    put(*laptop_, R"({"note":3})");
    put(*phone_, R"({"note":2})");
    sync(*laptop_);
    sync(*phone_, 5);
    const auto conflicts = phone_->json({"conflicts", "list"}).objects();
    EXPECT_EQ(conflicts.size(), 1U);
    return conflicts.empty() ? std::string() : text(conflicts[0], "id");
  }
  Ran resolve(const std::string& id) {
    return phone_->run({"conflicts", "resolve", id, "--merged", "-"}, data(with_secret));
  }
};

TEST_F(MergedVersionTest, ItsSecretStaysHereAndInTheRecord) {
  const std::string id = open_conflict();
  const Ran resolved = resolve(id);
  ASSERT_EQ(resolved.code, 0) << resolved.errors;
  EXPECT_EQ(resolved.out.find(secret), std::string::npos);
  sync(*phone_);
  EXPECT_EQ(metadata_on(*phone_), with_secret);
  EXPECT_TRUE(phone_->json({"originals", "list"}).objects().empty());
  sync(*laptop_);
  EXPECT_EQ(metadata_on(*laptop_), R"({"note":1})");
}

TEST_F(MergedVersionTest, ItsSecretIsNotSent) {
  const std::string id = open_conflict();
  stop_server();
  auto heard = overheard_on(port_);
  EXPECT_EQ(resolve(id).code, 3);
  const std::string request = heard.get();
  EXPECT_NE(request.find("merged_data"), std::string::npos) << request;
  EXPECT_EQ(request.find(secret), std::string::npos);
}

}  // namespace
}  // namespace studiosync::client
