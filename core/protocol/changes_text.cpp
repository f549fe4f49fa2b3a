#include "core/protocol/changes_text.hpp"

#include "core/base/expected_text.hpp"
#include "core/base/json.hpp"
#include "core/base/limits.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

constexpr std::string_view beginning = R"({"type":"changes",)";

// The values of a text are at most half as many as its bytes.
constexpr std::size_t text_bytes_max = 2 * limits::values_max;

Origin read_origin(ExpectedText& in) {
  Origin origin;
  in.expect(R"("hlc":)");
  origin.stamp = in.parsed(parse_stamp);
  in.expect(R"(,"replica_id":)");
  origin.replica = in.parsed(parse_uuid<ReplicaId>);
  in.expect(R"(,"device_seq":)");
  origin.device_seq = {in.number()};
  return origin;
}

FieldVersion read_field_version(ExpectedText& in) {
  FieldVersion version;
  in.expect(R"({"field":)");
  version.field = in.plain_string();
  in.expect(R"(,"version":)");
  version.version = {in.number()};
  in.expect(",");
  version.origin = read_origin(in);
  in.expect("}");
  return version;
}

// The items of an array of at least one, from behind its bracket to the one that ends it.
template <class Item>
std::vector<Item> read_items(ExpectedText& in, Item (*read)(ExpectedText&)) {
  std::vector<Item> items;
  do {
    items.push_back(read(in));
  } while (in.take(","));
  in.expect("]");
  return items;
}

Rev read_rev(ExpectedText& in) {
  Rev rev;
  in.expect(R"(,"rev":{"epoch":)");
  rev.epoch = in.parsed(parse_epoch);
  in.expect(R"(,"version":)");
  rev.version = {in.number()};
  in.expect(R"(},"sync_version":)");
  in.number();
  return rev;
}

// What says to which version a row belongs: up to its content.
void read_version(ExpectedText& in, Record& record) {
  in.expect(R"(,"seq":)");
  record.seq = in.parsed(parse_seq);
  record.rev = read_rev(in);
  in.expect(",");
  record.origin = read_origin(in);
  in.expect(R"(,"device_id":)");
  record.device.value = in.plain_string();
  in.expect(R"(,"deleted":)");
  record.deleted = in.flag();
  if (in.take(R"(,"reason":)")) record.reason = in.plain_string();
  if (in.take(R"(,"fields":[)")) record.field_versions = read_items(in, read_field_version);
  in.expect(R"(,"updated_at":)");
  record.committed = in.parsed(parse_rfc3339);
}

Record read_row(ExpectedText& in) {
  Record record;
  in.expect(R"({"item_type":)");
  record.type = in.parsed(parse_entity_type);
  in.expect(R"(,"item_id":)");
  record.id = in.plain_string();
  read_version(in, record);
  if (!record.deleted) {
    in.expect(R"(,"data":)");
    record.content = in.canonical_object();
  }
  in.expect("}");
  return record;
}

Changes read_page(ExpectedText& in) {
  Changes page;
  in.expect(R"("from":)");
  page.from = in.parsed(parse_cursor);
  in.expect(R"(,"to":)");
  page.to = in.parsed(parse_cursor);
  in.expect(R"(,"changes":[)");
  if (!in.take("]")) page.changes = read_items(in, read_row);
  in.expect(R"(,"has_more":)");
  page.has_more = in.flag();
  in.expect(R"(,"snapshot":)");
  page.snapshot = in.flag();
  in.expect("}");
  return page;
}

}  // namespace

std::optional<Frame> read_changes_text(std::string_view text) {
  ExpectedText in(text);
  if (!in.take(beginning) || text.size() > text_bytes_max || !valid_utf8(text)) return {};
  Frame frame;
  if (in.take(R"("id":)")) {
    frame.id = in.plain_string();
    in.expect(",");
  }
  frame.body = read_page(in);
  if (!in.complete() || frame.id.size() > limits::id_bytes_max) return {};
  return frame;
}

}  // namespace studiosync
