// The numbers of RFC 9420. An enumeration with a registry of its own (section 17) may hold values
// that are not named here, among them GREASE (section 13.5); the others may not.
#pragma once

#include <cstdint>

#include "mls/bytes.h"
#include "mls/wire/indices.h"

namespace sotto::mls {

enum class ProtocolVersion : std::uint16_t { kMls10 = 1 };

enum class CipherSuite : std::uint16_t {
  kX25519Aes128GcmSha256Ed25519 = 0x0001,
  kX25519ChaCha20Poly1305Sha256Ed25519 = 0x0003,
};

enum class WireFormat : std::uint16_t {
  kPublicMessage = 1,
  kPrivateMessage = 2,
  kWelcome = 3,
  kGroupInfo = 4,
  kKeyPackage = 5,
};

enum class ExtensionType : std::uint16_t {
  kApplicationId = 1,
  kRatchetTree = 2,
  kRequiredCapabilities = 3,
  kExternalPub = 4,
  kExternalSenders = 5,
};

enum class ProposalType : std::uint16_t {
  kAdd = 1,
  kUpdate = 2,
  kRemove = 3,
  kPsk = 4,
  kReInit = 5,
  kExternalInit = 6,
  kGroupContextExtensions = 7,
};

enum class CredentialType : std::uint16_t { kBasic = 1, kX509 = 2 };

enum class ContentType : std::uint8_t { kApplication = 1, kProposal = 2, kCommit = 3 };

enum class SenderType : std::uint8_t {
  kMember = 1,
  kExternal = 2,
  kNewMemberProposal = 3,
  kNewMemberCommit = 4,
};

enum class LeafNodeSource : std::uint8_t { kKeyPackage = 1, kUpdate = 2, kCommit = 3 };
enum class NodeType : std::uint8_t { kLeaf = 1, kParent = 2 };
enum class ProposalOrRefType : std::uint8_t { kProposal = 1, kReference = 2 };
enum class PskType : std::uint8_t { kExternal = 1, kResumption = 2 };
enum class ResumptionPskUsage : std::uint8_t { kApplication = 1, kReInit = 2, kBranch = 3 };

// 0x0A0A, 0x1A1A, ..., 0xEAEA: values that mean nothing and must be carried (section 13.5).
constexpr bool is_grease(std::uint16_t value) {
  return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff) && value != 0xfafa;
}

using HpkePublicKey = Bytes;
using SignaturePublicKey = Bytes;
using Mac = Bytes;
using KeyPackageRef = Bytes;
using ProposalRef = Bytes;

}  // namespace sotto::mls
