// The messages of the group code (security profile, section 10). MLS application messages: epoch
// and sender are authenticated, so neither is repeated inside.
//
//   start        u8 type = 4, u32 round, u16 count, u32 leaf[]      who takes part, rising
//   commitment   u8 type = 5, u32 round, opaque hash[32]
//   reveal       u8 type = 6, u32 round, opaque nonce[32]
#pragma once

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "mls/wire/indices.h"

namespace sotto::room {

using CodeHash = std::array<std::uint8_t, 32>;
using CodeNonce = std::array<std::uint8_t, 32>;

struct CodeStart {
  static constexpr std::size_t kMaxParticipants = 1024;
  std::uint32_t round = 0;
  std::vector<mls::LeafIndex> participants;
};
struct CodeCommitment {
  std::uint32_t round = 0;
  CodeHash hash{};
};
struct CodeReveal {
  std::uint32_t round = 0;
  CodeNonce nonce{};
};
using CodeMessage = std::variant<CodeStart, CodeCommitment, CodeReveal>;

std::vector<std::uint8_t> encode(const CodeMessage& message);
// kTruncated, kMalformed.
Result<CodeMessage> decode_code_message(ByteView bytes);

}  // namespace sotto::room
