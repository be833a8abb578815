// Sealers: one outgoing stream of a session.
#include "handles.h"

using sotto::ByteView;
using sotto::Error;
using sotto::fail;
using sotto::FrameSealer;
using sotto::MutableBytes;
using sotto::Result;
using sotto::abi::guarded;

sotto_status sotto_sealer_create(sotto_session* session, sotto_sealer** sealer) {
  return guarded([&]() -> Result<void> {
    if (sealer == nullptr) return fail(Error::kInvalidArgument);
    *sealer = nullptr;
    if (session == nullptr) return fail(Error::kInvalidArgument);
    TRY(FrameSealer made, session->link->make_sealer(session->random));
    *sealer = new sotto_sealer{std::move(made)};
    return {};
  });
}

void sotto_sealer_destroy(sotto_sealer* sealer) {
  delete sealer;
}

uint64_t sotto_sealer_kid(const sotto_sealer* sealer) {
  return sealer == nullptr ? 0 : sealer->sealer.kid();
}

size_t sotto_sealer_max_sealed_size(const sotto_sealer* sealer, uint32_t codec, size_t plain_size) {
  const auto known = sotto::abi::to_codec(codec);
  if (sealer == nullptr || !known || plain_size > SOTTO_MAX_FRAME_SIZE) return 0;
  return sealer->sealer.max_sealed_size(*known, plain_size);
}

sotto_status sotto_sealer_set_packetization_mode(sotto_sealer* sealer, uint32_t mode) {
  return guarded([&]() -> Result<void> {
    if (sealer == nullptr || mode > 1) return fail(Error::kInvalidArgument);
    sealer->sealer.set_packetization_mode(mode == 0 ? sotto::PacketizationMode::kSingleNalUnit
                                                    : sotto::PacketizationMode::kNonInterleaved);
    return {};
  });
}

sotto_status sotto_sealer_seal(sotto_sealer* sealer, uint32_t codec, uint32_t key_frame,
                               const uint8_t* frame, size_t frame_size, uint8_t* out,
                               size_t out_size, size_t* written) {
  return guarded([&]() -> Result<void> {
    if (sealer == nullptr || written == nullptr) return fail(Error::kInvalidArgument);
    *written = 0;
    TRY(const sotto::Codec known, sotto::abi::to_codec(codec));
    TRY(const bool is_key, sotto::abi::flag(key_frame));
    TRY(const ByteView plain, sotto::abi::plain_frame(frame, frame_size));
    FrameSealer& inner = sealer->sealer;
    const auto size = [&]() -> Result<std::size_t> {
      return inner.max_sealed_size(known, plain.size());
    };
    return sotto::abi::fill(plain, out, out_size, written, size, [&](MutableBytes room) {
      return inner.seal(known, is_key, plain, room);
    });
  });
}
