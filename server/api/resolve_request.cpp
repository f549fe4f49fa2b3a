#include "server/api/resolve_request.hpp"

#include "core/protocol/object_reader.hpp"
#include "core/schema/validate.hpp"

namespace studiosync::server {
namespace {

// `merge` resolves on arrival or not at all: a person picks a side, both, or gives own data.
std::optional<Strategy> parse_resolving(std::string_view name) {
  const auto strategy = parse_strategy(name);
  return strategy == Strategy::merge ? std::nullopt : strategy;
}

std::optional<Choice> parse_side(std::string_view name) {
  const auto choice = parse_choice(name);
  const bool side = choice == Choice::local || choice == Choice::remote;
  return side ? choice : std::nullopt;
}

}  // namespace

Result<ResolveRequest> read_resolve_request(std::string_view conflict_id, const Json& body) {
  std::optional<Error> error;
  const ObjectReader in(body, "$", error);
  ResolveRequest request;
  request.resolve.conflict_id = conflict_id;
  request.resolve.strategy =
      in.parsed("strategy", parse_resolving, "last_write_wins, keep_both or user_choice");
  request.resolve.chosen = in.parsed_if("chosen_version", parse_side, "local or remote");
  if (in.has("merged_data")) {
    request.resolve.merged_data = *in.find("merged_data");
    if (!request.resolve.merged_data->is_object()) in.fail("merged_data", "must be an object");
  }
  if (in.has("remote_version")) {
    request.resolve.remote_version = Version{in.number("remote_version")};
  }
  request.device = {in.text_or_empty("device_id")};
  if (error) return Unexpected(std::move(*error));
  if (!request.device.empty()) SS_TRY(validate_id(request.device.value, "$.device_id"));
  return request;
}

}  // namespace studiosync::server
