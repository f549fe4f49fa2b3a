#include "server/store/field_versions.hpp"

#include <algorithm>

namespace studiosync::server {

namespace {

using Bytes = std::vector<std::uint8_t>;

void append_number(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

void append_stamp(Bytes& out, Stamp stamp) {
  for (unsigned shift = 0; shift < 64; shift += 8)
    out.push_back(static_cast<std::uint8_t>(stamp.bits >> shift));
}

// Reads from the front; after the first impossible byte everything is zero and `bad` stays set.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) noexcept : rest_(bytes) {}

  bool at_end() const noexcept { return rest_.empty(); }
  bool bad() const noexcept { return bad_; }

  std::span<const std::uint8_t> take(std::uint64_t count) noexcept {
    if (count > rest_.size()) {
      bad_ = true;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(static_cast<std::size_t>(count));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

  std::uint64_t number() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = take(1);
      if (bad_) return 0;
      value |= std::uint64_t{byte[0] & 0x7fU} << shift;
      if (byte[0] < 0x80) return value;
    }
    bad_ = true;
    return 0;
  }

  Stamp stamp() noexcept {
    Stamp stamp;
    unsigned shift = 0;
    for (const std::uint8_t byte : take(8)) {
      stamp.bits |= std::uint64_t{byte} << shift;
      shift += 8;
    }
    return stamp;
  }

 private:
  std::span<const std::uint8_t> rest_;
  bool bad_ = false;
};

FieldVersion read_entry(Reader& reader) {
  FieldVersion entry;
  const auto name = reader.take(reader.number());
  entry.field.assign(name.begin(), name.end());
  entry.version = Version{reader.number()};
  const auto replica = reader.take(entry.origin.replica.bytes.size());
  std::copy(replica.begin(), replica.end(), entry.origin.replica.bytes.begin());
  entry.origin.device_seq = DeviceSeq{reader.number()};
  entry.origin.stamp = reader.stamp();
  return entry;
}

}  // namespace

Bytes encode_field_versions(const std::vector<FieldVersion>& fields) {
  Bytes out;
  for (const FieldVersion& entry : fields) {
    append_number(out, entry.field.size());
    out.insert(out.end(), entry.field.begin(), entry.field.end());
    append_number(out, entry.version.value);
    const auto& replica = entry.origin.replica.bytes;
    out.insert(out.end(), replica.begin(), replica.end());
    append_number(out, entry.origin.device_seq.value);
    append_stamp(out, entry.origin.stamp);
  }
  return out;
}

std::optional<std::vector<FieldVersion>> decode_field_versions(
    std::span<const std::uint8_t> bytes) {
  std::vector<FieldVersion> fields;
  Reader reader(bytes);
  while (!reader.at_end()) {
    fields.push_back(read_entry(reader));
    if (reader.bad()) return std::nullopt;
  }
  return fields;
}

}  // namespace studiosync::server
