#include "datagram/datagram_queue.h"

#include <cassert>
#include <cstring>

namespace sotto::bridge {

DatagramQueue::DatagramQueue(std::size_t bytes, std::size_t datagrams)
    : arena_(bytes), limit_(datagrams) {
  datagrams_.reserve(datagrams);
}

MutableBytes DatagramQueue::reserve(std::size_t size) {
  if (datagrams_.size() >= limit_ || size > arena_.size() - used_) {
    ++dropped_;
    reserved_ = 0;
    return {};
  }
  reserved_ = size;
  return MutableBytes(arena_).subspan(used_, size);
}

void DatagramQueue::commit(const Path& path, std::size_t size) {
  assert(size <= reserved_);
  datagrams_.push_back({path, used_, size});
  used_ += size;
  reserved_ = 0;
}

void DatagramQueue::push(const Path& path, ByteView datagram) {
  MutableBytes room = reserve(datagram.size());
  if (room.empty()) return;
  std::memcpy(room.data(), datagram.data(), room.size());
  commit(path, datagram.size());
}

void DatagramQueue::clear() {
  datagrams_.clear();
  used_ = 0;
  reserved_ = 0;
}

}  // namespace sotto::bridge
