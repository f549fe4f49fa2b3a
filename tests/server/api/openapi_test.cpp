#include "server/api/openapi.hpp"

#include <algorithm>
#include <set>

#include "tests/server/api/api_fixture.hpp"

namespace studiosync::server {
namespace {

using Names = std::set<std::string>;

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

template <class Visit>
void each_operation(const Json& document, Visit visit) {
  for (const auto& [path, methods] : document.find("paths")->members()) {
    for (const auto& [method, operation] : methods.members()) {
      visit(upper(method) + " " + path, operation);
    }
  }
}

void collect_references(const Json& json, Names& found) {
  if (json.is_array()) {
    for (const Json& item : json.items()) collect_references(item, found);
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.members()) {
      if (key == "$ref") found.insert(value.as_string());
      collect_references(value, found);
    }
  }
}

class OpenApi : public ApiTest {
 protected:
  // The responses of a route, as `POST /api/sync/upload`.
  Json responses(const std::string& name) const {
    Json found = Json::object();
    each_operation(document_, [&](const std::string& described, const Json& operation) {
      if (described == name) found = *operation.find("responses");
    });
    return found;
  }
  Names statuses(const std::string& name) const {
    Names found;
    const Json described = responses(name);
    for (const auto& [status, response] : described.members()) {
      found.insert(status);
    }
    return found;
  }
  Names properties(const std::string& schema, const char* which = "properties") const {
    Names found;
    const Json described = at(document_, "components.schemas." + schema);
    if (const Json* list = described.find(which); list != nullptr && list->is_array()) {
      for (const Json& name : list->items()) found.insert(name.as_string());
    } else if (list != nullptr) {
      for (const auto& [name, property] : list->members()) found.insert(name);
    }
    return found;
  }
  // That an answer has what the schema demands, and nothing that it does not know.
  void expect_described(const Json& answer, const std::string& schema) const {
    Names members;
    for (const auto& [name, value] : answer.members()) members.insert(name);
    EXPECT_TRUE(std::ranges::includes(properties(schema), members)) << schema;
    EXPECT_TRUE(std::ranges::includes(members, properties(schema, "required"))) << schema;
  }

  const Json document_ = openapi_document();
};

TEST_F(OpenApi, DescribesExactlyTheRoutesThereAre) {
  Names described;
  each_operation(document_, [&](const std::string& name, const Json&) { described.insert(name); });
  Names served;
  for (const Route& route : api_->router().routes()) {
    served.insert(route.method + " " + route.pattern);
  }
  EXPECT_EQ(described, served);
}

TEST_F(OpenApi, SaysWhichRoutesNeedATokenAndABody) {
  Names secured;
  Names with_body;
  each_operation(document_, [&](const std::string& name, const Json& operation) {
    if (operation.find("security") != nullptr) secured.insert(name);
    if (operation.find("requestBody") != nullptr) with_body.insert(name);
  });
  for (const Route& route : api_->router().routes()) {
    const std::string name = route.method + " " + route.pattern;
    EXPECT_EQ(secured.contains(name), route.access == Access::token) << name;
    EXPECT_EQ(with_body.contains(name), route.body == Body::json) << name;
  }
}

TEST_F(OpenApi, TellsTheErrorsThatFollowFromWhatARouteNeeds) {
  for (const Route& route : api_->router().routes()) {
    const std::string name = route.method + " " + route.pattern;
    Names needed;
    if (route.access == Access::token) needed.merge(Names{"401", "403"});
    if (route.body == Body::json) needed.merge(Names{"400", "413"});
    if (route.limit) needed.insert("429");
    EXPECT_TRUE(std::ranges::includes(statuses(name), needed)) << name;
  }
}

// What a device meets at its first use is told of each route that takes one.
TEST_F(OpenApi, TellsWhatADeviceCanBeRefusedFor) {
  for (const char* name : {"POST /api/sync/upload", "GET /api/sync/download",
                           "POST /api/sync/conflicts/{id}/resolve"}) {
    for (const char* status : {"403", "422", "507"}) {
      EXPECT_TRUE(statuses(name).contains(status)) << name << " " << status;
    }
  }
  EXPECT_TRUE(statuses("POST /api/auth/refresh").contains("403"));
  EXPECT_TRUE(statuses("POST /api/auth/change-password").contains("429"));
}

// What is put off to a worker cannot be when too many wait.
TEST_F(OpenApi, TellsThatWorkersMayBeBusy) {
  sign_up("ada");
  admitted_ = fail(ErrorCode::service_unavailable, "too many wait");
  for (const Route& route : api_->router().routes()) {
    const std::string name = route.method + " " + route.pattern;
    const Answer answer = send(request(route.method, route.pattern, "{}"));
    EXPECT_TRUE(statuses(name).contains(std::to_string(answer.status))) << name << answer.status;
  }
}

TEST_F(OpenApi, DescribesTheStateOfAServerThatIsNotWell) {
  probed_ = fail(ErrorCode::store_error, "the disk is full");
  for (const char* path : {"/health", "/readyz"}) {
    const std::string name = std::string("GET ") + path;
    const Answer answer = get(path);
    ASSERT_EQ(answer.status, 503);
    Names either;
    collect_references(at(responses(name), "503"), either);
    const std::string schema = name == "GET /health" ? "Health" : "State";
    EXPECT_EQ(either, (Names{"#/components/schemas/Error", "#/components/schemas/" + schema}));
    expect_described(answer.body, schema);
  }
}

TEST_F(OpenApi, DescribesWhatBecameOfAChange) {
  sign_up("ada");
  const std::string put =
      R"([{"id":"c1","item_type":"saved_query","item_id":"q1","action":"create","sync_version":0,)"
      R"("data":{"name":"n","query":"PASSWORD 'x'"}},)"
      R"({"id":"c2","item_type":"saved_query","item_id":"q2","action":"create","sync_version":0,)"
      R"("data":{}}])";
  const Answer answer = upload("tablet", put);
  ASSERT_EQ(answer.status, 200);
  expect_described(answer.body, "UploadAnswer");
  const Json results = at(answer.body, "results");
  for (const Json& result : results.items()) {
    expect_described(result, "ChangeResult");
    expect_described(*result.find("rev"), "Rev");
  }
}

TEST_F(OpenApi, DefinesEverythingThatItRefersTo) {
  Names used;
  collect_references(document_, used);
  Names defined;
  const Json schemas = at(document_, "components.schemas");
  for (const auto& [name, schema] : schemas.members()) {
    defined.insert("#/components/schemas/" + name);
  }
  EXPECT_EQ(used, defined);
}

TEST_F(OpenApi, DescribesTheFieldsOfEveryEntity) {
  EXPECT_EQ(at(document_, "components.schemas.saved_query.properties.tags.type"), Json("array"));
  EXPECT_EQ(at(document_, "components.schemas.Download.properties.ai_messages.items.$ref"),
            Json("#/components/schemas/ai_message"));
}

TEST_F(OpenApi, IsServedWithoutAToken) {
  const Answer answer = get("/api/openapi.json");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(at(answer.body, "openapi"), Json("3.0.3"));
}

}  // namespace
}  // namespace studiosync::server
