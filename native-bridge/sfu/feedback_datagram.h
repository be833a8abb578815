// Packs RTCP packets for one connection into datagrams.
#pragma once

#include <cstddef>
#include <optional>

#include "base/byte_writer.h"
#include "sfu/media_types.h"
#include "sfu/packet_sink.h"

namespace sotto::bridge {

class FeedbackDatagram {
 public:
  static constexpr std::size_t kSize = 1200;

  FeedbackDatagram(PacketSink& sink, EndpointIndex to, Connection connection)
      : sink_(sink), to_(to), connection_(connection) {}
  ~FeedbackDatagram() { flush(); }
  FeedbackDatagram(const FeedbackDatagram&) = delete;
  FeedbackDatagram& operator=(const FeedbackDatagram&) = delete;

  // A writer with room for `size` more bytes (at most kSize); null when nothing can be sent.
  ByteWriter* room(std::size_t size) {
    if (writer_ && writer_->remaining() < size) flush();
    if (!writer_) {
      MutableBytes buffer = sink_.begin(to_, connection_, kSize);
      if (buffer.size() < kSize) return nullptr;
      writer_.emplace(buffer.first(kSize));
    }
    return &*writer_;
  }

  // Sends what was written. No other begin() of the sink may come between room() and this.
  void flush() {
    if (writer_ && writer_->ok() && writer_->size() > 0) sink_.finish_rtcp(writer_->size());
    writer_.reset();
  }

 private:
  PacketSink& sink_;
  EndpointIndex to_;
  Connection connection_;
  std::optional<ByteWriter> writer_;
};

}  // namespace sotto::bridge
