#include "server/api/openapi.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "server/api/openapi_operations.hpp"
#include "server/api/openapi_schemas.hpp"

namespace studiosync::server {
namespace {

Json schema_reference(std::string_view schema) {
  return Json::object().set("$ref", "#/components/schemas/" + std::string(schema));
}

Json media_json(Json schema) {
  Json media = Json::object().set("schema", std::move(schema));
  return Json::object().set("application/json", std::move(media));
}

Json json_content(std::string_view schema) {
  return media_json(schema_reference(schema));
}

Json text_content() {
  Json schema = Json::object().set("type", "string");
  return Json::object().set("text/plain", Json::object().set("schema", std::move(schema)));
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Json parameter_json(std::string name, const char* where, bool required) {
  Json json = Json::object();
  json.set("name", std::move(name));
  json.set("in", where);
  json.set("required", required);
  json.set("schema", Json::object().set("type", "string"));
  return json;
}

Json parameters_json(const Operation& operation) {
  Json parameters = Json::array();
  if (operation.path.find("{id}") != std::string_view::npos) {
    parameters.push_back(parameter_json("id", "path", true));
  }
  for (std::string name : words_of(operation.query)) {
    const bool required = name.ends_with('!');
    if (required) name.pop_back();
    parameters.push_back(parameter_json(std::move(name), "query", required));
  }
  return parameters;
}

std::set<std::string> error_statuses(const Operation& operation) {
  std::set<std::string> statuses;
  const auto add = [&](std::string_view more) {
    for (std::string& status : words_of(more)) statuses.insert(std::move(status));
  };
  add(operation.errors);
  if (operation.token) add("401 403");
  if (!operation.request.empty()) add("400 413");
  if (operation.waits) add("500 503");
  return statuses;
}

// A state that is not well is told as that, and as an error where nobody could look.
Json error_content(const Operation& operation, const std::string& status) {
  if (status != "503" || operation.unwell.empty()) return json_content("Error");
  Json either = Json::array();
  for (const std::string_view schema : {operation.unwell, std::string_view("Error")}) {
    either.push_back(schema_reference(schema));
  }
  return media_json(Json::object().set("oneOf", std::move(either)));
}

Json responses_json(const Operation& operation) {
  Json done = Json::object().set("description", "done");
  done.set("content",
           operation.response.empty() ? text_content() : json_content(operation.response));
  Json responses = Json::object().set(std::to_string(operation.success), std::move(done));
  for (const std::string& status : error_statuses(operation)) {
    Json error = Json::object().set("description", "see `code`");
    error.set("content", error_content(operation, status));
    responses.set(status, std::move(error));
  }
  return responses;
}

Json operation_json(const Operation& operation) {
  Json json = Json::object();
  json.set("tags", Json(Json::Array{Json(operation.tag)}));
  json.set("summary", operation.summary);
  if (Json parameters = parameters_json(operation); !parameters.items().empty()) {
    json.set("parameters", std::move(parameters));
  }
  if (!operation.request.empty()) {
    Json body = Json::object().set("required", true);
    json.set("requestBody", body.set("content", json_content(operation.request)));
  }
  json.set("responses", responses_json(operation));
  if (operation.token) {
    json.set("security", Json(Json::Array{Json::object().set("bearer", Json::array())}));
  }
  return json;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return out;
}

Json paths_json() {
  Json paths = Json::object();
  for (const Operation& operation : operations()) {
    const std::string path(operation.path);
    if (paths.find(path) == nullptr) paths.set(path, Json::object());
    paths.find(path)->set(lower(operation.method), operation_json(operation));
  }
  return paths;
}

Json components_json() {
  Json bearer = Json::object().set("type", "http");
  bearer.set("scheme", "bearer").set("bearerFormat", "JWT");
  Json components = Json::object().set("schemas", openapi_schemas());
  components.set("securitySchemes", Json::object().set("bearer", std::move(bearer)));
  return components;
}

}  // namespace

Json openapi_document() {
  Json info = Json::object().set("title", "StudioSync");
  info.set("version", "1").set("description", "Sync server of a SQL client: HTTP API");
  Json document = Json::object().set("openapi", "3.0.3");
  document.set("info", std::move(info));
  document.set("paths", paths_json());
  document.set("components", components_json());
  return document;
}

void add_openapi_route(Router& router) {
  const auto response =
      std::make_shared<const HttpResponse>(json_response(200, openapi_document()));
  router.add({"GET", "/api/openapi.json", Access::open, Body::none,
              [response](const Request&, const Respond& respond) { respond(*response); }});
}

}  // namespace studiosync::server
