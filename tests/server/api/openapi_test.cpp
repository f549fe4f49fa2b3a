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
