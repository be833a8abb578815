#include "compat/trailer_participant.h"

#include <cstring>

#include "compat/start_codes.h"
#include "e2ee/profile.h"
#include "media/h264_nal.h"
#include "media/key_frame.h"

namespace sotto {
namespace {

constexpr std::uint64_t kCounts = std::uint64_t{1} << 32;

// A passphrase's key that came as such; there is no next one.
Result<RatchetStep> derived_already(ByteView material) {
  RatchetStep step;
  std::memcpy(step.key.writable().data(), material.data(), step.key.writable().size());
  return step;
}

}  // namespace

TrailerParticipant::TrailerParticipant(const TrailerFormat& format, RandomSource& random)
    : format_(format), drawn_ssrc_(random.u32()), first_count_(random.u32()) {}

RatchetKey* TrailerParticipant::find(std::uint32_t index) {
  if (index >= kKeys || !keys_[index].has_value()) return nullptr;
  return &*keys_[index];
}

Result<RatchetKey> TrailerParticipant::make_key(KeyKind kind, ByteView material) const {
  if (kind == KeyKind::kRaw) {
    if (material.size() < format_.min_raw || material.size() > format_.max_raw) {
      return fail(Error::kInvalidArgument);
    }
    return RatchetKey::create(format_.algorithm, format_.from_raw, true, material);
  }
  if (kind == KeyKind::kStretched && format_.from_passphrase != nullptr && material.size() == 32) {
    return RatchetKey::create(format_.algorithm, derived_already, false, material);
  }
  if (kind != KeyKind::kPassphrase) return fail(Error::kInvalidArgument);
  if (format_.from_passphrase == nullptr || material.empty() || material.size() > kMaxPassphrase) {
    return fail(Error::kInvalidArgument);
  }
  return RatchetKey::create(format_.algorithm, format_.from_passphrase, false, material);
}

Result<void> TrailerParticipant::set_key(std::uint32_t index, KeyKind kind, ByteView material,
                                         Time now) {
  if (index >= kKeys) return fail(Error::kInvalidArgument);
  TRY(RatchetKey key, make_key(kind, material));
  if (RatchetKey* old = find(index)) {
    old->replace_with(std::move(key), now);
  } else {
    keys_[index] = std::move(key);
  }
  return {};
}

Result<void> TrailerParticipant::use_key(std::uint32_t index, Time) {
  if (find(index) == nullptr) return fail(Error::kUnknownKey);
  sealing_ = index;
  return {};
}

Result<void> TrailerParticipant::ratchet(std::uint32_t index, Time now) {
  RatchetKey* key = find(index);
  if (key == nullptr) return fail(Error::kUnknownKey);
  return key->ratchet(now);
}

bool TrailerParticipant::erase_key(std::uint32_t index) {
  if (find(index) == nullptr) return false;
  keys_[index].reset();
  if (sealing_ == index) sealing_.reset();
  return true;
}

void TrailerParticipant::expire(Time now) {
  for (auto& key : keys_) {
    if (key.has_value()) key->expire(now);
  }
}

// Wider start codes in the prefix cost less than escapes in the rest: at most one byte in three.
std::size_t TrailerParticipant::max_sealed_size(Codec codec, std::size_t plain_size) const {
  const std::size_t size = plain_size + kTrailerOverhead;
  return is_nal_stream(codec) ? max_escaped_size(size) : size;
}

Result<Iv> TrailerParticipant::next_iv(const FrameFacts& facts) {
  if (sealed_ == kCounts) return fail(Error::kExhausted);
  const std::uint32_t count = first_count_ + static_cast<std::uint32_t>(sealed_++);
  return Iv{.ssrc = facts.ssrc == 0 ? drawn_ssrc_ : facts.ssrc,
            .timestamp = facts.rtp_timestamp,
            .last_word = format_.fold(facts.rtp_timestamp, count)};
}

Result<std::size_t> TrailerParticipant::seal(const FrameFacts& facts, ByteView frame,
                                             MutableBytes out) {
  if (!sealing_) return fail(Error::kUnknownKey);
  if (frame.empty()) return std::size_t{0};
  if (frame.size() > kMaxFrameSize) return fail(Error::kTooLarge);
  const std::size_t room = max_sealed_size(facts.codec, frame.size());
  if (out.size() < room) return fail(Error::kBufferTooSmall);
  TRY(const std::size_t clear, format_.clear_prefix(facts.codec, frame));
  TRY(const Iv iv, next_iv(facts));

  const bool escaped = is_nal_stream(facts.codec);
  ByteWriter writer(out);
  if (escaped) {
    widen_start_codes(frame.first(clear), writer);
  } else {
    writer.bytes(frame.first(clear));
  }
  const ByteView prefix = writer.written();
  const ByteView plain = frame.subspan(clear);
  const std::size_t rest_size = plain.size() + kTrailerOverhead;
  // What is to be escaped is made at the end, so that escaping can move it forward.
  const MutableBytes rest =
      escaped ? out.first(room).last(rest_size) : out.subspan(prefix.size(), rest_size);
  TRY_VOID(keys_[*sealing_]->cipher().seal(iv.bytes(), prefix, plain,
                                           rest.first(plain.size() + kTrailerTagSize)));
  ByteWriter end(rest.subspan(plain.size() + kTrailerTagSize));
  write_trailer(iv, static_cast<std::uint8_t>(*sealing_), end);
  if (!escaped) return prefix.size() + rest.size();
  escape(rest, writer);
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  return writer.size();
}

// Tries the keys that the frame may be sealed with and returns which one it was. An escaped frame
// is unescaped into `out` and opened there, so each further attempt begins by unescaping it anew.
Result<std::size_t> TrailerParticipant::open_with(RatchetKey& key, ByteView wire, std::size_t clear,
                                                  bool escaped, const Trailer& trailer,
                                                  MutableBytes out, Time now) {
  const MutableBytes plain = out.subspan(clear, trailer.sealed.size() - kTrailerTagSize);
  for (std::size_t n = 0; n < RatchetKey::kCandidates; ++n) {
    if (n == 2 && (!key.ratchets() || !trials_.take(now))) break;
    Aead* cipher = key.candidate(n, now);
    if (cipher == nullptr) continue;
    if (escaped && n > 0) {
      ByteWriter writer(out.subspan(clear));
      unescape(wire.subspan(clear), writer);
    }
    if (cipher->open(trailer.iv.bytes(), wire.first(clear), trailer.sealed, plain)) return n;
  }
  return fail(Error::kUnauthenticated);
}

Result<OpenedMedia> TrailerParticipant::open(const FrameFacts& facts, ByteView wire,
                                             MutableBytes out, Time now) {
  if (wire.empty()) return fail(Error::kTruncated);
  if (wire.size() > 2 * kMaxFrameSize) return fail(Error::kTooLarge);
  if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
  TRY(const std::size_t clear, format_.clear_prefix(facts.codec, wire));
  const bool escaped = is_nal_stream(facts.codec);
  ByteView rest = wire.subspan(clear);
  if (escaped) {
    ByteWriter writer(out.subspan(clear));
    unescape(rest, writer);
    rest = writer.written();
  }
  TRY(const Trailer trailer, parse_trailer(rest));
  RatchetKey* key = find(trailer.key_index);
  if (key == nullptr) return fail(Error::kUnknownKey);
  const bool video = is_video(facts.codec);
  TRY_VOID(seen_.check(video, trailer.iv));
  TRY(const std::size_t opened_by, open_with(*key, wire, clear, escaped, trailer, out, now));

  seen_.commit(video, trailer.iv);
  if (clear > 0) std::memcpy(out.data(), wire.data(), clear);
  const MutableBytes frame = out.first(clear + trailer.sealed.size() - kTrailerTagSize);
  return OpenedMedia{.frame = frame,
                     .key_index = trailer.key_index,
                     .counter = format_.fold(trailer.iv.timestamp, trailer.iv.last_word),
                     .ratcheted = key->proved(opened_by, now),
                     .key_frame = is_key_frame(facts.codec, frame).value_or(false)};
}

}  // namespace sotto
