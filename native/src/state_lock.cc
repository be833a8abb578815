#include "state_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

namespace sotto::abi {

StateLock::StateLock(StateLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

StateLock& StateLock::operator=(StateLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

StateLock::~StateLock() {
  if (file_ >= 0) close(file_);
}

Result<StateLock> StateLock::take(const char* path) {
  const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(Error::kNotFound);
  StateLock lock(file);
  // Of this opening of the file, not of the process: two groups of one program exclude each other.
  if (flock(file, LOCK_EX | LOCK_NB) != 0) return fail(Error::kWrongState);
  return lock;
}

}  // namespace sotto::abi
