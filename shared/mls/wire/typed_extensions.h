// The extensions that RFC 9420 defines, each as its extension_data. The ratchet tree has a header
// of its own (ratchet_tree_node.h).
#pragma once

#include "mls/wire/credential.h"
#include "mls/wire/extension.h"

namespace sotto::mls {

// Section 5.3.3. In a LeafNode.
struct ApplicationId {
  static constexpr ExtensionType kType = ExtensionType::kApplicationId;
  Bytes application_id;
  friend bool operator==(const ApplicationId&, const ApplicationId&) = default;
};

// Section 11.1. In a GroupContext.
struct RequiredCapabilities {
  static constexpr ExtensionType kType = ExtensionType::kRequiredCapabilities;
  std::vector<ExtensionType> extension_types;
  std::vector<ProposalType> proposal_types;
  std::vector<CredentialType> credential_types;
  friend bool operator==(const RequiredCapabilities&, const RequiredCapabilities&) = default;
};

// Section 12.1.8.1. In a GroupContext.
struct ExternalSender {
  SignaturePublicKey signature_key;
  Credential credential;
  friend bool operator==(const ExternalSender&, const ExternalSender&) = default;
};
struct ExternalSenders {
  static constexpr ExtensionType kType = ExtensionType::kExternalSenders;
  std::vector<ExternalSender> external_senders;
  friend bool operator==(const ExternalSenders&, const ExternalSenders&) = default;
};

// Section 12.4.3.2. In a GroupInfo.
struct ExternalPub {
  static constexpr ExtensionType kType = ExtensionType::kExternalPub;
  HpkePublicKey external_pub;
  friend bool operator==(const ExternalPub&, const ExternalPub&) = default;
};

void read(Reader& in, ApplicationId& extension);
void write(Writer& out, const ApplicationId& extension);
void read(Reader& in, RequiredCapabilities& extension);
void write(Writer& out, const RequiredCapabilities& extension);
void read(Reader& in, ExternalSender& sender);
void write(Writer& out, const ExternalSender& sender);
void read(Reader& in, ExternalSenders& extension);
void write(Writer& out, const ExternalSenders& extension);
void read(Reader& in, ExternalPub& extension);
void write(Writer& out, const ExternalPub& extension);

// The extension T of the list: nothing when it is not there, an error when it is not well-formed.
template <typename T>
Result<std::optional<T>> get_extension(const Extensions& extensions) {
  const Extension* extension = find_extension(extensions, T::kType);
  if (extension == nullptr) return std::optional<T>();
  TRY(T && value, decode<T>(extension->extension_data));
  return std::optional<T>(std::move(value));
}

template <typename T>
Extension make_extension(const T& value) {
  return {T::kType, encode(value)};
}

}  // namespace sotto::mls
