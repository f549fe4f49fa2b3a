// digest → digest: 256 sums that prove two replicas equal, or the rows of the buckets that differ.
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

std::vector<std::uint8_t> read_buckets(const ObjectReader& in) {
  std::vector<std::uint8_t> buckets;
  const Json::Array* items = in.array("buckets");
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const Json& bucket = (*items)[i];
    if (bucket.is_integer() && bucket.as_int() >= 0 && bucket.as_int() < 256) {
      buckets.push_back(static_cast<std::uint8_t>(bucket.as_int()));
    } else {
      in.fail_at("buckets", i, "must be an integer from 0 to 255");
    }
  }
  return buckets;
}

DigestSums read_sums(const ObjectReader& in) {
  DigestSums sums{};
  const Json::Array* items = in.array("sums");
  if (items == nullptr || items->size() != sums.size()) {
    in.fail("sums", "must have 256 sums");
    return sums;
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const Json& sum = (*items)[i];
    const auto hash = sum.is_string() ? parse_hash(sum.as_string()) : std::nullopt;
    if (!hash) in.fail_at("sums", i, "must be 32 hex digits");
    sums[i] = hash.value_or(Hash128{});
  }
  return sums;
}

Json sums_json(const DigestSums& sums) {
  Json list = Json::array();
  for (const Hash128& sum : sums) list.push_back(hash_text(sum));
  return list;
}

}  // namespace

void write_members(const DigestRequest& request, Json& frame) {
  frame.set("cursor", to_string(request.cursor));
  if (request.buckets.empty()) return;
  Json buckets = Json::array();
  for (const std::uint8_t bucket : request.buckets) buckets.push_back(int{bucket});
  frame.set("buckets", std::move(buckets));
}

void write_members(const DigestAnswer& answer, Json& frame) {
  frame.set("cursor", to_string(answer.cursor));
  if (answer.has_rows) {
    frame.set("rows", records_json(answer.rows));
  } else {
    frame.set("sums", sums_json(answer.sums));
  }
}

Message read_digest(const ObjectReader& in) {
  const Cursor cursor = read_cursor(in, "cursor");
  if (in.has("rows")) {
    return DigestAnswer{
        .cursor = cursor, .sums = {}, .rows = read_records(in, "rows"), .has_rows = true};
  }
  if (in.has("sums")) return DigestAnswer{.cursor = cursor, .sums = read_sums(in), .rows = {}};
  DigestRequest request{.cursor = cursor, .buckets = {}};
  if (in.has("buckets")) request.buckets = read_buckets(in);
  return request;
}

}  // namespace studiosync
