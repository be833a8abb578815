#include "compat/dave.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "compat/clear_prefix.h"
#include "compat/dave_framing.h"
#include "compat/dave_nal.h"
#include "compat/dave_ratchet.h"
#include "compat/dave_trailer.h"
#include "crypto/secret.h"
#include "e2ee/profile.h"
#include "media/key_frame.h"
#include "sframe/replay_window.h"

namespace sotto {
namespace {

constexpr std::size_t kEpochs = 4;
constexpr int kStartCodeAttempts = 10;
constexpr std::uint32_t kLastNonce = 0xffffffff;

struct Epoch {
  std::uint32_t index = 0;
  DaveRatchet ratchet;
  ReplayWindow seen;
};

std::array<std::uint8_t, 12> full_nonce(std::uint32_t nonce) {
  std::array<std::uint8_t, 12> out{};
  for (std::size_t i = 0; i < 4; ++i) out[8 + i] = static_cast<std::uint8_t>(nonce >> (8 * i));
  return out;
}

class DaveParticipant : public Participant {
 public:
  ~DaveParticipant() override { wipe(scratch_); }  // it held frames

  Result<void> set_key(std::uint32_t index, KeyKind kind, ByteView material, Time now) override;
  Result<void> use_key(std::uint32_t index, Time now) override;
  Result<void> ratchet(std::uint32_t index, Time) override {
    return fail(find(index) == nullptr ? Error::kUnknownKey : Error::kUnsupported);
  }
  bool erase_key(std::uint32_t index) override;
  void expire(Time now) override;
  std::size_t max_sealed_size(Codec codec, std::size_t plain_size) const override {
    return max_dave_frame_size(codec, plain_size) + kMaxDaveTrailerSize;
  }
  Result<std::size_t> seal(const FrameFacts& facts, ByteView frame, MutableBytes out) override;
  Result<OpenedMedia> open(const FrameFacts& facts, ByteView wire, MutableBytes out,
                           Time now) override;

 private:
  Epoch* find(std::uint32_t index);
  void retire_before(std::uint32_t index, Time now);
  MutableBytes scratch(std::size_t size);
  Result<std::size_t> seal_prepared(Epoch& epoch, std::size_t media_size, const ClearRanges& ranges,
                                    MutableBytes out);
  Result<void> open_in(Epoch& epoch, const DaveTrailer& trailer, ByteView clear, ByteView sealed,
                       MutableBytes plain, Time now);

  std::vector<Epoch> epochs_;  // ascending; room for kEpochs
  std::optional<std::uint32_t> highest_;
  std::optional<std::uint32_t> sealing_;
  std::uint32_t last_nonce_ = 0;  // of those sealed, whatever the epoch
  std::uint32_t keep_from_ = 0;   // older epochs go at
  Time retire_at_ = Time::max();
  Time now_{};
  std::vector<std::uint8_t> scratch_;  // grows to the largest frame and stays
};

Epoch* DaveParticipant::find(std::uint32_t index) {
  for (Epoch& epoch : epochs_) {
    if (epoch.index == index) return &epoch;
  }
  return nullptr;
}

Result<void> DaveParticipant::set_key(std::uint32_t index, KeyKind kind, ByteView material,
                                      Time now) {
  if (kind != KeyKind::kRaw) return fail(Error::kInvalidArgument);
  if (highest_ && index <= *highest_) return fail(Error::kAlreadyExists);
  TRY(DaveRatchet ratchet, DaveRatchet::create(material));
  expire(now);
  epochs_.reserve(kEpochs);
  if (epochs_.size() == kEpochs) erase_key(epochs_.front().index);
  epochs_.push_back({.index = index, .ratchet = std::move(ratchet), .seen = {}});
  highest_ = index;
  return {};
}

Result<void> DaveParticipant::use_key(std::uint32_t index, Time now) {
  if (find(index) == nullptr) return fail(Error::kUnknownKey);
  sealing_ = index;
  retire_before(index, now);
  return {};
}

bool DaveParticipant::erase_key(std::uint32_t index) {
  Epoch* epoch = find(index);
  if (epoch == nullptr) return false;
  epochs_.erase(epochs_.begin() + (epoch - epochs_.data()));
  if (sealing_ == index) sealing_.reset();
  return true;
}

// Epochs before this one live for 10 seconds more; later frames do not lengthen that.
void DaveParticipant::retire_before(std::uint32_t index, Time now) {
  if (index <= keep_from_) return;
  keep_from_ = index;
  retire_at_ = now + DaveRatchet::kRetention;
}

void DaveParticipant::expire(Time now) {
  now_ = now;
  if (now >= retire_at_) {
    while (!epochs_.empty() && epochs_.front().index < keep_from_) {
      erase_key(epochs_.front().index);
    }
    retire_at_ = Time::max();
  }
  for (Epoch& epoch : epochs_) epoch.ratchet.expire(now);
}

MutableBytes DaveParticipant::scratch(std::size_t size) {
  if (scratch_.size() < size) {
    wipe(scratch_);  // growing leaves the old bytes behind
    scratch_.resize(size);
  }
  return MutableBytes(scratch_).first(size);
}

Result<std::size_t> DaveParticipant::seal(const FrameFacts& facts, ByteView frame,
                                          MutableBytes out) {
  Epoch* epoch = sealing_ ? find(*sealing_) : nullptr;
  if (epoch == nullptr) return fail(Error::kUnknownKey);
  if (frame.empty()) return std::size_t{0};
  if (frame.size() > kMaxFrameSize) return fail(Error::kTooLarge);
  if (out.size() < max_sealed_size(facts.codec, frame.size())) return fail(Error::kBufferTooSmall);
  ClearRanges ranges;
  ByteWriter media(out);
  TRY_VOID(prepare_dave_frame(facts.codec, frame, media, ranges));
  if (!media.ok()) return fail(Error::kBufferTooSmall);

  const MutableBytes parts = scratch(media.size());
  take_apart(ranges, media.written(), parts.first(ranges.total()), parts.subspan(ranges.total()));
  for (int attempt = 0; attempt < kStartCodeAttempts; ++attempt) {
    TRY(const std::size_t size, seal_prepared(*epoch, media.size(), ranges, out));
    if (!is_nal_stream(facts.codec)) return size;
    if (!has_stray_start_code(ranges, out.first(size))) return size;
  }
  return fail(Error::kMalformed);
}

// The clear bytes lie in `out` where they belong; all parts are in scratch_.
Result<std::size_t> DaveParticipant::seal_prepared(Epoch& epoch, std::size_t media_size,
                                                   const ClearRanges& ranges, MutableBytes out) {
  if (last_nonce_ == kLastNonce) return fail(Error::kExhausted);
  const std::uint32_t nonce = ++last_nonce_;
  const ByteView clear = ByteView(scratch_).first(ranges.total());
  const ByteView plain = ByteView(scratch_).subspan(clear.size(), media_size - clear.size());
  TRY(const std::size_t trailer_size, dave_trailer_size(nonce, ranges));
  TRY(Aead * cipher, epoch.ratchet.cipher(nonce >> 24, now_));
  epoch.ratchet.used(nonce >> 24, now_);

  // Sealed at the front of `out`; the tag goes behind the media before ciphertext moves there.
  const MutableBytes sealed = out.first(plain.size() + kDaveTagSize);
  TRY_VOID(cipher->seal(full_nonce(nonce), clear, plain, sealed));
  std::memmove(out.data() + media_size, sealed.data() + plain.size(), kDaveTagSize);
  put_together(ranges, clear, sealed.first(plain.size()), out.first(media_size));
  ByteWriter end(out.subspan(media_size + kDaveTagSize));
  write_dave_trailer(nonce, ranges, trailer_size, end);
  return media_size + trailer_size;
}

Result<void> DaveParticipant::open_in(Epoch& epoch, const DaveTrailer& trailer, ByteView clear,
                                      ByteView sealed, MutableBytes plain, Time now) {
  TRY_VOID(epoch.seen.check(trailer.nonce));
  const unsigned generation = trailer.nonce >> 24;
  TRY(Aead * cipher, epoch.ratchet.cipher(generation, now));
  TRY_VOID(cipher->open(full_nonce(trailer.nonce), clear, sealed, plain));
  epoch.seen.commit(trailer.nonce);
  epoch.ratchet.used(generation, now);
  retire_before(epoch.index, now);
  return {};
}

Result<OpenedMedia> DaveParticipant::open(const FrameFacts& facts, ByteView wire, MutableBytes out,
                                          Time now) {
  if (wire.size() > 2 * kMaxFrameSize) return fail(Error::kTooLarge);
  if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
  expire(now);
  TRY(const DaveTrailer trailer, parse_dave_trailer(wire));
  if (epochs_.empty()) return fail(Error::kUnknownKey);

  const MutableBytes parts = scratch(trailer.media.size() + kDaveTagSize);
  const MutableBytes clear = parts.first(trailer.ranges.total());
  const MutableBytes sealed = parts.subspan(clear.size());
  take_apart(trailer.ranges, trailer.media, clear, sealed.first(sealed.size() - kDaveTagSize));
  std::memcpy(sealed.last(kDaveTagSize).data(), trailer.tag.data(), kDaveTagSize);
  const MutableBytes plain = out.first(sealed.size() - kDaveTagSize);

  // A frame does not say its epoch: the newest first. A replay is a replay whatever other epochs
  // say.
  Error error = Error::kUnauthenticated;
  for (std::size_t i = epochs_.size(); i-- > 0;) {
    const std::uint32_t index = epochs_[i].index;
    auto opened = open_in(epochs_[i], trailer, clear, sealed, plain, now);
    if (opened) {
      const MutableBytes frame = out.first(trailer.media.size());
      put_together(trailer.ranges, clear, plain, frame);
      return OpenedMedia{.frame = frame,
                         .key_index = index,
                         .counter = trailer.nonce,
                         .key_frame = is_key_frame(facts.codec, frame).value_or(false)};
    }
    if (opened.error() == Error::kReplayed || opened.error() == Error::kTooOld) {
      error = opened.error();
    }
  }
  return fail(error);
}

}  // namespace

Result<std::unique_ptr<Participant>> make_dave_participant() {
  return std::unique_ptr<Participant>(std::make_unique<DaveParticipant>());
}

}  // namespace sotto
