// Seals the encoded frames of one stream: its info byte and the whole frame become one SFrame
// ciphertext (RFC 9605), in the shell of the codec.
//
//   plaintext  = frame info (1 byte) || encoder's frame
//   blob       = SFrame header || AEAD(plaintext, AAD = header || profile version) || tag
//   wire       = shell(codec, key frame, blob)                                media/shell.h
//
// One sealer for a KID, all its simulcast and SVC layers included: the CTR goes up with every
// frame and is never set back. Who needs another sealer takes another KID.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "e2ee/profile.h"
#include "media/codec.h"
#include "media/shell.h"
#include "sframe/cipher_suite.h"
#include "sframe/encryptor.h"

namespace sotto {

class FrameSealer {
 public:
  // `base_key` is of any size (Sotto's modes give 32 bytes). kUnsupported when this build has no
  // such suite. `first_ctr` is 0, unless the stream goes on from another key's.
  static Result<FrameSealer> create(std::uint64_t kid, ByteView base_key,
                                    CipherSuite suite = kSottoSuite, std::uint64_t first_ctr = 0);

  // A buffer of this size is enough for every frame of `plain_size` bytes.
  std::size_t max_sealed_size(Codec codec, std::size_t plain_size) const;

  // Seals `frame` (a plain encoder frame) into `out` and returns the bytes written. `out` must
  // hold max_sealed_size(...) bytes and must not overlap `frame`. kTooLarge over kMaxFrameSize;
  // kExhausted when the CTR has reached its end; kMalformed when an H.265 key frame cannot be
  // read. On any error nothing in `out` may be sent.
  Result<std::size_t> seal(Codec codec, bool key_frame, ByteView frame, MutableBytes out);

  // How H.264 will be packetized; in doubt leave it.
  void set_packetization_mode(PacketizationMode mode) { mode_ = mode; }

  std::uint64_t kid() const { return encryptor_.kid(); }
  // The CTR of the next frame: `first_ctr` and the number of frames sealed so far.
  std::uint64_t next_ctr() const { return encryptor_.next_ctr(); }

 private:
  explicit FrameSealer(Encryptor&& encryptor) : encryptor_(std::move(encryptor)) {}

  Encryptor encryptor_;
  PacketizationMode mode_ = PacketizationMode::kSingleNalUnit;
};

}  // namespace sotto
