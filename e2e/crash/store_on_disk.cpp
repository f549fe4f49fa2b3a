#include "e2e/crash/store_on_disk.hpp"

namespace studiosync::e2e {

StoreOnDisk::StoreOnDisk(SimulatedDisk disk, const CrashSubject& subject, std::string name)
    : disk_(std::move(disk)), vfs_(disk_, {.name = std::move(name)}), subject_(subject.twin()) {}

StoreOnDisk::~StoreOnDisk() {
  vfs_.power_off();
  reader_.reset();
  subject_->close();
}

Result<StateReader*> StoreOnDisk::reader() {
  if (!reader_) {
    SS_ASSIGN(auto opened, StateReader::open(*subject_, vfs_.name()));
    reader_.emplace(std::move(opened));
  }
  return &*reader_;
}

Result<std::uint64_t> StoreOnDisk::whole() {
  SS_ASSIGN(StateReader * reading, reader());
  return reading->whole();
}

Result<ContentMark> StoreOnDisk::content() {
  SS_ASSIGN(StateReader * reading, reader());
  return reading->content();
}

Result<> StoreOnDisk::examine() {
  SS_ASSIGN(StateReader * reading, reader());
  SS_TRY(reading->examine());
  return subject_->examine();
}

SimulatedDisk StoreOnDisk::after_crash(CrashMode mode) const {
  Random unused(1);
  return disk_.after_crash(mode, unused);
}

std::string told(std::string_view what, const Error& error) {
  return std::string(what).append(": ").append(error.message);
}

}  // namespace studiosync::e2e
