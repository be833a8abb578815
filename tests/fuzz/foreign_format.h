// What the fuzz targets of the interoperation formats share. The first byte of an input chooses the
// codec, the rest is twice something else: a frame off the wire, which must not open, since nobody
// sealed it under the receiver's key; and an encoder's frame, which must come back from its seal.
#pragma once

#include <cstdlib>
#include <memory>
#include <vector>

#include "compat/formats.h"
#include "crypto/init.h"
#include "shared/seeded_random.h"

namespace sotto {

inline void require(bool condition) {
  if (!condition) std::abort();
}

class ForeignFormat {
 public:
  ForeignFormat(FrameFormat format, std::size_t key_size) : key_size_(key_size) {
    require(initialize_crypto());
    receiver_ = with_key(format, 0x5a);
    sender_ = with_key(format, 0xa5);
    its_receiver_ = with_key(format, 0xa5);
  }

  void run(ByteView input) {
    if (input.empty()) return;
    auto codec = codec_from_number(input[0] % 8);
    if (!codec) return;
    const ByteView bytes = input.subspan(1);
    const FrameFacts facts{.codec = *codec, .ssrc = 1, .rtp_timestamp = ++timestamp_};
    const Time now = from_microseconds(timestamp_);

    std::vector<std::uint8_t> out(bytes.size());
    require(!receiver_->open(facts, bytes, out, now));

    std::vector<std::uint8_t> wire(sender_->max_sealed_size(*codec, bytes.size()));
    auto size = sender_->seal(facts, bytes, wire);
    if (!size || *size == 0) return;
    require(*size <= wire.size());
    out.assign(*size, 0);
    require(its_receiver_->open(facts, ByteView(wire).first(*size), out, now).has_value());
  }

 private:
  std::unique_ptr<Participant> with_key(FrameFormat format, std::uint8_t seed) {
    auto made = make_participant(format, {}, random_);
    require(made.has_value());
    const std::vector<std::uint8_t> key(key_size_, seed);
    require((*made)->set_key(3, KeyKind::kRaw, key, Time{}).has_value());
    require((*made)->use_key(3, Time{}).has_value());
    return *std::move(made);
  }

  SeededRandom random_;
  std::size_t key_size_;
  std::uint32_t timestamp_ = 0;
  std::unique_ptr<Participant> receiver_;
  std::unique_ptr<Participant> sender_;
  std::unique_ptr<Participant> its_receiver_;
};

}  // namespace sotto
