#include "e2e/disk/simulated_disk.hpp"

#include <algorithm>
#include <set>

#include "core/base/check.hpp"

namespace studiosync::e2e {

std::optional<SimulatedDisk::FileNumber> SimulatedDisk::find(const std::string& name) const {
  const auto found = visible_.find(name);
  return found == visible_.end() ? std::nullopt : std::optional(found->second);
}

void SimulatedDisk::apply(Names& to, const NameChange& change) {
  if (change.file) {
    to[change.name] = *change.file;
  } else {
    to.erase(change.name);
  }
}

SimulatedDisk::FileNumber SimulatedDisk::open_or_create(const std::string& name) {
  if (const auto found = find(name)) return *found;
  const FileNumber number = ++last_;
  files_[number];
  unsynced_.push_back({name, number});
  visible_[name] = number;
  return number;
}

void SimulatedDisk::remove(const std::string& name) {
  unsynced_.push_back({name, std::nullopt});
  visible_.erase(name);
}

void SimulatedDisk::sync_names() {
  durable_ = visible_;
  unsynced_.clear();
  forget_nameless();
}

std::vector<std::string> SimulatedDisk::names() const {
  std::vector<std::string> all;
  for (const auto& [name, number] : visible_) all.push_back(name);
  return all;
}

void SimulatedDisk::forget_nameless() {
  std::set<FileNumber> named;
  for (const Names* names : {&visible_, &durable_}) {
    for (const auto& [name, number] : *names) named.insert(number);
  }
  for (const NameChange& change : unsynced_) {
    if (change.file) named.insert(*change.file);
  }
  std::erase_if(files_, [&](const auto& entry) {
    return entry.second.holders == 0 && !named.contains(entry.first);
  });
}

void SimulatedDisk::hold(FileNumber file) {
  ++files_.at(file).holders;
}

void SimulatedDisk::let_go(FileNumber file) {
  SS_CHECK(files_.at(file).holders > 0);
  if (--files_.at(file).holders == 0) forget_nameless();
}

DiskFile& SimulatedDisk::file(FileNumber number) {
  return files_.at(number).bytes;
}

const DiskFile& SimulatedDisk::file(FileNumber number) const {
  return files_.at(number).bytes;
}

bool SimulatedDisk::as_safe_as(const SimulatedDisk& other) const {
  return durable_ == other.durable_ && std::ranges::all_of(durable_, [&](const auto& entry) {
           return file(entry.second).flushes() == other.file(entry.second).flushes();
         });
}

SimulatedDisk SimulatedDisk::after_crash(CrashMode mode, Random& random) const {
  SimulatedDisk found;
  found.last_ = last_;
  found.durable_ = mode == CrashMode::kept ? visible_ : durable_;
  if (mode != CrashMode::kept && mode != CrashMode::dropped) {
    for (const NameChange& change : unsynced_) {
      if (random.below(2) == 0) apply(found.durable_, change);
    }
  }
  found.visible_ = found.durable_;
  for (const auto& [name, number] : found.durable_) {
    found.files_[number].bytes = file(number).after_crash(mode, random);
  }
  return found;
}

}  // namespace studiosync::e2e
