#include "core/conflicts/removed_fields.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace studiosync {
namespace {

// Of an entry beside the name: version, replica, device_seq and stamp.
constexpr std::size_t entry_bytes = 32;

std::size_t bytes_of(const FieldVersion& entry) {
  return entry.field.size() + entry_bytes;
}

bool fits(const std::vector<FieldVersion>& entries) {
  std::size_t bytes = 0;
  for (const FieldVersion& entry : entries) bytes += bytes_of(entry);
  return bytes <= removed_fields_bytes_max;
}

std::vector<FieldVersion> removed_of(const std::vector<FieldVersion>& versions,
                                     const Fields& fields) {
  std::vector<FieldVersion> removed;
  std::ranges::copy_if(versions, std::back_inserter(removed), [&](const FieldVersion& entry) {
    return entry.field != any_field && fields.find(entry.field) == nullptr;
  });
  return removed;
}

// From here on they do not fit any more; they come newest first, in one order on all replicas.
std::vector<FieldVersion>::const_iterator first_to_fold(std::vector<FieldVersion>& removed) {
  std::ranges::sort(removed, [](const FieldVersion& a, const FieldVersion& b) {
    return std::tie(b.version, a.field) < std::tie(a.version, b.field);
  });
  std::size_t bytes = 0;
  return std::ranges::find_if(std::as_const(removed), [&](const FieldVersion& entry) {
    bytes += bytes_of(entry);
    return bytes > removed_fields_bytes_max;
  });
}

// Later than what an author wrote; what was folded before is so already.
Stamp stamp_of_all(const FieldVersion& entry) {
  return entry.origin.replica.nil() ? entry.origin.stamp : entry.origin.stamp.next();
}

void fold(FieldVersion& all, const FieldVersion& entry) {
  all.version = std::max(all.version, entry.version);
  all.origin = {{}, {}, std::max(all.origin.stamp, stamp_of_all(entry))};
}

}  // namespace

void fold_removed(std::vector<FieldVersion>& versions, const Fields& fields) {
  if (fits(versions)) return;  // most do, and nothing is looked up
  std::vector<FieldVersion> removed = removed_of(versions, fields);
  if (fits(removed)) return;
  FieldVersion all{std::string(any_field), {}, {}};
  std::vector<std::string> folded{std::string(any_field)};
  for (auto entry = first_to_fold(removed); entry != removed.end(); ++entry) {
    fold(all, *entry);
    folded.push_back(entry->field);
  }
  std::ranges::sort(folded);
  const auto before = std::ranges::find(versions, any_field, &FieldVersion::field);
  if (before != versions.end()) fold(all, *before);
  std::erase_if(versions, [&](const FieldVersion& entry) {
    return std::ranges::binary_search(folded, entry.field);
  });
  versions.insert(versions.begin(), std::move(all));
}

}  // namespace studiosync
