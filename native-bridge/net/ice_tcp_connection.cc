#include "net/ice_tcp_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace sotto::bridge {

namespace asio = boost::asio;
using boost::system::error_code;

IceTcp::Connection::Connection(IceTcp& owner, asio::ip::tcp::socket socket, Path path)
    : owner_(&owner), socket_(std::move(socket)), path_(path) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void IceTcp::Connection::read() {
  MutableBytes space = reader_.space();
  socket_.async_read_some(asio::buffer(space.data(), space.size()),
                          [self = shared_from_this()](error_code error, std::size_t size) {
                            if (!self->owner_) return;
                            if (error) return self->close();
                            self->reader_.commit(size);
                            self->deliver();
                          });
}

void IceTcp::Connection::deliver() {
  heard_ = Clock::now();
  while (auto packet = reader_.next()) {
    ++owner_->stats_.frames_in;
    owner_->handler_.on_packet(path_, *packet);
  }
  owner_->handler_.after_batch();
  if (!owner_) return;
  if (reader_.failed()) return close();
  read();
}

void IceTcp::Connection::send(ByteView packet) {
  answered_ = true;
  std::size_t busy = writing_.size();
  std::size_t room = owner_->limits_.waiting_bytes - std::min(busy, owner_->limits_.waiting_bytes);
  if (!append_tcp_frame(waiting_, packet, room)) {
    ++owner_->stats_.frames_dropped;
    return;
  }
  ++owner_->stats_.frames_out;
  if (writing_.empty()) write();
}

void IceTcp::Connection::write() {
  std::swap(writing_, waiting_);
  asio::async_write(socket_, asio::buffer(writing_),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      self->writing_.clear();
                      if (!self->owner_) return;
                      if (error) return self->close();
                      if (!self->waiting_.empty()) self->write();
                    });
}

void IceTcp::Connection::close() {
  if (!owner_) return;
  IceTcp* owner = owner_;
  orphan();
  owner->forget(path_.connection);
}

void IceTcp::Connection::orphan() {
  owner_ = nullptr;
  error_code ignored;
  socket_.close(ignored);
}

bool IceTcp::Connection::overdue(Clock::time_point now) const {
  if (!answered_ && now - opened_ > owner_->limits_.first_answer) return true;
  return now - heard_ > owner_->limits_.idle;
}

}  // namespace sotto::bridge
