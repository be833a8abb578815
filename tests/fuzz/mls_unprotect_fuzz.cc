// fuzz-deps: sotto_mls_framing
// A live epoch: what is no message of it never opens, and what a member seals without regard to any
// rule never crashes. The first byte says which.
#include <cstdlib>

#include "mls/wire/mls_message.h"
#include "shared/mls/framing/two_members.h"

namespace {

using namespace sotto::mls;

struct Epoch {
  test::TwoMembers group;
  EpochKeys keys = group.keys();
  SecretTree secret_tree = group.secret_tree();
};

void open(const Epoch& epoch, sotto::ByteView input) {
  auto message = decode<MlsMessage>(input);
  if (!message) return;
  if (auto* body = message->as<PublicMessage>()) {
    if (unprotect_public(*body, epoch.keys)) std::abort();
  }
  if (auto* body = message->as<PrivateMessage>()) {
    if (unprotect_private(*body, epoch.keys, epoch.secret_tree)) std::abort();
  }
}

// `plain` under the keys that the receiver will find: only its signature is missing.
void seal_and_open(const Epoch& epoch, ContentType type, sotto::ByteView plain) {
  PrivateMessage message{epoch.keys.context.group_id, epoch.keys.context.epoch, type, {}, {}, {}};
  SecretTree sending = epoch.group.secret_tree();
  auto ratchet =
      type == ContentType::kApplication ? RatchetType::kApplication : RatchetType::kHandshake;
  auto key = sending.next(test::kBob, ratchet).value();
  message.ciphertext = key.key_and_nonce.seal(private_content_aad(message), plain).value();
  SenderData sender_data{test::kBob, key.generation, {}};
  message.encrypted_sender_data =
      sender_data_key(epoch.keys.suite, epoch.keys.sender_data_secret, message.ciphertext)
          .seal(sender_data_aad(message), encode(sender_data))
          .value();
  if (unprotect_private(message, epoch.keys, epoch.secret_tree)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Epoch epoch;
  if (size == 0) return 0;
  const sotto::ByteView rest(data + 1, size - 1);
  const int choice = data[0] % 4;
  if (choice == 0) {
    open(epoch, rest);
  } else {
    seal_and_open(epoch, static_cast<ContentType>(choice), rest);
  }
  return 0;
}
