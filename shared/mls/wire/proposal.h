// Proposals (RFC 9420 section 12.1).
#pragma once

#include <variant>

#include "mls/wire/key_package.h"
#include "mls/wire/psk.h"
#include "mls/wire/shared_value.h"

namespace sotto::mls {

struct Add {
  SharedValue<KeyPackage> key_package;
  friend bool operator==(const Add&, const Add&) = default;
};
struct Update {
  SharedValue<LeafNode> leaf_node;
  friend bool operator==(const Update&, const Update&) = default;
};
struct Remove {
  LeafIndex removed;
  friend bool operator==(const Remove&, const Remove&) = default;
};
struct PreSharedKey {
  PreSharedKeyId psk;
  friend bool operator==(const PreSharedKey&, const PreSharedKey&) = default;
};
struct ReInit {
  Bytes group_id;
  ProtocolVersion version = ProtocolVersion::kMls10;
  CipherSuite cipher_suite{};
  Extensions extensions;
  friend bool operator==(const ReInit&, const ReInit&) = default;
};
struct ExternalInit {
  Bytes kem_output;
  friend bool operator==(const ExternalInit&, const ExternalInit&) = default;
};
struct GroupContextExtensions {
  Extensions extensions;
  friend bool operator==(const GroupContextExtensions&, const GroupContextExtensions&) = default;
};

// A proposal of another type cannot be read (kUnsupported): nothing says where it ends.
struct Proposal {
  // In the order of their types' numbers.
  std::variant<Add, Update, Remove, PreSharedKey, ReInit, ExternalInit, GroupContextExtensions>
      body;

  ProposalType proposal_type() const { return static_cast<ProposalType>(body.index() + 1); }
  // The body as a T, or null.
  template <typename T>
  const T* as() const {
    return std::get_if<T>(&body);
  }
  friend bool operator==(const Proposal&, const Proposal&) = default;
};

void read(Reader& in, Add& add);
void write(Writer& out, const Add& add);
void read(Reader& in, Update& update);
void write(Writer& out, const Update& update);
void read(Reader& in, Remove& remove);
void write(Writer& out, const Remove& remove);
void read(Reader& in, PreSharedKey& psk);
void write(Writer& out, const PreSharedKey& psk);
void read(Reader& in, ReInit& reinit);
void write(Writer& out, const ReInit& reinit);
void read(Reader& in, ExternalInit& external_init);
void write(Writer& out, const ExternalInit& external_init);
void read(Reader& in, GroupContextExtensions& group_context_extensions);
void write(Writer& out, const GroupContextExtensions& group_context_extensions);
void read(Reader& in, Proposal& proposal);
void write(Writer& out, const Proposal& proposal);

}  // namespace sotto::mls
