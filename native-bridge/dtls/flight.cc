#include "dtls/flight.h"

#include <algorithm>

#include "dtls/record.h"

namespace sotto::bridge {

void Flight::send(Time now, const Path& path, Datagrams datagrams, bool await_reply,
                  DatagramQueue& out) {
  datagrams_ = std::move(datagrams);
  timeout_ = kFirstTimeout;
  due_ = await_reply ? now + timeout_ : Time::max();
  transmit(now, path, out);
}

void Flight::repeat(Time now, const Path& path, DatagramQueue& out) {
  if (datagrams_.empty() || now - last_sent_ < kFirstTimeout) return;
  transmit(now, path, out);
}

void Flight::handle_timeout(Time now, const Path* path, DatagramQueue& out) {
  if (now < due_) return;
  timeout_ = std::min(timeout_ * 2, kLastTimeout);
  due_ = now + timeout_;
  if (path) transmit(now, *path, out);
}

void Flight::transmit(Time now, const Path& path, DatagramQueue& out) {
  last_sent_ = now;
  for (auto& datagram : datagrams_) {
    renumber_plain_records(datagram, next_record_);
    out.push(path, datagram);
  }
}

}  // namespace sotto::bridge
